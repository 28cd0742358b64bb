import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { conversationChannels } from '#kernel/events/catalogue/conversations.js';

/** Where the people of a conversation come from. */
export type ConversationChannel = (typeof conversationChannels)[number];

@Entity('conversation')
export class Conversation {
  @PrimaryColumn('text')
  id: string;

  @Column('text', { name: 'space_id' })
  spaceId: string;

  @Column('text', { name: 'idea_id', nullable: true })
  ideaId: string | null;

  @Column('text', { name: 'opener_id', nullable: true })
  openerId: string | null;

  @Column('text')
  title: string;

  @Column('text')
  channel: ConversationChannel;

  @Column('integer', { name: 'message_count' })
  messageCount: number;

  @Column('timestamp with time zone', { name: 'last_message_at', precision: 3, nullable: true })
  lastMessageAt: Date | null;

  @Column('timestamp with time zone', { name: 'created_at', precision: 3 })
  createdAt: Date;

  /** When a moderator hid it; null for what is shown. */
  @Column('timestamp with time zone', { name: 'hidden_at', precision: 3, nullable: true })
  hiddenAt: Date | null;
}
