import { signedInPerson } from '#kernel/auth/require-viewer.js';
import { hashToken } from '#kernel/auth/token-text.js';
import { isAdministrator } from '#kernel/auth/viewer.js';
import { invalid, notFound, UserError, type UserErrorCode } from '#kernel/errors/user-error.js';
import type { Write } from '#kernel/write/write.js';
import type { PeopleContext } from '../people-context.js';
import { checkMayInSpace } from '../space/space.policy.js';
import type { SpaceMembership } from '../space-membership/space-membership.entity.js';
import { letIn } from '../space-membership/space-membership.js';
import { type InvitationState, stateOf } from './invitation.entity.js';
import { findByHash, holdStanding, type InvitationRow, settleInvitation } from './invitation.repository.js';

export interface AnswerInvitation {
  /** One of the two: the id, for whom it is addressed to, or the secret of its link. */
  readonly invitation?: string | null;
  readonly token?: string | null;
  readonly idempotencyKey?: string | null;
}

export interface ChangedInvitation {
  readonly invitation: InvitationRow | null;
  readonly cursor: string | null;
}

export interface AcceptedInvitation extends ChangedInvitation {
  readonly membership: SpaceMembership | null;
}

/** Makes the viewer a member of the space they were invited to. Who has a higher role there already keeps it. */
export async function acceptInvitation(ctx: PeopleContext, input: AnswerInvitation): Promise<AcceptedInvitation> {
  const { personId } = signedInPerson(ctx.viewer);
  const { id, spaceId, role } = await requireInvited(ctx, input);
  const operation = { name: 'acceptInvitation', input, inTurn: spaceId };
  const { result: membership, cursor } = await ctx.write(operation, async (tx) => {
    await checkPending(ctx, tx, id, fieldOf(input));
    await settleInvitation(tx, id, 'accepted', ctx.now(), personId);
    tx.append({ type: 'people.invitation.accepted', subject: id, space: spaceId, data: { person: personId } });
    return letIn(ctx, tx, spaceId, personId, role);
  });
  forget(ctx, id, spaceId);
  ctx.spaceMemberships.clear(membership);
  return {
    invitation: await ctx.invitations.load(id),
    membership: await ctx.spaceMemberships.load(membership),
    cursor,
  };
}

/** Says no, for good. Saying it again changes nothing. */
export async function declineInvitation(ctx: PeopleContext, input: AnswerInvitation): Promise<ChangedInvitation> {
  const { personId } = signedInPerson(ctx.viewer);
  const { id, spaceId } = await requireInvited(ctx, input);
  const { cursor } = await ctx.write({ name: 'declineInvitation', input, inTurn: spaceId }, async (tx) => {
    if ((await stateIn(ctx, tx, id)) === 'declined') return id;
    await checkPending(ctx, tx, id, fieldOf(input));
    await settleInvitation(tx, id, 'declined', ctx.now(), personId);
    tx.append({ type: 'people.invitation.declined', subject: id, space: spaceId, data: {} });
    return id;
  });
  forget(ctx, id, spaceId);
  return { invitation: await ctx.invitations.load(id), cursor };
}

export interface RevokeInvitation {
  readonly invitation: string;
  readonly idempotencyKey?: string | null;
}

/** Takes an invitation back. What was declined, revoked or has expired stays as it is. */
export async function revokeInvitation(ctx: PeopleContext, input: RevokeInvitation): Promise<ChangedInvitation> {
  const viewer = signedInPerson(ctx.viewer);
  const invitation = await ctx.invitations.load(input.invitation);
  if (!invitation) throw notFound('invitation', input.invitation, 'invitation');
  const { id, spaceId } = invitation;
  if (!isAdministrator(viewer)) checkMayInSpace(viewer, await ctx.viewerRoles.load(spaceId), 'tend');
  const { cursor } = await ctx.write({ name: 'revokeInvitation', input, inTurn: spaceId }, async (tx) => {
    const state = await stateIn(ctx, tx, id);
    if (state === 'accepted') throw settled(state, 'invitation');
    if (state !== 'pending') return id;
    await settleInvitation(tx, id, 'revoked', ctx.now(), null);
    tx.append({ type: 'people.invitation.revoked', subject: id, space: spaceId, data: {} });
    return id;
  });
  forget(ctx, id, spaceId);
  return { invitation: await ctx.invitations.load(id), cursor };
}

/** The invitation of a secret link; null for who is not signed in, and when it is addressed to somebody else. */
export async function invitationOfToken(ctx: PeopleContext, token: string): Promise<InvitationRow | null> {
  const found = await findByHash(ctx.db, hashToken(token));
  if (!found || ctx.viewer.kind !== 'person') return null;
  return found.email !== null || found.personId === ctx.viewer.personId ? found : null;
}

/** Not told apart: no such invitation, one of somebody else, and a link that was passed on although it names a person. */
async function requireInvited(ctx: PeopleContext, input: AnswerInvitation): Promise<InvitationRow> {
  const { personId } = signedInPerson(ctx.viewer);
  if ((input.invitation == null) === (input.token == null)) {
    throw invalid('Name the invitation in one way: by its id or by its token.');
  }
  const found =
    input.token != null
      ? await invitationOfToken(ctx, input.token)
      : await ctx.invitations.load(input.invitation ?? '');
  if (found && (input.token != null || found.personId === personId)) return found;
  throw new UserError('NOT_FOUND', 'There is no such invitation for you. Ask who invited you for a new link.', [
    'input',
    fieldOf(input),
  ]);
}

function fieldOf({ token }: AnswerInvitation): string {
  return token != null ? 'token' : 'invitation';
}

async function stateIn(ctx: PeopleContext, tx: Write, id: string): Promise<InvitationState> {
  const standing = await holdStanding(tx, id);
  return standing ? stateOf(standing, ctx.now()) : 'revoked';
}

async function checkPending(ctx: PeopleContext, tx: Write, id: string, field: string): Promise<void> {
  const state = await stateIn(ctx, tx, id);
  if (state !== 'pending') throw settled(state, field);
}

const problems: Readonly<Record<Exclude<InvitationState, 'pending'>, readonly [UserErrorCode, string]>> = {
  accepted: ['ALREADY_ACCEPTED', 'This invitation was accepted before; each is good for one person, once.'],
  declined: ['DECLINED', 'This invitation was declined; ask for a new one.'],
  revoked: ['REVOKED', 'This invitation was taken back; ask for a new one.'],
  expired: ['EXPIRED', 'The time of this invitation is over; ask for a new one.'],
};

function settled(state: Exclude<InvitationState, 'pending'>, field: string): UserError {
  const [code, message] = problems[state];
  return new UserError(code, message, ['input', field]);
}

function forget(ctx: PeopleContext, id: string, spaceId: string): void {
  ctx.invitations.clear(id);
  ctx.spaces.clear(spaceId);
  ctx.viewerRoles.clear(spaceId);
}
