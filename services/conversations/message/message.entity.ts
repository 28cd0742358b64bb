import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('message')
export class Message {
  @PrimaryColumn('text')
  id: string;

  @Column('text', { name: 'conversation_id' })
  conversationId: string;

  /** That of the conversation; see the migration for why it stands here too. */
  @Column('text', { name: 'space_id' })
  spaceId: string;

  @Column('text', { name: 'author_id' })
  authorId: string;

  @Column('text')
  body: string;

  @Column('text', { name: 'reply_to_id', nullable: true })
  replyToId: string | null;

  @Column('text', { name: 'mention_ids', array: true })
  mentionIds: string[];

  @Column('timestamp with time zone', { name: 'created_at', precision: 3 })
  createdAt: Date;

  @Column('timestamp with time zone', { name: 'edited_at', precision: 3, nullable: true })
  editedAt: Date | null;

  @Column('timestamp with time zone', { name: 'removed_at', precision: 3, nullable: true })
  removedAt: Date | null;

  /** When a moderator hid it; null for what is shown. */
  @Column('timestamp with time zone', { name: 'hidden_at', precision: 3, nullable: true })
  hiddenAt: Date | null;
}
