import { signedInPerson } from '#kernel/auth/require-viewer.js';
import { isAdministrator } from '#kernel/auth/viewer.js';
import { invalid, notFound, UserError } from '#kernel/errors/user-error.js';
import { type SharingRight, sharingRights } from '#kernel/spaces/space-visibility.js';
import { checkText } from '#kernel/write/check-text.js';
import { requireOrganization } from '../organization/organization.js';
import { checkMayBind } from '../organization-administrator/organization-administrator.policy.js';
import type { PeopleContext } from '../people-context.js';
import type { Space } from '../space/space.entity.js';
import { requireSpace } from '../space/space.js';
import { SharingAgreement } from './sharing-agreement.entity.js';
import { holdAgreement, insertSignature, putInForceWhenSigned, revokeRow } from './sharing-agreement.repository.js';
import { refreshSharing } from './space-sharing.js';

export interface ProposeSharingAgreement {
  readonly organization: string;
  readonly partners: readonly string[];
  readonly spaces: readonly string[];
  readonly rights: readonly SharingRight[];
  readonly purpose?: string | null;
  readonly idempotencyKey?: string | null;
}

/** Proposes to share spaces; the proposer has signed by proposing. */
export async function proposeSharingAgreement(
  ctx: PeopleContext,
  input: ProposeSharingAgreement,
): Promise<ChangedAgreement> {
  const { personId } = signedInPerson(ctx.viewer);
  const organization = await requireOrganization(ctx, input.organization, 'organization');
  await checkMayBind(ctx, organization);
  checkText(input.purpose ?? '', 'purpose', 0, 10_000);
  const partners = await readPartners(ctx, organization.id, input.partners);
  const spaces = await readSpaces(ctx, [organization.id, ...partners], input.spaces);
  const { result: id, cursor } = await ctx.write({ name: 'proposeSharingAgreement', input }, async (tx) => {
    const agreement = newAgreement(ctx, input, [organization.id, ...partners], spaces);
    const { id, organizationIds: organizations, spaceIds, rights } = agreement;
    await tx.manager.insert(SharingAgreement, agreement);
    await insertSignature(tx, { agreementId: id, organizationId: organization.id, personId, signedAt: ctx.now() });
    const data = { organization: organization.id, organizations, spaces: spaceIds, rights };
    tx.append({ type: 'people.sharingAgreement.proposed', subject: id, data });
    return id;
  });
  return { sharingAgreement: await ctx.sharingAgreements.load(id), cursor };
}

export interface NamedAgreement {
  readonly sharingAgreement: string;
  readonly organization: string;
  readonly idempotencyKey?: string | null;
}

/** Signs for an organisation. With the last signature the spaces are open to the others from the commit on. */
export async function signSharingAgreement(ctx: PeopleContext, input: NamedAgreement): Promise<ChangedAgreement> {
  const { personId } = signedInPerson(ctx.viewer);
  const { id, organizationIds, spaceIds } = await requireAgreement(ctx, input);
  await checkMayBind(ctx, await requireOrganization(ctx, input.organization, 'organization'));
  const operation = { name: 'signSharingAgreement', input, inTurn: [id, ...spaceIds] };
  const { cursor } = await ctx.write(operation, async (tx) => {
    if ((await holdAgreement(tx, id)).revoked) throw revoked();
    const signature = { agreementId: id, organizationId: input.organization, personId, signedAt: ctx.now() };
    if (!(await insertSignature(tx, signature))) return id;
    const inForce = await putInForceWhenSigned(tx, id, ctx.now());
    const data = { organization: input.organization, organizations: organizationIds, inForce };
    tx.append({ type: 'people.sharingAgreement.signed', subject: id, data });
    if (inForce) await refreshSharing(tx, spaceIds);
    return id;
  });
  return reload(ctx, id, cursor);
}

/**
 * Ends an agreement for all, or takes a proposal from the table. From the commit on the spaces do not exist any more for those
 * it let in; who became a member of one by an invitation stays a member. Revoking again changes nothing.
 */
export async function revokeSharingAgreement(ctx: PeopleContext, input: NamedAgreement): Promise<ChangedAgreement> {
  signedInPerson(ctx.viewer);
  const { id, organizationIds, spaceIds } = await requireAgreement(ctx, input);
  const organization = await requireOrganization(ctx, input.organization, 'organization');
  if (!isAdministrator(ctx.viewer)) await checkMayBind(ctx, organization);
  const operation = { name: 'revokeSharingAgreement', input, inTurn: [id, ...spaceIds] };
  const { cursor } = await ctx.write(operation, async (tx) => {
    if (!(await revokeRow(tx, id, ctx.now(), organization.id))) return id;
    const data = { organization: organization.id, organizations: organizationIds };
    tx.append({ type: 'people.sharingAgreement.revoked', subject: id, data });
    await refreshSharing(tx, spaceIds);
    return id;
  });
  return reload(ctx, id, cursor);
}

export interface ChangedAgreement {
  readonly sharingAgreement: SharingAgreement | null;
  readonly cursor: string | null;
}

/** The agreement, of which the named organisation must be a party. */
async function requireAgreement(ctx: PeopleContext, input: NamedAgreement): Promise<SharingAgreement> {
  const agreement = await ctx.sharingAgreements.load(input.sharingAgreement);
  if (!agreement) throw notFound('sharing agreement', input.sharingAgreement, 'sharingAgreement');
  if (agreement.organizationIds.includes(input.organization)) return agreement;
  throw invalid('This organisation is no party of the agreement; name one that is.', 'organization');
}

async function reload(ctx: PeopleContext, id: string, cursor: string | null): Promise<ChangedAgreement> {
  ctx.sharingAgreements.clear(id);
  ctx.signatures.clear(id);
  return { sharingAgreement: await ctx.sharingAgreements.load(id), cursor };
}

export const maxParties = 20;
export const maxSharedSpaces = 100;

async function readPartners(ctx: PeopleContext, proposer: string, given: readonly string[]): Promise<string[]> {
  const partners = [...new Set(given)].filter((id) => id !== proposer);
  if (partners.length === 0) throw invalid('An agreement needs another organisation; name at least one.', 'partners');
  if (partners.length >= maxParties)
    throw invalid(`At most ${maxParties} organisations make an agreement.`, 'partners');
  const found = await Promise.all(partners.map((id) => requireOrganization(ctx, id, 'partners')));
  return found.map(({ id }) => id);
}

async function readSpaces(ctx: PeopleContext, parties: string[], given: readonly string[]): Promise<Space[]> {
  const ids = [...new Set(given)];
  if (ids.length === 0) throw invalid('An agreement shares spaces; name at least one.', 'spaces');
  if (ids.length > maxSharedSpaces) throw invalid(`An agreement shares at most ${maxSharedSpaces} spaces.`, 'spaces');
  const spaces = await Promise.all(ids.map((id) => requireSpace(ctx, id, 'spaces')));
  for (const space of spaces) checkCanBeShared(space, parties);
  return spaces;
}

function checkCanBeShared({ name, visibility, owners }: Space, parties: readonly string[]): void {
  if (visibility !== 'organization') {
    const next = 'only spaces with the visibility ORGANIZATION are shared. Change it, or invite people one by one.';
    throw invalid(`The space "${name}" is not for the people of its owners; ${next}`, 'spaces');
  }
  if (owners.every((owner) => parties.includes(owner))) return;
  throw invalid(`The space "${name}" has an owner that is no party; all its owners have to sign.`, 'spaces');
}

function newAgreement(
  ctx: PeopleContext,
  input: ProposeSharingAgreement,
  organizationIds: string[],
  spaces: readonly Space[],
): SharingAgreement {
  return {
    id: ctx.newId('SharingAgreement'),
    proposerId: input.organization,
    organizationIds,
    spaceIds: spaces.map(({ id }) => id),
    spaceNames: spaces.map(({ name }) => name),
    // Without reading nothing else means anything.
    rights: sharingRights.filter((right) => right === 'read' || input.rights.includes(right)),
    purpose: input.purpose ?? '',
    proposedAt: ctx.now(),
    inForceAt: null,
    revokedAt: null,
    revokedById: null,
  };
}

function revoked(): UserError {
  const message = 'This agreement was revoked; propose a new one.';
  return new UserError('REVOKED', message, ['input', 'sharingAgreement']);
}
