import { migration } from '#kernel/database/migration.js';

/**
 * Ties are derived, level by level, from what is below: counted interactions make days, days make the story of a pair, the days
 * of pairs make those of two teams. Each level can be told again from any day on, so the order of arrival does not matter.
 * Pairs and team ties have numbers, since their ids would be most of the weight of these tables.
 */
export const tieTables = migration(
  '2026-11-21T12:10:00Z',
  'TieTables',
  'CREATE SEQUENCE tie_pair',
  // Two rows a pair, one from the side of each person: whose ties these are is the beginning of every question.
  `CREATE TABLE tie (
     a text COLLATE "C" NOT NULL,
     b text COLLATE "C" NOT NULL,
     pair bigint NOT NULL,
     state text NOT NULL,
     epoch integer NOT NULL,
     weight double precision NOT NULL,
     returned double precision NOT NULL,
     first_at timestamptz(3) NOT NULL,
     last_at timestamptz(3) NOT NULL,
     since timestamptz(3),
     rank double precision NOT NULL,
     PRIMARY KEY (a, b)
   )`,
  `CREATE INDEX tie_strongest ON tie (a, rank, b) WHERE state <> 'contact'`,
  'CREATE INDEX tie_of_pair ON tie (pair) WHERE a < b',
  `CREATE INDEX tie_silent ON tie (last_at) WHERE a < b AND state <> 'contact'`,
  `CREATE TABLE tie_day (
     pair bigint NOT NULL,
     day integer NOT NULL,
     given double precision NOT NULL,
     taken double precision NOT NULL,
     interactions integer NOT NULL,
     first_at timestamptz(3) NOT NULL,
     last_at timestamptz(3) NOT NULL,
     state text NOT NULL,
     epoch integer NOT NULL,
     weight double precision NOT NULL,
     returned double precision NOT NULL,
     began_at timestamptz(3) NOT NULL,
     since timestamptz(3),
     team_tie bigint,
     closed boolean NOT NULL DEFAULT false,
     told_at timestamptz(3) NOT NULL,
     PRIMARY KEY (pair, day)
   )`,
  'CREATE INDEX tie_day_between_teams ON tie_day (team_tie, day) WHERE team_tie IS NOT NULL',
  'CREATE INDEX tie_day_open ON tie_day USING brin (told_at)',
  `CREATE TABLE tie_fact (
     pair bigint NOT NULL,
     kind text NOT NULL,
     epoch integer NOT NULL,
     PRIMARY KEY (pair, kind, epoch)
   )`,
  `CREATE TABLE counted_interaction (
     pair bigint NOT NULL,
     day integer NOT NULL,
     kind text NOT NULL,
     object text COLLATE "C" NOT NULL,
     forward boolean NOT NULL,
     at timestamptz(3) NOT NULL,
     weight double precision NOT NULL,
     space text COLLATE "C",
     idea text COLLATE "C",
     conversation text COLLATE "C",
     PRIMARY KEY (pair, day, kind, object, forward)
   )`,
  `CREATE INDEX counted_co_contribution ON counted_interaction (object, day) WHERE kind = 'coContribution'`,
  // What co-contribution is derived from: who contributed to which idea when.
  `CREATE TABLE idea_contribution (
     idea text COLLATE "C" NOT NULL,
     at timestamptz(3) NOT NULL,
     person text COLLATE "C" NOT NULL,
     space text COLLATE "C",
     heard_at timestamptz(3) NOT NULL,
     PRIMARY KEY (idea, at, person)
   )`,
  'CREATE INDEX idea_contribution_of_person ON idea_contribution (person)',
  'CREATE SEQUENCE team_tie_number',
  `CREATE TABLE team_tie (
     id text COLLATE "C" PRIMARY KEY,
     number bigint NOT NULL UNIQUE,
     g text COLLATE "C" NOT NULL,
     h text COLLATE "C" NOT NULL,
     state text NOT NULL,
     epoch integer NOT NULL,
     weight double precision NOT NULL,
     interactions integer NOT NULL,
     since timestamptz(3) NOT NULL,
     last_at timestamptz(3) NOT NULL,
     rank double precision NOT NULL,
     UNIQUE (g, h)
   )`,
  'CREATE INDEX team_tie_of_other ON team_tie (h, g)',
  'CREATE INDEX team_tie_strongest ON team_tie (rank, id)',
  'CREATE INDEX team_tie_silent ON team_tie (last_at)',
  `CREATE TABLE team_tie_day (
     team_tie bigint NOT NULL,
     day integer NOT NULL,
     given double precision NOT NULL,
     interactions integer NOT NULL,
     first_at timestamptz(3) NOT NULL,
     last_at timestamptz(3) NOT NULL,
     pairs bigint[] NOT NULL,
     mutual bigint,
     epoch integer NOT NULL,
     weight double precision NOT NULL,
     total integer NOT NULL,
     since timestamptz(3) NOT NULL,
     pairs_so_far bigint[] NOT NULL,
     mutual_so_far boolean NOT NULL,
     PRIMARY KEY (team_tie, day)
   )`,
  `CREATE TABLE team_tie_fact (
     team_tie bigint NOT NULL,
     kind text NOT NULL,
     epoch integer NOT NULL,
     PRIMARY KEY (team_tie, kind, epoch)
   )`,
  `CREATE TABLE consent (
     person_id text COLLATE "C" PRIMARY KEY REFERENCES person (id),
     ties boolean NOT NULL,
     changed_at timestamptz(3) NOT NULL
   )`,
);
