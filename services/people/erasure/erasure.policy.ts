import { signedInPerson } from '#kernel/auth/require-viewer.js';
import { isAdministrator, type PersonViewer, type Viewer } from '#kernel/auth/viewer.js';
import { type Condition, condition } from '#kernel/connections/condition.js';
import { notAllowed } from '#kernel/errors/request-error.js';

/** Whoever was erased cannot ask any more; administrators answer for what became of it. */
export function visibleErasure(viewer: Viewer): Condition {
  return condition(isAdministrator(viewer) ? 'TRUE' : 'FALSE');
}

export function checkMayErase(viewer: Viewer, personId: string): PersonViewer {
  const person = signedInPerson(viewer);
  if (isAdministrator(viewer) || person.personId === personId) return person;
  throw notAllowed('erase somebody else', 'the person and administrators');
}
