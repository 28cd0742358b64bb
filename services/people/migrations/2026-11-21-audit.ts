import { migration } from '#kernel/database/migration.js';

export const auditTables = migration(
  '2026-11-21T23:16:00Z',
  'AuditTables',
  `CREATE TABLE audit_entry (
     id text COLLATE "C" PRIMARY KEY,
     service text NOT NULL,
     action text NOT NULL,
     at timestamptz(3) NOT NULL,
     actor text COLLATE "C",
     subject text COLLATE "C" NOT NULL,
     space text COLLATE "C",
     details jsonb NOT NULL,
     request_id text,
     address text
   )`,
  'CREATE INDEX audit_entry_latest ON audit_entry (at, id)',
  'CREATE INDEX audit_entry_of_actor ON audit_entry (actor, at, id)',
  'CREATE INDEX audit_entry_of_subject ON audit_entry (subject, at, id)',
  'CREATE INDEX audit_entry_with_address ON audit_entry (at) WHERE address IS NOT NULL',
);
