import { requireAdministrator } from '#kernel/auth/require-viewer.js';
import { isAdministrator, type Viewer } from '#kernel/auth/viewer.js';
import { type Condition, condition } from '#kernel/connections/condition.js';

/** How somebody signs in exists for themselves and for administrators. */
export function visibleIdentity(viewer: Viewer): Condition {
  if (isAdministrator(viewer)) return condition('TRUE');
  return viewer.kind === 'person' ? condition('i.person_id = ?', viewer.personId) : condition('FALSE');
}

/** Whoever could link a sign-in of theirs to another person would be that person. */
export function checkMayLink(viewer: Viewer): void {
  requireAdministrator(viewer, 'link a sign-in to a person');
}
