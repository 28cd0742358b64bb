import type { Viewer } from '#kernel/auth/viewer.js';
import type { Condition } from '#kernel/connections/condition.js';
import { checkMayKeepDirectory, visibleInDirectory } from '../directory/directory.policy.js';

export function visibleTeam(viewer: Viewer): Condition {
  return visibleInDirectory(viewer);
}

export function checkMayKeepTeams(viewer: Viewer): void {
  checkMayKeepDirectory(viewer, 'form or change teams');
}
