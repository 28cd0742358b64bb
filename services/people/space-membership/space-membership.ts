import { signedInPerson } from '#kernel/auth/require-viewer.js';
import { notFound, UserError } from '#kernel/errors/user-error.js';
import { roleHasRight } from '#kernel/spaces/space-rights.js';
import { type SpaceRole, spaceRoles } from '#kernel/spaces/space-visibility.js';
import type { Write } from '#kernel/write/write.js';
import { revokeInvitationsOf } from '../invitation/revoke-invitations.js';
import type { PeopleContext } from '../people-context.js';
import { requirePerson } from '../person/person.js';
import type { Space } from '../space/space.entity.js';
import { requireSpace } from '../space/space.js';
import { checkMayInSpace } from '../space/space.policy.js';
import type { SpaceMembership } from './space-membership.entity.js';
import { checkMayChangeMember, checkMayJoin } from './space-membership.policy.js';
import {
  addMember,
  countOwners,
  holdRole,
  membershipId,
  type NewMember,
  removeMember,
  setMember,
} from './space-membership.repository.js';

export interface NamedSpace {
  readonly space: string;
  readonly idempotencyKey?: string | null;
}

/** Makes the viewer a member of a space that is open to them. Joining again changes nothing. */
export async function joinSpace(ctx: PeopleContext, input: NamedSpace): Promise<ChangedSpaceMembership> {
  const viewer = signedInPerson(ctx.viewer);
  const space = await requireSpace(ctx, input.space, 'space');
  checkMayJoin(viewer, space, await ctx.viewerRoles.load(space.id));
  const { result, cursor } = await ctx.write({ name: 'joinSpace', input, inTurn: space.id }, async (tx) => {
    const member = newMember(ctx, space.id, viewer.personId, 'member');
    if (await addMember(tx, member)) tellAdded(tx, member);
    return membershipId(tx, space.id, viewer.personId);
  });
  return reload(ctx, space.id, result, cursor);
}

/** Takes the viewer out of a space. */
export async function leaveSpace(ctx: PeopleContext, input: NamedSpace): Promise<LeftSpace> {
  const { personId } = signedInPerson(ctx.viewer);
  // What the viewer is a member of needs no further look: members always see their space.
  const { result: id, cursor } = await ctx.write({ name: 'leaveSpace', input, inTurn: input.space }, async (tx) => {
    const before = await holdRole(tx, input.space, personId);
    if (before === null) throw notFound('space', input.space, 'space');
    await checkOwnerStays(tx, input.space, before, null, 'space');
    await removeMember(tx, input.space, personId);
    await revokeInvitationsOf(tx, input.space, personId, ctx.now());
    tellRemoved(tx, input.space, personId);
    return input.space;
  });
  ctx.viewerRoles.clear(id);
  ctx.spaces.clear(id);
  return { space: await ctx.spaces.load(id), cursor };
}

export interface AddSpaceMember extends NamedSpace {
  readonly person: string;
  readonly role: SpaceRole;
}

/** Lets a person into a space, or gives a member another role. */
export async function addSpaceMember(ctx: PeopleContext, input: AddSpaceMember): Promise<ChangedSpaceMembership> {
  const { space, own } = await spaceToTend(ctx, input.space);
  const person = await requirePerson(ctx, input.person, 'person');
  const { result, cursor } = await ctx.write({ name: 'addSpaceMember', input, inTurn: space.id }, async (tx) => {
    const before = await holdRole(tx, space.id, person.id);
    checkMayChangeMember(ctx.viewer, own, before, input.role);
    await checkOwnerStays(tx, space.id, before, input.role, 'role');
    const member = newMember(ctx, space.id, person.id, input.role);
    if (await setMember(tx, member)) tellAdded(tx, member);
    if (!roleHasRight(input.role, 'tend')) await revokeInvitationsOf(tx, space.id, person.id, ctx.now());
    return membershipId(tx, space.id, person.id);
  });
  return reload(ctx, space.id, result, cursor);
}

export interface RemoveSpaceMember extends NamedSpace {
  readonly person: string;
}

/** Takes a person out of a space: from the commit on nothing in it is delivered to them. */
export async function removeSpaceMember(ctx: PeopleContext, input: RemoveSpaceMember): Promise<LeftSpace> {
  const { space, own } = await spaceToTend(ctx, input.space);
  const { cursor } = await ctx.write({ name: 'removeSpaceMember', input, inTurn: space.id }, async (tx) => {
    const before = await holdRole(tx, space.id, input.person);
    checkMayChangeMember(ctx.viewer, own, before, null);
    await checkOwnerStays(tx, space.id, before, null, 'person');
    if (!(await removeMember(tx, space.id, input.person))) throw notAMember();
    await revokeInvitationsOf(tx, space.id, input.person, ctx.now());
    tellRemoved(tx, space.id, input.person);
    return space.id;
  });
  ctx.spaces.clear(space.id);
  ctx.viewerRoles.clear(space.id);
  return { space: await ctx.spaces.load(space.id), cursor };
}

/** Gives a person a role within a change that is under way, unless they have it or a higher one; the id of the membership. */
export async function letIn(
  ctx: PeopleContext,
  tx: Write,
  space: string,
  person: string,
  role: SpaceRole,
): Promise<string> {
  const before = await holdRole(tx, space, person);
  if (before === null || spaceRoles.indexOf(role) < spaceRoles.indexOf(before)) {
    const member = newMember(ctx, space, person, role);
    await setMember(tx, member);
    tellAdded(tx, member);
  }
  return membershipId(tx, space, person);
}

export interface ChangedSpaceMembership {
  readonly membership: SpaceMembership | null;
  readonly cursor: string | null;
}

export interface LeftSpace {
  readonly space: Space | null;
  readonly cursor: string | null;
}

async function spaceToTend(ctx: PeopleContext, id: string): Promise<{ space: Space; own: SpaceRole | null }> {
  const viewer = signedInPerson(ctx.viewer);
  const space = await requireSpace(ctx, id, 'space');
  const own = await ctx.viewerRoles.load(space.id);
  checkMayInSpace(viewer, own, 'tend');
  return { space, own };
}

async function reload(
  ctx: PeopleContext,
  space: string,
  id: string,
  cursor: string | null,
): Promise<ChangedSpaceMembership> {
  ctx.viewerRoles.clear(space);
  ctx.spaces.clear(space);
  ctx.spaceMemberships.clear(id);
  return { membership: await ctx.spaceMemberships.load(id), cursor };
}

function newMember(ctx: PeopleContext, spaceId: string, personId: string, role: SpaceRole): NewMember {
  return { id: ctx.newId('SpaceMembership'), spaceId, personId, role, joinedAt: ctx.now() };
}

function tellAdded(tx: Write, { spaceId, personId, role }: NewMember): void {
  tx.append({ type: 'people.space.memberAdded', subject: spaceId, space: spaceId, data: { person: personId, role } });
}

function tellRemoved(tx: Write, space: string, person: string): void {
  tx.append({ type: 'people.space.memberRemoved', subject: space, space, data: { person } });
}

/** Changes of one space take turns, so two owners who leave at once cannot each count on the other. */
async function checkOwnerStays(
  tx: Write,
  space: string,
  before: SpaceRole | null,
  after: SpaceRole | null,
  field: string,
): Promise<void> {
  if (before !== 'owner' || after === 'owner' || (await countOwners(tx, space)) > 1) return;
  const message = 'A space keeps an owner, and this is the last one. Make somebody else an owner first.';
  throw new UserError('LAST_OWNER', message, ['input', field]);
}

function notAMember(): UserError {
  return new UserError('NOT_FOUND', 'This person is no member of the space; there is nothing to remove.', [
    'input',
    'person',
  ]);
}
