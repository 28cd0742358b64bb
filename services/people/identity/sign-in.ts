import type { Write } from '#kernel/write/write.js';
import { requireOrganization } from '../organization/organization.js';
import type { PeopleContext } from '../people-context.js';
import { Person } from '../person/person.entity.js';
import { newPerson } from '../person/person.js';
import { checkIsHub, type ViewerClaims } from '../viewer/viewer-claims.js';
import { Identity } from './identity.entity.js';
import {
  bindExpected,
  claimsOf,
  readWays,
  readWaysIn,
  type Vouched,
  type Ways,
  waysIn,
} from './identity.repository.js';

/** What the gateway knows of somebody whose token is good. What its rule for the issuer does not allow is left out. */
export interface SignIn extends Vouched {
  readonly name?: string | null;
}

export interface SignedIn {
  readonly viewer: ViewerClaims | null;
  readonly refusal: string | null;
}

/**
 * Lets somebody in for whom a provider vouches: who is linked already, or expected under the e-mail address, or belongs to an
 * organisation that lets its people in. Two first sign-ins at once make one person.
 */
export async function signIn(ctx: PeopleContext, input: SignIn): Promise<SignedIn> {
  checkIsHub(ctx.viewer);
  const mark = ctx.markSignIn(input);
  const before = await waysIn(readWays(ctx.db), input, mark);
  const refusal = refusalOf(before);
  if (refusal !== null) return { viewer: null, refusal };
  const inTurn = `people.identity:${input.issuer} ${input.subject}`;
  await ctx.write({ name: 'signIn', input: {}, inTurn }, async (tx) => {
    const ways = await waysIn(readWaysIn(tx), input, mark);
    if (ways.linked !== null) return;
    if (ways.expected !== null) await linkExpected(ctx, tx, ways.expected, input.subject);
    else if (refusalOf(ways) === null) await welcome(ctx, tx, input, ways.organizations[0] ?? '');
  });
  const viewer = await claimsOf(ctx.db, input);
  return { viewer, refusal: viewer ? null : shutOut };
}

const shutOut = 'An administrator has shut this person out of the hub. Ask one to let them in again.';

function refusalOf({ linked, erased, expected, organizations }: Ways): string | null {
  if (linked !== null || expected !== null) return null;
  if (erased)
    return 'The person of this sign-in was erased, and the hub makes no new one by itself. Ask an administrator to link it to a person, if you want to come back.';
  if (organizations.length === 1) return null;
  return organizations.length > 1
    ? 'Several organisations have the domain of your e-mail address. Ask an administrator to link this sign-in to a person.'
    : 'Your sign-in is good, but nobody in this hub is linked to it. Ask an administrator to link it to a person.';
}

async function linkExpected(ctx: PeopleContext, tx: Write, id: string, subject: string): Promise<void> {
  const person = await bindExpected(tx, id, subject, ctx.now());
  tx.append({ type: 'people.identity.linked', subject: id, actor: person, data: { person } });
}

async function welcome(ctx: PeopleContext, tx: Write, input: SignIn, organizationId: string): Promise<void> {
  const organization = await requireOrganization(ctx, organizationId);
  const person = newPerson(ctx, { name: input.name?.trim() || 'Somebody new' }, organization);
  await tx.manager.insert(Person, person);
  const data = { organization: person.organizationId, party: person.party };
  tx.append({ type: 'people.person.registered', subject: person.id, actor: person.id, data });
  const id = ctx.newId('Identity');
  const { issuer, subject } = input;
  const now = ctx.now();
  await tx.manager.insert(Identity, { id, personId: person.id, issuer, subject, createdAt: now, linkedAt: now });
  tx.append({ type: 'people.identity.linked', subject: id, actor: person.id, data: { person: person.id } });
}
