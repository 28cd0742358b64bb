import { migration } from '#kernel/database/migration.js';

/** A client outlives who made it: an erased creator is named by an id that stands for nobody. */
export const apiClientCreator = migration(
  '2026-11-21T23:20:00Z',
  'ApiClientCreator',
  'ALTER TABLE api_client DROP CONSTRAINT api_client_creator_id_fkey',
);
