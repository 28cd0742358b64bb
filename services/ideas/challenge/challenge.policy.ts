import { isAdministrator, isViewer, type Viewer } from '#kernel/auth/viewer.js';
import type { Condition } from '#kernel/connections/condition.js';
import { notAllowed } from '#kernel/errors/request-error.js';
import { visibleSpace } from '#kernel/spaces/visible-space.js';
import type { Challenge } from './challenge.entity.js';

/** A challenge exists for those for whom its space does. */
export function visibleChallenge(viewer: Viewer, alias = 'c'): Condition {
  return visibleSpace(viewer, `${alias}.space_id`);
}

export function checkMayChangeChallenge(viewer: Viewer, challenge: Challenge): void {
  if (isAdministrator(viewer)) return;
  if (isViewer(viewer, challenge.authorId)) return;
  throw notAllowed('change this challenge', 'who opened it and administrators');
}
