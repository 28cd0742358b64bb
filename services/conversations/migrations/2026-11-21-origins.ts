import { originTables } from '#kernel/audit/origin-tables.js';
import { migration } from '#kernel/database/migration.js';

/** From where audited changes were asked for. */
export const originsOfConversations = (rolePrefix: string) =>
  migration('2026-11-21T23:15:00Z', 'OriginsOfConversations', ...originTables(rolePrefix));
