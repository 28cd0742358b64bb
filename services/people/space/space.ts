import { signedInPerson } from '#kernel/auth/require-viewer.js';
import type { PersonViewer } from '#kernel/auth/viewer.js';
import { invalid, notFound } from '#kernel/errors/user-error.js';
import type { SpaceVisibility } from '#kernel/spaces/space-visibility.js';
import { checkText } from '#kernel/write/check-text.js';
import type { Write } from '#kernel/write/write.js';
import { requireOrganization } from '../organization/organization.js';
import type { PeopleContext } from '../people-context.js';
import { refreshSharing } from '../sharing-agreement/space-sharing.js';
import { setMember } from '../space-membership/space-membership.repository.js';
import { Space } from './space.entity.js';
import { checkMayInSpace, checkMayOpenSpace } from './space.policy.js';
import { reviseSpaceRow, type SpaceChange } from './space.repository.js';

export interface OpenSpace {
  readonly name: string;
  readonly purpose?: string | null;
  readonly visibility: SpaceVisibility;
  /** Organisations; that of the opener when left out. */
  readonly owners?: readonly string[] | null;
  readonly idempotencyKey?: string | null;
}

/** Opens a space; who opens it is its first owner. */
export async function openSpace(ctx: PeopleContext, input: OpenSpace): Promise<ChangedSpace> {
  const viewer = checkMayOpenSpace(ctx.viewer);
  checkWords(input);
  const owners = await readOwners(ctx, input.owners ?? (viewer.organizationId === null ? [] : [viewer.organizationId]));
  checkOwned(input.visibility, owners);
  const { result: id, cursor } = await ctx.write({ name: 'openSpace', input }, async (tx) => {
    const space = newSpace(ctx, input, owners);
    await tx.manager.insert(Space, space);
    const { id, visibility } = space;
    tx.append({ type: 'people.space.opened', subject: id, space: id, data: { visibility, owners } });
    await addOpener(ctx, tx, id, viewer);
    return id;
  });
  return reload(ctx, id, cursor);
}

export interface ReviseSpace {
  readonly space: string;
  readonly name?: string | null;
  readonly purpose?: string | null;
  readonly visibility?: SpaceVisibility | null;
  readonly owners?: readonly string[] | null;
  readonly idempotencyKey?: string | null;
}

/** Changes facts of a space. Who is no longer admitted has lost it the moment this commits. */
export async function reviseSpace(ctx: PeopleContext, input: ReviseSpace): Promise<ChangedSpace> {
  const viewer = signedInPerson(ctx.viewer);
  const space = await requireSpace(ctx, input.space, 'space');
  const role = await ctx.viewerRoles.load(space.id);
  checkMayInSpace(viewer, role, 'tend');
  const change = await readChange(ctx, input);
  if (change.visibility || change.owners) checkMayInSpace(viewer, role, 'own');
  const { cursor } = await ctx.write({ name: 'reviseSpace', input, inTurn: space.id }, async (tx) => {
    const revised = await reviseSpaceRow(tx, space.id, change, ctx.now());
    if (!revised) throw notFound('space', space.id, 'space');
    const { id, visibility, owners } = revised;
    checkOwned(visibility, owners);
    const data = { changed: Object.keys(change), visibility, owners };
    tx.append({ type: 'people.space.revised', subject: id, space: id, data });
    if (change.owners) await refreshSharing(tx, [id]);
    return id;
  });
  return reload(ctx, space.id, cursor);
}

export interface ChangedSpace {
  readonly space: Space | null;
  readonly cursor: string | null;
}

export async function requireSpace(ctx: PeopleContext, id: string, ...path: string[]): Promise<Space> {
  const space = await ctx.spaces.load(id);
  if (!space) throw notFound('space', id, ...path);
  return space;
}

async function reload(ctx: PeopleContext, id: string, cursor: string | null): Promise<ChangedSpace> {
  ctx.spaces.clear(id);
  ctx.viewerRoles.clear(id);
  return { space: await ctx.spaces.load(id), cursor };
}

async function addOpener(ctx: PeopleContext, tx: Write, space: string, { personId }: PersonViewer): Promise<void> {
  const member = {
    id: ctx.newId('SpaceMembership'),
    spaceId: space,
    personId,
    role: 'owner',
    joinedAt: ctx.now(),
  } as const;
  await setMember(tx, member);
  tx.append({ type: 'people.space.memberAdded', subject: space, space, data: { person: personId, role: member.role } });
}

function newSpace(ctx: PeopleContext, input: OpenSpace, owners: string[]): Space {
  const now = ctx.now();
  return {
    id: ctx.newId('Space'),
    name: input.name.trim(),
    purpose: input.purpose ?? '',
    visibility: input.visibility,
    owners,
    sharedRead: [],
    createdAt: now,
    updatedAt: now,
  };
}

function checkWords(input: Pick<ReviseSpace, 'name' | 'purpose'>): void {
  if (input.name != null) checkText(input.name, 'name', 1, 300);
  if (input.purpose != null) checkText(input.purpose, 'purpose', 0, 65_536);
}

async function readChange(ctx: PeopleContext, input: ReviseSpace): Promise<SpaceChange> {
  checkWords(input);
  const change = {
    ...(input.name != null ? { name: input.name.trim() } : {}),
    ...(input.purpose != null ? { purpose: input.purpose } : {}),
    ...(input.visibility != null ? { visibility: input.visibility } : {}),
    ...(input.owners != null ? { owners: await readOwners(ctx, input.owners) } : {}),
  };
  if (Object.keys(change).length === 0) throw invalid('Say what changes: name, purpose, visibility or owners.');
  return change;
}

export const maxOwners = 1_000;

async function readOwners(ctx: PeopleContext, given: readonly string[]): Promise<string[]> {
  const owners = [...new Set(given)];
  if (owners.length > maxOwners) throw invalid(`A space has at most ${maxOwners} owners.`, 'owners');
  const found = await Promise.all(owners.map((id) => requireOrganization(ctx, id, 'owners')));
  return found.map((organization) => organization.id);
}

function checkOwned(visibility: SpaceVisibility, owners: readonly string[]): void {
  if (visibility !== 'organization' || owners.length > 0) return;
  throw invalid('A space for the people of its owners needs at least one organisation as owner.', 'owners');
}
