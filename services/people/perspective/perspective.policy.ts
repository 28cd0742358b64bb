import { signedInPerson } from '#kernel/auth/require-viewer.js';
import { isAdministrator, type Viewer } from '#kernel/auth/viewer.js';
import type { Condition } from '#kernel/connections/condition.js';
import { notAllowed } from '#kernel/errors/request-error.js';
import { visibleInDirectory } from '../directory/directory.policy.js';

/** Asked of people whom the viewer got to see. */
export function visiblePerspective(viewer: Viewer): Condition {
  return visibleInDirectory(viewer, () => ({ text: 'TRUE', values: [] }));
}

/** Whose perspectives a call declares: one's own, or those of the person an administrator names. */
export function personToDescribe(viewer: Viewer, named: string | null | undefined): string {
  if (named == null) return signedInPerson(viewer).personId;
  if (isAdministrator(viewer) || signedInPerson(viewer).personId === named) return named;
  throw notAllowed('declare the perspectives of another person', 'that person or an administrator');
}
