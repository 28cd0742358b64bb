import { migration } from '#kernel/database/migration.js';

export const invitationsOfPeople = migration(
  '2026-11-21T09:40:00Z',
  'InvitationsOfPeople',
  `CREATE TABLE invitation (
     id text COLLATE "C" PRIMARY KEY,
     space_id text COLLATE "C" NOT NULL REFERENCES space (id),
     role text NOT NULL,
     inviter_id text COLLATE "C" NOT NULL REFERENCES person (id),
     person_id text COLLATE "C" REFERENCES person (id),
     email text,
     note text NOT NULL,
     hash text COLLATE "C" NOT NULL UNIQUE,
     standing text NOT NULL,
     created_at timestamptz(3) NOT NULL,
     expires_at timestamptz(3) NOT NULL,
     settled_at timestamptz(3)
   )`,
  'CREATE INDEX invitation_of_space ON invitation (space_id, created_at, id)',
  'CREATE INDEX invitation_to_person ON invitation (person_id, created_at, id) WHERE person_id IS NOT NULL',
  'CREATE INDEX invitation_latest ON invitation (created_at, id)',
);
