import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('reaction')
export class Reaction {
  @PrimaryColumn('text')
  id: string;

  @Column('text', { name: 'message_id' })
  messageId: string;

  /** That of the conversation; see the migration for why it stands here too. */
  @Column('text', { name: 'space_id' })
  spaceId: string;

  @Column('text', { name: 'person_id' })
  personId: string;

  @Column('text')
  emoji: string;

  @Column('timestamp with time zone', { name: 'created_at', precision: 3 })
  createdAt: Date;
}
