import { migration } from '#kernel/database/migration.js';

/** Who speaks for organisations, what they agree on, and what of it holds for each space. */
export const sharingOfPeople = migration(
  '2026-11-21T09:10:00Z',
  'SharingOfPeople',
  `CREATE TABLE organization_administrator (
     organization_id text COLLATE "C" NOT NULL REFERENCES organization (id),
     person_id text COLLATE "C" NOT NULL REFERENCES person (id),
     appointed_at timestamptz(3) NOT NULL,
     PRIMARY KEY (organization_id, person_id)
   )`,
  `CREATE TABLE sharing_agreement (
     id text COLLATE "C" PRIMARY KEY,
     proposer_id text COLLATE "C" NOT NULL REFERENCES organization (id),
     organization_ids text[] NOT NULL,
     space_ids text[] NOT NULL,
     space_names text[] NOT NULL,
     rights text[] NOT NULL,
     purpose text NOT NULL,
     proposed_at timestamptz(3) NOT NULL,
     in_force_at timestamptz(3),
     revoked_at timestamptz(3),
     revoked_by_id text COLLATE "C" REFERENCES organization (id)
   )`,
  'CREATE INDEX sharing_agreement_latest ON sharing_agreement (proposed_at, id)',
  'CREATE INDEX sharing_agreement_of_organization ON sharing_agreement USING gin (organization_ids)',
  `CREATE INDEX sharing_agreement_in_force ON sharing_agreement USING gin (space_ids)
     WHERE in_force_at IS NOT NULL AND revoked_at IS NULL`,
  `CREATE TABLE sharing_signature (
     agreement_id text COLLATE "C" NOT NULL REFERENCES sharing_agreement (id),
     organization_id text COLLATE "C" NOT NULL REFERENCES organization (id),
     person_id text COLLATE "C" NOT NULL REFERENCES person (id),
     signed_at timestamptz(3) NOT NULL,
     PRIMARY KEY (agreement_id, organization_id)
   )`,
  // What the agreements in force come to, for each space: read with the row that every access decision reads anyway.
  `ALTER TABLE space
     ADD COLUMN shared_read text[] NOT NULL DEFAULT '{}',
     ADD COLUMN shared_contribute text[] NOT NULL DEFAULT '{}',
     ADD COLUMN shared_people text[] NOT NULL DEFAULT '{}'`,
);
