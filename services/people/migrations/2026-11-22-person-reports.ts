import { migration } from '#kernel/database/migration.js';

/** What people report of each other, a case for each person until administrators decide. */
export const personReports = migration(
  '2026-11-22T05:25:00Z',
  'PersonReports',
  `CREATE TABLE person_case (
     id text COLLATE "C" PRIMARY KEY,
     person_id text COLLATE "C" NOT NULL REFERENCES person (id),
     state text NOT NULL,
     decision text,
     decided_by text COLLATE "C",
     opened_at timestamptz(3) NOT NULL,
     decided_at timestamptz(3)
   )`,
  `CREATE UNIQUE INDEX person_case_open ON person_case (person_id) WHERE state = 'reported'`,
  'CREATE INDEX person_case_of_person ON person_case (person_id)',
  'CREATE INDEX person_case_in_order ON person_case (opened_at, id)',
  `CREATE TABLE person_report (
     case_id text COLLATE "C" NOT NULL REFERENCES person_case (id) ON DELETE CASCADE,
     reporter_id text COLLATE "C" NOT NULL,
     reason text NOT NULL,
     note text NOT NULL,
     created_at timestamptz(3) NOT NULL,
     PRIMARY KEY (case_id, reporter_id)
   )`,
  'CREATE INDEX person_report_of_person ON person_report (reporter_id)',
);
