import { signedInPerson } from '#kernel/auth/require-viewer.js';
import { isAdministrator, type Viewer } from '#kernel/auth/viewer.js';
import { type Condition, condition } from '#kernel/connections/condition.js';
import { notAllowed } from '#kernel/errors/request-error.js';

/** Tokens exist for whom they speak for, and for administrators, who must be able to revoke them. */
export function visibleAccessToken(viewer: Viewer): Condition {
  if (isAdministrator(viewer)) return condition('TRUE');
  return viewer.kind === 'person' ? condition('a.person_id = ?', viewer.personId) : condition('FALSE');
}

/** For whom a token is made: oneself, or the person an administrator names. */
export function personToSpeakFor(viewer: Viewer, named: string | null | undefined): string {
  const { personId } = signedInPerson(viewer);
  if (named == null || named === personId || isAdministrator(viewer)) return named ?? personId;
  throw notAllowed('make an access token for another person', 'that person or an administrator');
}
