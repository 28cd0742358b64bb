import { sqlState } from '#kernel/database/outage.js';
import { invalid, notFound, UserError } from '#kernel/errors/user-error.js';
import { checkText } from '#kernel/write/check-text.js';
import type { PeopleContext } from '../people-context.js';
import { requirePerson } from '../person/person.js';
import { Identity } from './identity.entity.js';
import { checkMayLink } from './identity.policy.js';
import { removeIdentity } from './identity.repository.js';

export interface LinkIdentity {
  readonly person: string;
  readonly issuer: string;
  readonly subject?: string | null;
  readonly email?: string | null;
  readonly idempotencyKey?: string | null;
}

/** Says who somebody is when they sign in: by what the provider calls them, or by the address it will have verified. */
export async function linkIdentity(ctx: PeopleContext, input: LinkIdentity): Promise<ChangedIdentity> {
  checkMayLink(ctx.viewer);
  checkWords(input);
  const { id: personId } = await requirePerson(ctx, input.person, 'person');
  const { result: id, cursor } = await ctx.write({ name: 'linkIdentity', input }, async (tx) => {
    const [subject, email] = [input.subject ?? null, input.email?.trim() ?? null];
    const [id, createdAt] = [ctx.newId('Identity'), ctx.now()];
    const linkedAt = subject === null ? null : createdAt;
    await claim(() =>
      tx.manager.insert(Identity, { id, personId, issuer: input.issuer, subject, email, createdAt, linkedAt }),
    );
    tx.append({ type: 'people.identity.linked', subject: id, data: { person: personId } });
    return id;
  });
  return { identity: await ctx.identities.load(id), cursor };
}

export interface UnlinkIdentity {
  readonly identity: string;
  readonly idempotencyKey?: string | null;
}

/** From now on this sign-in is nobody's. What is open with it ends within a second. */
export async function unlinkIdentity(ctx: PeopleContext, input: UnlinkIdentity): Promise<UnlinkedIdentity> {
  checkMayLink(ctx.viewer);
  const { cursor } = await ctx.write({ name: 'unlinkIdentity', input }, async (tx) => {
    const identity = await ctx.identities.load(input.identity);
    if (!identity || !(await removeIdentity(tx, identity.id))) throw notFound('identity', input.identity, 'identity');
    tx.append({ type: 'people.identity.unlinked', subject: identity.id, data: { person: identity.personId } });
    return identity.id;
  });
  return { cursor };
}

export interface UnlinkedIdentity {
  readonly cursor: string | null;
}

export interface ChangedIdentity extends UnlinkedIdentity {
  readonly identity: Identity | null;
}

function checkWords({ issuer, subject, email }: LinkIdentity): void {
  checkText(issuer, 'issuer', 1, 300);
  if ((subject == null) === (email == null))
    throw invalid('Give a subject or an e-mail address, and not both.', 'subject');
  if (subject != null) checkText(subject, 'subject', 1, 255);
  if (email != null && !/^[^\s@]{1,64}@[^\s@]{1,255}$/.test(email.trim()))
    throw invalid(`"${email}" is no e-mail address.`, 'email');
}

const uniqueViolation = '23505';

async function claim(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (sqlState(error) !== uniqueViolation) throw error;
    throw new UserError('TAKEN', 'This sign-in is linked to a person already; unlink it first.', ['input']);
  }
}
