import { consumerTables } from '#kernel/consumers/consumer-tables.js';
import { migration } from '#kernel/database/migration.js';
import { eventLogTables } from '#kernel/events/event-tables.js';
import { recordReferenceIndex, recordReferenceTable } from '#kernel/records/reference-table.js';
import { idempotencyTable } from '#kernel/write/idempotency.js';

export const kernelOfPeople = (rolePrefix: string) =>
  migration(
    '2026-11-21T08:00:00Z',
    'KernelOfPeople',
    ...eventLogTables('people', rolePrefix),
    ...consumerTables,
    idempotencyTable,
    recordReferenceTable,
    recordReferenceIndex,
  );

export const peopleTables = migration(
  '2026-11-21T08:01:00Z',
  'PeopleTables',
  `CREATE TABLE organization (
     id text COLLATE "C" PRIMARY KEY,
     name text NOT NULL,
     relation text NOT NULL,
     domains text[] NOT NULL,
     created_at timestamptz(3) NOT NULL,
     updated_at timestamptz(3) NOT NULL
   )`,
  'CREATE INDEX organization_by_name ON organization (lower(name), id)',
  'CREATE INDEX organization_latest ON organization (created_at, id)',
  'CREATE INDEX organization_name_part ON organization USING gin (name public.gin_trgm_ops)',
  'CREATE INDEX organization_of_domain ON organization USING gin (domains)',
  `CREATE TABLE team (
     id text COLLATE "C" PRIMARY KEY,
     name text NOT NULL,
     purpose text NOT NULL,
     organization_id text COLLATE "C" REFERENCES organization (id),
     parent_id text COLLATE "C" REFERENCES team (id),
     created_at timestamptz(3) NOT NULL,
     updated_at timestamptz(3) NOT NULL
   )`,
  'CREATE INDEX team_by_name ON team (lower(name), id)',
  'CREATE INDEX team_latest ON team (created_at, id)',
  'CREATE INDEX team_name_part ON team USING gin (name public.gin_trgm_ops)',
  'CREATE INDEX team_of_organization ON team (organization_id, lower(name), id)',
  'CREATE INDEX team_children ON team (parent_id, lower(name), id) WHERE parent_id IS NOT NULL',
  `CREATE TABLE person (
     id text COLLATE "C" PRIMARY KEY,
     name text NOT NULL,
     handle text,
     party text NOT NULL,
     organization_id text COLLATE "C" REFERENCES organization (id),
     skills text[] NOT NULL,
     administrator boolean NOT NULL,
     created_at timestamptz(3) NOT NULL,
     updated_at timestamptz(3) NOT NULL
   )`,
  'CREATE UNIQUE INDEX person_handle ON person (lower(handle)) WHERE handle IS NOT NULL',
  'CREATE INDEX person_by_name ON person (lower(name), id)',
  'CREATE INDEX person_latest ON person (created_at, id)',
  'CREATE INDEX person_name_part ON person USING gin (name public.gin_trgm_ops)',
  'CREATE INDEX person_of_organization ON person (organization_id, lower(name), id)',
  'CREATE INDEX person_with_skill ON person USING gin (skills)',
  'CREATE INDEX person_administrator ON person (created_at, id) WHERE administrator',
  `CREATE TABLE perspective (
     person_id text COLLATE "C" NOT NULL REFERENCES person (id),
     dimension text NOT NULL,
     value text NOT NULL,
     declared_at timestamptz(3) NOT NULL,
     PRIMARY KEY (person_id, dimension)
   )`,
  `CREATE TABLE membership (
     id text COLLATE "C" PRIMARY KEY,
     person_id text COLLATE "C" NOT NULL REFERENCES person (id),
     team_id text COLLATE "C" NOT NULL REFERENCES team (id),
     began_at timestamptz(3) NOT NULL,
     ended_at timestamptz(3) CHECK (ended_at >= began_at)
   )`,
  'CREATE UNIQUE INDEX membership_now ON membership (person_id, team_id) WHERE ended_at IS NULL',
  'CREATE INDEX membership_of_person ON membership (person_id, began_at, id)',
  'CREATE INDEX membership_of_team ON membership (team_id, began_at, id)',
  `CREATE TABLE space (
     id text COLLATE "C" PRIMARY KEY,
     name text NOT NULL,
     purpose text NOT NULL,
     visibility text NOT NULL,
     owners text[] NOT NULL,
     created_at timestamptz(3) NOT NULL,
     updated_at timestamptz(3) NOT NULL
   )`,
  'CREATE INDEX space_by_name ON space (lower(name), id)',
  'CREATE INDEX space_latest ON space (created_at, id)',
  'CREATE INDEX space_name_part ON space USING gin (name public.gin_trgm_ops)',
  'CREATE INDEX space_of_owner ON space USING gin (owners)',
  `CREATE TABLE space_member (
     space_id text COLLATE "C" NOT NULL REFERENCES space (id),
     person_id text COLLATE "C" NOT NULL REFERENCES person (id),
     id text COLLATE "C" NOT NULL UNIQUE,
     role text,
     joined_at timestamptz(3) NOT NULL,
     PRIMARY KEY (space_id, person_id)
   )`,
  'CREATE INDEX space_member_in_order ON space_member (space_id, joined_at, id) WHERE role IS NOT NULL',
  'CREATE INDEX space_member_person ON space_member (person_id)',
  `CREATE TABLE interaction (
     id text COLLATE "C" PRIMARY KEY,
     source text NOT NULL,
     from_id text COLLATE "C" NOT NULL REFERENCES person (id),
     to_id text COLLATE "C" NOT NULL REFERENCES person (id),
     at timestamptz(3) NOT NULL,
     type text NOT NULL,
     weight double precision NOT NULL CHECK (weight > 0),
     UNIQUE (source, from_id, to_id, at, type)
   )`,
  `CREATE INDEX record_reference_in_order
     ON record_reference (source, array_position('{organization,team,person,space}'::text[], kind), id)`,
  'CREATE INDEX interaction_of_source ON interaction (source, id)',
  `CREATE TABLE access_token (
     id text COLLATE "C" PRIMARY KEY,
     person_id text COLLATE "C" NOT NULL REFERENCES person (id),
     name text NOT NULL,
     hash text COLLATE "C" NOT NULL UNIQUE,
     created_at timestamptz(3) NOT NULL,
     expires_at timestamptz(3),
     revoked_at timestamptz(3),
     last_used_at timestamptz(3)
   )`,
  'CREATE INDEX access_token_of_person ON access_token (person_id, created_at, id)',
);
