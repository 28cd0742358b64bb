import { signedInPerson } from '#kernel/auth/require-viewer.js';
import { isAdministrator, type PersonViewer, type Viewer } from '#kernel/auth/viewer.js';
import type { Condition } from '#kernel/connections/condition.js';
import { notAllowed } from '#kernel/errors/request-error.js';
import { lacksRight, roleHasRight } from '#kernel/spaces/space-rights.js';
import type { SpaceRole } from '#kernel/spaces/space-visibility.js';
import { visibleSpace as visibleById } from '#kernel/spaces/visible-space.js';

/** A space exists for those its visibility admits: this service holds the very table that decides. */
export function visibleSpace(viewer: Viewer): Condition {
  return visibleById(viewer, 's.id', 'space');
}

export function checkMayOpenSpace(viewer: Viewer): PersonViewer {
  const person = signedInPerson(viewer);
  if (person.party === 'internal' || person.administrator) return person;
  throw notAllowed('open spaces', 'people of the host and administrators');
}

/** What only a role allows: being let in by openness or an agreement gives nobody a say over the space itself. */
export function checkMayInSpace(viewer: Viewer, role: SpaceRole | null, right: 'tend' | 'own'): void {
  if (isAdministrator(viewer) || roleHasRight(role, right)) return;
  throw lacksRight(right);
}
