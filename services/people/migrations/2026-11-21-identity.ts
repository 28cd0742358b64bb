import { migration } from '#kernel/database/migration.js';

/** Scopes and rotation of tokens, clients of organisations, sign-ins by providers, and who is shut out. */
export const identityTables = migration(
  '2026-11-21T22:30:00Z',
  'IdentityTables',
  // NULL: everything the person may.
  'ALTER TABLE access_token ADD COLUMN scopes text[]',
  // The text before the last rotation, worth something until then.
  'ALTER TABLE access_token ADD COLUMN previous_hash text COLLATE "C" UNIQUE',
  'ALTER TABLE access_token ADD COLUMN previous_until timestamptz(3)',
  `CREATE TABLE api_client (
     id text COLLATE "C" PRIMARY KEY,
     organization_id text COLLATE "C" NOT NULL REFERENCES organization (id),
     creator_id text COLLATE "C" NOT NULL REFERENCES person (id),
     name text NOT NULL,
     scopes text[] NOT NULL,
     spaces text[],
     hash text COLLATE "C" NOT NULL UNIQUE,
     previous_hash text COLLATE "C" UNIQUE,
     previous_until timestamptz(3),
     created_at timestamptz(3) NOT NULL,
     expires_at timestamptz(3),
     revoked_at timestamptz(3),
     last_used_at timestamptz(3)
   )`,
  'CREATE INDEX api_client_latest ON api_client (created_at, id)',
  'CREATE INDEX api_client_of_organization ON api_client (organization_id, created_at, id)',
  'CREATE INDEX api_client_of_creator ON api_client (creator_id, created_at, id)',
  `CREATE TABLE identity (
     id text COLLATE "C" PRIMARY KEY,
     person_id text COLLATE "C" NOT NULL REFERENCES person (id),
     issuer text NOT NULL,
     subject text,
     email text,
     created_at timestamptz(3) NOT NULL,
     linked_at timestamptz(3),
     CHECK ((subject IS NULL) <> (email IS NULL))
   )`,
  'CREATE UNIQUE INDEX identity_subject ON identity (issuer, subject) WHERE subject IS NOT NULL',
  'CREATE UNIQUE INDEX identity_email ON identity (issuer, lower(email)) WHERE email IS NOT NULL',
  'CREATE INDEX identity_of_person ON identity (person_id, created_at, id)',
  `CREATE TABLE suspension (
     person_id text COLLATE "C" PRIMARY KEY REFERENCES person (id),
     suspended_at timestamptz(3) NOT NULL,
     suspended_by text COLLATE "C"
   )`,
);
