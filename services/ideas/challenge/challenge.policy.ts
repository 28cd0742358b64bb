import { isAdministrator, isViewer, type Viewer } from '#kernel/auth/viewer.js';
import { allOf, type Condition } from '#kernel/connections/condition.js';
import { notAllowed } from '#kernel/errors/request-error.js';
import { hiddenOnlyFromOthers, notHidden } from '#kernel/moderation/moderation.policy.js';
import { visibleSpace } from '#kernel/spaces/visible-space.js';
import type { Challenge } from './challenge.entity.js';

/** A challenge exists for those for whom its space does; a hidden one for who posed it and moderators only. */
export function visibleChallenge(viewer: Viewer, alias = 'c'): Condition {
  const space = `${alias}.space_id`;
  const isAuthor = `${alias}.author_id = ?`;
  return allOf([visibleSpace(viewer, space), hiddenOnlyFromOthers(viewer, alias, space, isAuthor)]);
}

/** What lists and counts of challenges contain. */
export function listedChallenge(viewer: Viewer, alias = 'c', space = `${alias}.space_id`): Condition {
  return allOf([visibleSpace(viewer, space), notHidden(alias)]);
}

export function checkMayChangeChallenge(viewer: Viewer, challenge: Challenge): void {
  if (isAdministrator(viewer)) return;
  if (isViewer(viewer, challenge.authorId)) return;
  throw notAllowed('change this challenge', 'who opened it and administrators');
}
