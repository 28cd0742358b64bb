import { isAdministrator, type Viewer } from '#kernel/auth/viewer.js';
import { type Condition, condition } from '#kernel/connections/condition.js';

/** An agreement exists for those who speak for one of its organisations, and for administrators of the hub. */
export function visibleAgreement(viewer: Viewer): Condition {
  if (isAdministrator(viewer)) return condition('TRUE');
  if (viewer.kind !== 'person' || viewer.organizationId === null) return condition('FALSE');
  return condition(
    `a.organization_ids @> ARRAY[?::text] AND EXISTS (
      SELECT 1 FROM organization_administrator speaks WHERE speaks.organization_id = ? AND speaks.person_id = ?)`,
    viewer.organizationId,
    viewer.organizationId,
    viewer.personId,
  );
}
