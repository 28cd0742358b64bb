import { isAdministrator, type Viewer } from '#kernel/auth/viewer.js';
import type { Condition } from '#kernel/connections/condition.js';
import { notAllowed } from '#kernel/errors/request-error.js';
import { visibleSpace } from '#kernel/spaces/visible-space.js';
import type { Idea } from './idea.entity.js';

/** An idea exists for those for whom its space does. */
export function visibleIdea(viewer: Viewer, alias = 'i'): Condition {
  return visibleSpace(viewer, `${alias}.space_id`);
}

export function checkMayChange(viewer: Viewer, idea: Pick<Idea, 'authorIds'>): void {
  if (isAdministrator(viewer)) return;
  if (viewer.kind === 'person' && idea.authorIds.includes(viewer.personId)) return;
  throw notAllowed('change this idea', 'its authors and administrators');
}
