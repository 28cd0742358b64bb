import { isAdministrator, type Viewer } from '#kernel/auth/viewer.js';
import { type Condition, condition } from '#kernel/connections/condition.js';

/** An invitation exists for whom it is addressed to, and for those who tend the space. */
export function visibleInvitation(viewer: Viewer): Condition {
  if (isAdministrator(viewer)) return condition('TRUE');
  if (viewer.kind !== 'person') return condition('FALSE');
  return condition(
    `(i.person_id = ? OR EXISTS (
      SELECT 1 FROM space_member tends
      WHERE tends.space_id = i.space_id AND tends.person_id = ? AND tends.role IN ('owner', 'facilitator')))`,
    viewer.personId,
    viewer.personId,
  );
}
