import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('challenge')
export class Challenge {
  @PrimaryColumn('text')
  id: string;

  @Column('text', { name: 'space_id' })
  spaceId: string;

  @Column('text', { name: 'author_id', nullable: true })
  authorId: string | null;

  @Column('text')
  title: string;

  @Column('text')
  body: string;

  @Column('timestamp with time zone', { name: 'closes_at', precision: 3, nullable: true })
  closesAt: Date | null;

  @Column('timestamp with time zone', { name: 'created_at', precision: 3 })
  createdAt: Date;

  /** When a moderator hid it; null for what is shown. */
  @Column('timestamp with time zone', { name: 'hidden_at', precision: 3, nullable: true })
  hiddenAt: Date | null;
}
