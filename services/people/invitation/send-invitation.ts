import { signedInPerson } from '#kernel/auth/require-viewer.js';
import { hashToken } from '#kernel/auth/token-text.js';
import { invalid, UserError } from '#kernel/errors/user-error.js';
import type { SpaceRole } from '#kernel/spaces/space-visibility.js';
import { checkText } from '#kernel/write/check-text.js';
import type { PeopleContext } from '../people-context.js';
import { requirePerson } from '../person/person.js';
import { findByHandle } from '../person/person.repository.js';
import { requireSpace } from '../space/space.js';
import { checkMayChangeMember } from '../space-membership/space-membership.policy.js';
import { rolesIn } from '../space-membership/space-membership.repository.js';
import type { Invitation } from './invitation.entity.js';
import { countPending, type InvitationRow, insertInvitation } from './invitation.repository.js';
import { newInvitationToken } from './invitation-token.js';

export interface InviteToSpace {
  readonly space: string;
  readonly role: SpaceRole;
  /** One of the three says who is meant. */
  readonly person?: string | null;
  readonly handle?: string | null;
  readonly email?: string | null;
  readonly note?: string | null;
  readonly expiresAt?: Date | null;
  readonly idempotencyKey?: string | null;
}

export interface SentInvitation {
  readonly invitation: InvitationRow | null;
  /** The secret of the link; null when a repeated call finds it was given out before. */
  readonly token: string | null;
  readonly cursor: string | null;
}

/** Asks somebody into a space. The hub sends nothing itself: the link is for the one who invites to pass on. */
export async function inviteToSpace(ctx: PeopleContext, input: InviteToSpace): Promise<SentInvitation> {
  const viewer = signedInPerson(ctx.viewer);
  const space = await requireSpace(ctx, input.space, 'space');
  checkMayChangeMember(viewer, await ctx.viewerRoles.load(space.id), null, input.role);
  checkText(input.note ?? '', 'note', 0, 2_000);
  const expiresAt = readExpiry(ctx, input.expiresAt);
  const invited = await readInvited(ctx, space.id, input);
  const token = newInvitationToken();
  let sent = false;
  const { result: id, cursor } = await ctx.write({ name: 'inviteToSpace', input, inTurn: space.id }, async (tx) => {
    if ((await countPending(tx, space.id, ctx.now())) >= maxPending) throw tooMany();
    const invitation = { ...invited, ...newInvitation(ctx, input), inviterId: viewer.personId, expiresAt };
    await insertInvitation(tx, invitation, hashToken(token));
    const data = { person: invited.personId, role: input.role };
    tx.append({ type: 'people.invitation.sent', subject: invitation.id, space: space.id, data });
    sent = true;
    return invitation.id;
  });
  return { invitation: await ctx.invitations.load(id), token: sent ? token : null, cursor };
}

const maxPending = 1_000;
const dayMs = 24 * 3_600_000;
export const usualDays = 14;
export const maxDays = 90;

function readExpiry(ctx: PeopleContext, given: Date | null | undefined): Date {
  const now = ctx.now().getTime();
  if (!given) return new Date(now + usualDays * dayMs);
  if (given.getTime() > now && given.getTime() <= now + maxDays * dayMs) return given;
  throw invalid(`An invitation expires in the future, within ${maxDays} days.`, 'expiresAt');
}

type Invited = Pick<Invitation, 'personId' | 'email'>;

async function readInvited(ctx: PeopleContext, spaceId: string, input: InviteToSpace): Promise<Invited> {
  const { person, handle, email } = input;
  if ([person, handle, email].filter((given) => given != null).length !== 1) {
    throw invalid('Say who is invited, in one way: by person, by handle or by email.');
  }
  if (email != null) return { personId: null, email: readEmail(email) };
  const { id } = person != null ? await requirePerson(ctx, person, 'person') : await requireHandle(ctx, handle ?? '');
  const role = (await rolesIn(ctx.db, id, [spaceId])).get(spaceId) ?? null;
  const field = person != null ? 'person' : 'handle';
  if (role !== null) throw new UserError('TAKEN', 'This person is in the space already.', ['input', field]);
  return { personId: id, email: null };
}

async function requireHandle(ctx: PeopleContext, handle: string): Promise<{ id: string }> {
  const person = await findByHandle(ctx.db, ctx.viewer, handle);
  if (person) return person;
  const message = `No person with the handle "${handle}" that you may see. Invite them by e-mail.`;
  throw new UserError('NOT_FOUND', message, ['input', 'handle']);
}

/** Whether it reaches anybody is found out by who writes to it; here it only has to look like one. */
function readEmail(email: string): string {
  checkText(email, 'email', 3, 320);
  if (!/^[^\s@]+@[^\s@]+$/u.test(email)) throw invalid('An e-mail address is written as name@domain.', 'email');
  return email.toLowerCase();
}

function newInvitation(ctx: PeopleContext, { space, role, note }: InviteToSpace) {
  const standing = 'pending' as const;
  const id = ctx.newId('Invitation');
  return { id, spaceId: space, role, note: note ?? '', standing, createdAt: ctx.now(), settledAt: null };
}

function tooMany(): UserError {
  return invalid(`A space has at most ${maxPending} invitations waiting for an answer; revoke some first.`, 'space');
}
