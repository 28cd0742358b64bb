import type { Viewer } from '#kernel/auth/viewer.js';
import type { Condition } from '#kernel/connections/condition.js';
import { checkMayKeepDirectory, visibleInDirectory } from '../directory/directory.policy.js';

export function visibleOrganization(viewer: Viewer): Condition {
  return visibleInDirectory(viewer);
}

export function checkMayKeepOrganizations(viewer: Viewer): void {
  checkMayKeepDirectory(viewer, 'register or change organisations');
}
