import { isAdministrator, type Viewer } from '#kernel/auth/viewer.js';
import { type Condition, condition } from '#kernel/connections/condition.js';

/** Cases this viewer decides: an administrator those of all others. Nobody is told who reported them. */
export function decidedByViewer(viewer: Viewer, alias = 'k'): Condition {
  if (!isAdministrator(viewer)) return condition('FALSE');
  return viewer.kind === 'person' ? condition(`${alias}.person_id <> ?`, viewer.personId) : condition('TRUE');
}
