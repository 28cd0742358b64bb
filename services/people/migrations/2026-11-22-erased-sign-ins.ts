import { migration } from '#kernel/database/migration.js';

/** The sign-ins of who was erased, as keyed hashes: nothing to read, and enough to know one again. */
export const erasedSignIns = migration(
  '2026-11-22T02:05:00Z',
  'ErasedSignIns',
  `CREATE TABLE erased_sign_in (
     mark text COLLATE "C" PRIMARY KEY,
     erased_at timestamptz(3) NOT NULL
   )`,
);
