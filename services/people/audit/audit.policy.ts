import { isAdministrator, type Viewer } from '#kernel/auth/viewer.js';
import { type Condition, condition } from '#kernel/connections/condition.js';

export function visibleAudit(viewer: Viewer): Condition {
  return condition(isAdministrator(viewer) ? 'TRUE' : 'FALSE');
}
