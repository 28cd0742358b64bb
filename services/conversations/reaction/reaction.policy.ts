import type { Viewer } from '#kernel/auth/viewer.js';
import type { Condition } from '#kernel/connections/condition.js';
import { visibleSpace } from '#kernel/spaces/visible-space.js';

/** A reaction exists for those for whom its space does. */
export function visibleReaction(viewer: Viewer, alias = 'r'): Condition {
  return visibleSpace(viewer, `${alias}.space_id`);
}
