import { migration } from '#kernel/database/migration.js';

/** A client is its organisation's and stays when who made it is erased: then nobody is told to have made it. */
export const erasureOfCreators = migration(
  '2026-11-21T23:17:00Z',
  'ErasureOfCreators',
  'ALTER TABLE api_client DROP CONSTRAINT api_client_creator_id_fkey',
);
