import type { GraphQLError } from 'graphql';
import { notAllowed } from '../errors/request-error.js';
import type { SpaceRole } from './space-visibility.js';

/** What somebody for whom a space exists may do there. docs/api/access.md shows the same as a table. */
export type SpaceRight = 'read' | 'contribute' | 'challenge' | 'tend' | 'own';

const guest = ['read', 'contribute'] as const satisfies SpaceRight[];
const member = [...guest, 'challenge'] as const satisfies SpaceRight[];
const facilitator = [...member, 'tend'] as const satisfies SpaceRight[];

const rightsOfRole: Readonly<Record<SpaceRole, readonly SpaceRight[]>> = {
  observer: ['read'],
  guest,
  member,
  facilitator,
  owner: [...facilitator, 'own'],
};

/** How somebody comes to see a space. */
export interface SpaceStanding {
  readonly role: SpaceRole | null;
  /** It is open, or belongs to their organisation. */
  readonly atHome: boolean;
  /** An agreement lets their organisation contribute. */
  readonly contributesByAgreement: boolean;
}

/** A role says all there is to say: who was made an observer does not contribute, however open the space is. */
export function hasRight({ role, atHome, contributesByAgreement }: SpaceStanding, right: SpaceRight): boolean {
  if (role !== null) return roleHasRight(role, right);
  if (atHome) return roleHasRight('member', right);
  return roleHasRight(contributesByAgreement ? 'guest' : 'observer', right);
}

export function roleHasRight(role: SpaceRole | null, right: SpaceRight): boolean {
  return role !== null && rightsOfRole[role].includes(right);
}

const refusals: Readonly<Record<SpaceRight, readonly [what: string, who: string]>> = {
  read: ['read this space', 'its members'],
  contribute: ['contribute to this space', 'everybody but observers and partners who may only read'],
  challenge: ['put challenges to this space', 'its members, facilitators and owners'],
  tend: ['change this space or its members', 'its owners, its facilitators and administrators'],
  own: ['change who owns this space or who finds it', 'its owners and administrators'],
};

export function lacksRight(right: SpaceRight): GraphQLError {
  return notAllowed(...refusals[right]);
}
