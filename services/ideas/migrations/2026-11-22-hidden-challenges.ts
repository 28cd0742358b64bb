import { migration } from '#kernel/database/migration.js';
import { hidingColumn } from '#kernel/moderation/moderation-tables.js';

/** Challenges can be hidden like ideas. */
export const hiddenChallenges = migration('2026-11-22T05:15:00Z', 'HiddenChallenges', hidingColumn('challenge'));
