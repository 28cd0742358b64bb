import { Column, Entity, PrimaryColumn } from 'typeorm';

export type ContributionType = 'build' | 'question' | 'evidence' | 'concern';

@Entity('contribution')
export class Contribution {
  @PrimaryColumn('text')
  id: string;

  @Column('text', { name: 'idea_id' })
  ideaId: string;

  @Column('text', { name: 'author_id' })
  authorId: string;

  @Column('text')
  type: ContributionType;

  @Column('text')
  body: string;

  @Column('text', { name: 'reply_to_id', nullable: true })
  replyToId: string | null;

  @Column('timestamp with time zone', { name: 'created_at', precision: 3 })
  createdAt: Date;

  @Column('timestamp with time zone', { name: 'updated_at', precision: 3 })
  updatedAt: Date;

  /** When a moderator hid it; null for what is shown. */
  @Column('timestamp with time zone', { name: 'hidden_at', precision: 3, nullable: true })
  hiddenAt: Date | null;
}
