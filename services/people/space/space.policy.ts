import { signedInPerson } from '#kernel/auth/require-viewer.js';
import { isAdministrator, type PersonViewer, type Viewer } from '#kernel/auth/viewer.js';
import type { Condition } from '#kernel/connections/condition.js';
import { notAllowed } from '#kernel/errors/request-error.js';
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

/** Who tends a space: its owners and facilitators change it and its members. */
export function tends(role: SpaceRole | null): boolean {
  return role === 'owner' || role === 'facilitator';
}

export function checkMayTendSpace(viewer: Viewer, role: SpaceRole | null): void {
  if (isAdministrator(viewer) || tends(role)) return;
  throw notAllowed('change this space or its members', 'its owners, its facilitators and administrators');
}
