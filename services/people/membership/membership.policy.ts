import { signedInPerson } from '#kernel/auth/require-viewer.js';
import { isAdministrator, type Viewer } from '#kernel/auth/viewer.js';
import type { Condition } from '#kernel/connections/condition.js';
import { notAllowed } from '#kernel/errors/request-error.js';
import { visibleInDirectory } from '../directory/directory.policy.js';
import { visiblePerson } from '../person/person.policy.js';

/** A membership exists for those for whom the person does. */
export function visibleMembership(viewer: Viewer): Condition {
  return visibleInDirectory(viewer, () => {
    const person = visiblePerson(viewer, 'seen');
    return {
      text: `EXISTS (SELECT 1 FROM person seen WHERE seen.id = m.person_id AND ${person.text})`,
      values: person.values,
    };
  });
}

/** Whom a call is about: oneself, or the person an administrator names. */
export function personToMove(viewer: Viewer, named: string | null | undefined): string {
  if (named == null) return signedInPerson(viewer).personId;
  if (isAdministrator(viewer) || signedInPerson(viewer).personId === named) return named;
  throw notAllowed('let another person join or leave a team', 'that person or an administrator');
}
