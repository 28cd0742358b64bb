import { consumerTables } from '#kernel/consumers/consumer-tables.js';
import { migration } from '#kernel/database/migration.js';
import { eventLogTables } from '#kernel/events/event-tables.js';
import { recordReferenceIndex, recordReferenceTable } from '#kernel/records/reference-table.js';
import { searchConfiguration } from '#kernel/search/search.js';
import { spaceAccessTables } from '#kernel/spaces/space-access-tables.js';
import { idempotencyTable } from '#kernel/write/idempotency.js';

export const kernelOfIdeas = (rolePrefix: string) =>
  migration(
    '2026-11-21T08:00:00Z',
    'KernelOfIdeas',
    ...eventLogTables('ideas', rolePrefix),
    ...consumerTables,
    ...spaceAccessTables,
    idempotencyTable,
    recordReferenceTable,
    recordReferenceIndex,
    ...searchConfiguration('ideas'),
  );

export const ideasTables = migration(
  '2026-11-21T08:01:00Z',
  'IdeasTables',
  `CREATE TABLE challenge (
     id text COLLATE "C" PRIMARY KEY,
     space_id text COLLATE "C" NOT NULL,
     author_id text COLLATE "C",
     title text NOT NULL,
     body text NOT NULL,
     closes_at timestamptz(3),
     created_at timestamptz(3) NOT NULL
   )`,
  'CREATE INDEX challenge_of_space ON challenge (space_id, created_at DESC, id DESC)',
  `CREATE TABLE idea (
     id text COLLATE "C" PRIMARY KEY,
     space_id text COLLATE "C" NOT NULL,
     challenge_id text COLLATE "C" REFERENCES challenge (id),
     title text NOT NULL,
     body text NOT NULL,
     stage text NOT NULL,
     tags text[] NOT NULL,
     author_ids text[] NOT NULL,
     team_id text COLLATE "C",
     participating_team_ids text[] NOT NULL,
     revision integer NOT NULL,
     endorsement_count integer NOT NULL,
     contribution_count integer NOT NULL,
     created_at timestamptz(3) NOT NULL,
     updated_at timestamptz(3) NOT NULL,
     search tsvector NOT NULL GENERATED ALWAYS AS (
       setweight(to_tsvector('ideas.words', title), 'A') || setweight(to_tsvector('ideas.words', body), 'B')
     ) STORED
   )`,
  'CREATE INDEX idea_latest_of_space ON idea (space_id, created_at, id)',
  'CREATE INDEX idea_active_of_space ON idea (space_id, updated_at, id)',
  'CREATE INDEX idea_endorsed_of_space ON idea (space_id, endorsement_count, id)',
  'CREATE INDEX idea_latest ON idea (created_at, id)',
  'CREATE INDEX idea_of_challenge ON idea (challenge_id, created_at, id) WHERE challenge_id IS NOT NULL',
  'CREATE INDEX idea_of_author ON idea USING gin (author_ids)',
  'CREATE INDEX idea_search ON idea USING gin (search)',
  `CREATE TABLE idea_link (
     idea_id text COLLATE "C" NOT NULL REFERENCES idea (id),
     builds_on_id text COLLATE "C" NOT NULL REFERENCES idea (id),
     PRIMARY KEY (idea_id, builds_on_id)
   )`,
  'CREATE INDEX idea_link_back ON idea_link (builds_on_id, idea_id)',
  `CREATE TABLE idea_revision (
     idea_id text COLLATE "C" NOT NULL REFERENCES idea (id),
     revision integer NOT NULL,
     title text NOT NULL,
     body text NOT NULL,
     tags text[] NOT NULL,
     editor_id text COLLATE "C",
     created_at timestamptz(3) NOT NULL,
     PRIMARY KEY (idea_id, revision)
   )`,
  `CREATE TABLE contribution (
     id text COLLATE "C" PRIMARY KEY,
     idea_id text COLLATE "C" NOT NULL REFERENCES idea (id),
     author_id text COLLATE "C" NOT NULL,
     type text NOT NULL,
     body text NOT NULL,
     reply_to_id text COLLATE "C" REFERENCES contribution (id),
     created_at timestamptz(3) NOT NULL,
     updated_at timestamptz(3) NOT NULL
   )`,
  'CREATE INDEX contribution_of_idea ON contribution (idea_id, created_at, id)',
  'CREATE INDEX contribution_of_author ON contribution (author_id, created_at, id)',
  'CREATE INDEX contribution_replies ON contribution (reply_to_id, created_at, id) WHERE reply_to_id IS NOT NULL',
  `CREATE TABLE endorsement (
     id text COLLATE "C" PRIMARY KEY,
     idea_id text COLLATE "C" NOT NULL REFERENCES idea (id),
     person_id text COLLATE "C" NOT NULL,
     active boolean NOT NULL,
     changed_at timestamptz(3) NOT NULL,
     said_at timestamptz(3) NOT NULL,
     UNIQUE (idea_id, person_id)
   )`,
  'CREATE INDEX endorsement_of_idea ON endorsement (idea_id, changed_at, id) WHERE active',
  'CREATE INDEX endorsement_of_person ON endorsement (person_id, changed_at, id) WHERE active',
);
