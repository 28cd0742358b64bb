import type { Chore } from '#kernel/runtime/service.js';
import { tendAudit } from './audit.repository.js';

/** Takes entries and addresses away when they are old enough. */
export const auditChore: Chore = {
  name: 'forget-audit',
  everyMs: 3_600_000,
  work: ({ database, now }) => tendAudit(database, now()),
};
