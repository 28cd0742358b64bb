import { migration } from '#kernel/database/migration.js';

/** Short-lived tokens that API clients exchange their secret for. They hang on the secret: what ends that ends them. */
export const clientTokensOfPeople = migration(
  '2026-11-22T01:30:00Z',
  'ClientTokensOfPeople',
  `CREATE TABLE client_token (
     hash text COLLATE "C" PRIMARY KEY,
     client_id text COLLATE "C" NOT NULL REFERENCES api_client (id),
     secret_hash text COLLATE "C" NOT NULL,
     scopes text[] NOT NULL,
     expires_at timestamptz(3) NOT NULL
   )`,
  'CREATE INDEX client_token_in_order ON client_token (expires_at)',
);
