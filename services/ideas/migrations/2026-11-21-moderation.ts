import { migration } from '#kernel/database/migration.js';
import { hidingColumn, moderationTables } from '#kernel/moderation/moderation-tables.js';

export const moderationOfIdeas = migration(
  '2026-11-21T22:10:00Z',
  'ModerationOfIdeas',
  ...moderationTables,
  hidingColumn('idea'),
  hidingColumn('contribution'),
);
