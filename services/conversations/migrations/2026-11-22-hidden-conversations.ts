import { migration } from '#kernel/database/migration.js';
import { hidingColumn } from '#kernel/moderation/moderation-tables.js';

/** Lists of messages leave out those of hidden conversations. These are few, so an index of them alone answers it for any message. */
export const hiddenConversations = migration(
  '2026-11-22T05:05:00Z',
  'HiddenConversations',
  hidingColumn('conversation'),
  'CREATE INDEX conversation_hidden ON conversation (id) WHERE hidden_at IS NOT NULL',
);
