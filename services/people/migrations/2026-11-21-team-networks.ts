import { migration } from '#kernel/database/migration.js';

/** How many pairs carry the tie of two teams, and how strong it is in each space. */
export const teamNetworks = migration(
  '2026-11-21T12:20:00Z',
  'TeamNetworks',
  'ALTER TABLE team_tie ADD COLUMN pairs integer NOT NULL DEFAULT 0',
  `ALTER TABLE team_tie_day ADD COLUMN new_pairs integer NOT NULL DEFAULT 0,
     ADD COLUMN pairs_total integer NOT NULL DEFAULT 0`,
  `CREATE TABLE team_tie_space_day (
     team_tie bigint NOT NULL,
     day integer NOT NULL,
     space text COLLATE "C" NOT NULL,
     given double precision NOT NULL,
     last_at timestamptz(3) NOT NULL,
     PRIMARY KEY (team_tie, space, day)
   )`,
  `CREATE TABLE team_tie_space (
     space text COLLATE "C" NOT NULL,
     team_tie bigint NOT NULL,
     weight double precision NOT NULL,
     last_at timestamptz(3) NOT NULL,
     rank double precision NOT NULL,
     PRIMARY KEY (space, team_tie)
   )`,
  'CREATE INDEX team_tie_space_strongest ON team_tie_space (space, rank)',
);
