import { migration } from '#kernel/database/migration.js';
import { spaceSharingColumns } from '#kernel/spaces/space-access-tables.js';

/** Agreements between organisations open spaces to more than owners and members. */
export const sharingOfConversations = migration(
  '2026-11-21T09:10:00Z',
  'SharingOfConversations',
  ...spaceSharingColumns,
);
