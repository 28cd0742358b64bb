import { isAdministrator, type PersonViewer, type Viewer } from '#kernel/auth/viewer.js';
import type { Condition } from '#kernel/connections/condition.js';
import { notAllowed } from '#kernel/errors/request-error.js';
import type { SpaceRole } from '#kernel/spaces/space-visibility.js';
import { spaceShowingPeople } from '#kernel/spaces/visible-space.js';
import type { Space } from '../space/space.entity.js';
import { checkMayInSpace } from '../space/space.policy.js';

/** Who is in a space is seen by those who see the space, unless an agreement lets them see it without its people. */
export function visibleSpaceMembership(viewer: Viewer, space = 'm.space_id'): Condition {
  const showing = spaceShowingPeople(viewer, space);
  return { text: `m.role IS NOT NULL AND ${showing.text}`, values: showing.values };
}

/** By themselves people come into spaces that are open to them; into others somebody lets them. */
export function checkMayJoin(viewer: PersonViewer, space: Space, role: SpaceRole | null): void {
  if (role !== null || isAdministrator(viewer) || space.visibility === 'open') return;
  const own = viewer.organizationId !== null && space.owners.includes(viewer.organizationId);
  if (space.visibility === 'organization' && own) return;
  throw notAllowed(
    'join this space by yourself',
    'its owners and facilitators can add you; people of its owner organisations',
  );
}

/** Facilitators keep the members, but only owners make owners and unmake them. */
export function checkMayChangeMember(
  viewer: Viewer,
  own: SpaceRole | null,
  before: SpaceRole | null,
  after: SpaceRole | null,
): void {
  const right = before === 'owner' || after === 'owner' ? 'own' : 'tend';
  checkMayInSpace(viewer, own, right);
}
