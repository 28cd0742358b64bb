import { consumerTables } from '#kernel/consumers/consumer-tables.js';
import { migration } from '#kernel/database/migration.js';
import { eventLogTables } from '#kernel/events/event-tables.js';
import { recordReferenceIndex, recordReferenceTable } from '#kernel/records/reference-table.js';
import { searchConfiguration } from '#kernel/search/search.js';
import { spaceAccessTables } from '#kernel/spaces/space-access-tables.js';
import { idempotencyTable } from '#kernel/write/idempotency.js';

export const kernelOfConversations = (rolePrefix: string) =>
  migration(
    '2026-11-21T08:00:00Z',
    'KernelOfConversations',
    ...eventLogTables('conversations', rolePrefix),
    ...consumerTables,
    ...spaceAccessTables,
    idempotencyTable,
    recordReferenceTable,
    recordReferenceIndex,
    ...searchConfiguration('conversations'),
  );

// Messages and reactions carry the space of their conversation: so who may see them is decided without a join, on the
// lists that every page reads, and an export walks one index.
export const conversationsTables = migration(
  '2026-11-21T08:01:00Z',
  'ConversationsTables',
  `CREATE TABLE conversation (
     id text COLLATE "C" PRIMARY KEY,
     space_id text COLLATE "C" NOT NULL,
     idea_id text COLLATE "C",
     opener_id text COLLATE "C",
     title text NOT NULL,
     channel text NOT NULL,
     message_count integer NOT NULL,
     last_message_at timestamptz(3),
     created_at timestamptz(3) NOT NULL,
     active_at timestamptz(3) NOT NULL GENERATED ALWAYS AS (coalesce(last_message_at, created_at)) STORED
   )`,
  'CREATE INDEX conversation_active_of_space ON conversation (space_id, active_at, id)',
  'CREATE INDEX conversation_latest_of_space ON conversation (space_id, created_at, id)',
  'CREATE INDEX conversation_active_of_idea ON conversation (idea_id, active_at, id) WHERE idea_id IS NOT NULL',
  'CREATE INDEX conversation_latest_of_idea ON conversation (idea_id, created_at, id) WHERE idea_id IS NOT NULL',
  'CREATE INDEX conversation_active ON conversation (active_at, id)',
  'CREATE INDEX conversation_latest ON conversation (created_at, id)',
  'CREATE INDEX conversation_of_space ON conversation (space_id, id)',
  `CREATE TABLE message (
     id text COLLATE "C" PRIMARY KEY,
     conversation_id text COLLATE "C" NOT NULL REFERENCES conversation (id),
     space_id text COLLATE "C" NOT NULL,
     author_id text COLLATE "C" NOT NULL,
     body text NOT NULL,
     reply_to_id text COLLATE "C" REFERENCES message (id),
     mention_ids text[] NOT NULL,
     created_at timestamptz(3) NOT NULL,
     edited_at timestamptz(3),
     removed_at timestamptz(3),
     search tsvector NOT NULL GENERATED ALWAYS AS (to_tsvector('conversations.words', body)) STORED
   )`,
  'CREATE INDEX message_of_conversation ON message (conversation_id, created_at, id)',
  'CREATE INDEX message_of_author ON message (author_id, created_at, id)',
  'CREATE INDEX message_replies ON message (reply_to_id, created_at, id) WHERE reply_to_id IS NOT NULL',
  'CREATE INDEX message_latest ON message (created_at, id)',
  'CREATE INDEX message_of_space ON message (space_id, id)',
  'CREATE INDEX message_search ON message USING gin (search)',
  `CREATE TABLE reaction (
     id text COLLATE "C" PRIMARY KEY,
     message_id text COLLATE "C" NOT NULL REFERENCES message (id),
     space_id text COLLATE "C" NOT NULL,
     person_id text COLLATE "C" NOT NULL,
     emoji text NOT NULL,
     created_at timestamptz(3) NOT NULL,
     UNIQUE (message_id, person_id, emoji)
   )`,
  'CREATE INDEX reaction_of_message ON reaction (message_id, created_at, id)',
  'CREATE INDEX reaction_of_space ON reaction (space_id, id)',
);
