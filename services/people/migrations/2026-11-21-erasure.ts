import { migration } from '#kernel/database/migration.js';

/** Who was erased, and which services have done it. No name: an id that nothing has any more. */
export const erasureOfPeople = migration(
  '2026-11-21T22:45:00Z',
  'ErasureOfPeople',
  `CREATE TABLE erasure (
     id text COLLATE "C" PRIMARY KEY,
     person_id text COLLATE "C" NOT NULL UNIQUE,
     asked_at timestamptz(3) NOT NULL
   )`,
  'CREATE INDEX erasure_latest ON erasure (asked_at, id)',
  `CREATE TABLE erasure_receipt (
     erasure_id text COLLATE "C" NOT NULL REFERENCES erasure (id),
     service text NOT NULL,
     completed_at timestamptz(3) NOT NULL,
     PRIMARY KEY (erasure_id, service)
   )`,
  // Who signed an agreement is no longer told when they are erased; that their organisation signed stays.
  'ALTER TABLE sharing_signature DROP CONSTRAINT sharing_signature_person_id_fkey',
);
