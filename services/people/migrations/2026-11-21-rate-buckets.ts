import { migration } from '#kernel/database/migration.js';

/** Counters of a minute: not logged, so that counting writes nothing to disk that matters, and a crash empties them. */
export const rateBucketsOfPeople = migration(
  '2026-11-21T15:45:00Z',
  'RateBucketsOfPeople',
  `CREATE UNLOGGED TABLE rate_bucket (
     name text COLLATE "C" PRIMARY KEY,
     level double precision NOT NULL,
     counted_at timestamptz NOT NULL,
     fits boolean NOT NULL
   )`,
);
