/**
 * One case for each content that was ever reported or hidden, and who reported it. The content itself carries `hidden_at`, so
 * that every list leaves it out without a join.
 */
export const moderationTables: readonly string[] = [
  `CREATE TABLE moderation_case (
     id text COLLATE "C" PRIMARY KEY,
     content_id text COLLATE "C" NOT NULL UNIQUE,
     space_id text COLLATE "C" NOT NULL,
     author_ids text[] NOT NULL,
     state text NOT NULL,
     report_count integer NOT NULL,
     reason text,
     hidden_at timestamptz(3),
     hidden_by text COLLATE "C",
     appeal text,
     decision text,
     decided_by text COLLATE "C",
     opened_at timestamptz(3) NOT NULL,
     moved_at timestamptz(3) NOT NULL
   )`,
  'CREATE INDEX moderation_case_of_space ON moderation_case (space_id, moved_at, id)',
  'CREATE INDEX moderation_case_in_order ON moderation_case (moved_at, id)',
  'CREATE INDEX moderation_case_of_author ON moderation_case USING gin (author_ids)',
  `CREATE TABLE moderation_report (
     case_id text COLLATE "C" NOT NULL REFERENCES moderation_case (id),
     reporter_id text COLLATE "C" NOT NULL,
     reason text NOT NULL,
     note text NOT NULL,
     created_at timestamptz(3) NOT NULL,
     PRIMARY KEY (case_id, reporter_id)
   )`,
  'CREATE INDEX moderation_report_of_person ON moderation_report (reporter_id)',
];

/** The column by which a table of contents says that a moderator hid a row. */
export function hidingColumn(table: string): string {
  return `ALTER TABLE ${table} ADD COLUMN hidden_at timestamptz(3)`;
}
