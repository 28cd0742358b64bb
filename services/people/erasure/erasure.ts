import { UserError } from '#kernel/errors/user-error.js';
import { takeAway } from '#kernel/privacy/trace.js';
import type { Write } from '#kernel/write/write.js';
import { appearanceTurn } from '../appearance/appearance.repository.js';
import { markSignIns } from '../identity/erased-sign-in.js';
import { tieTurn } from '../interaction/record-interactions.js';
import type { PeopleContext } from '../people-context.js';
import { requirePerson } from '../person/person.js';
import { reportTurn } from '../person-report/person-report.repository.js';
import { forgetTies } from '../tie/forget-ties.js';
import type { Erasure } from './erasure.entity.js';
import { checkMayErase } from './erasure.policy.js';
import { hasOtherAdministrator, insertErasure, insertReceipt, involvementOf, spacesOf } from './erasure.repository.js';
import { personalTraces } from './personal-traces.js';

export interface ErasePerson {
  readonly person: string;
  readonly idempotencyKey?: string | null;
}

/**
 * Takes a person out of the hub, for good: here in this transaction, in the other services when the event reaches them. What they
 * wrote stays, without them.
 */
export async function erasePerson(ctx: PeopleContext, input: ErasePerson): Promise<StartedErasure> {
  checkMayErase(ctx.viewer, input.person);
  const person = await requirePerson(ctx, input.person, 'person');
  const turns = [administratorsTurn, tieTurn, appearanceTurn, reportTurn];
  const inTurn = [...turns, ...(await spacesOf(ctx.db, person.id))];
  const { result, cursor } = await ctx.write({ name: 'erasePerson', input, inTurn }, async (tx) => {
    if (person.administrator && !(await hasOtherAdministrator(tx, person.id))) throw lastAdministrator();
    const askedAt = ctx.now();
    const id = ctx.newId('Erasure');
    await tellWhatEnds(tx, person.id);
    await forgetTies(tx, person.id);
    await markSignIns(tx, person.id, ctx.markSignIn, askedAt);
    await takeAway(tx, personalTraces, person.id, ctx.newId('Person'));
    await insertErasure(tx, { id, personId: person.id, askedAt });
    await insertReceipt(tx, { erasureId: id, service: 'people', completedAt: askedAt });
    const data = { erasure: id, handleMark: person.handle === null ? null : ctx.markHandle(person.handle) };
    tx.append({ type: 'people.person.erased', subject: person.id, data });
    return { id, askedAt: askedAt.toISOString() };
  });
  ctx.people.clear(person.id);
  return { erasure: { id: result.id, personId: person.id, askedAt: new Date(result.askedAt) }, cursor };
}

export interface StartedErasure {
  readonly erasure: Erasure | null;
  readonly cursor: string | null;
}

/** Two administrators who erase each other at once are one after the other: the second stays. */
const administratorsTurn = 'people.administrators';

/** Whoever follows memberships or tokens need not know of erasures. */
async function tellWhatEnds(tx: Write, person: string): Promise<void> {
  const { spaceIds, memberships, tokenIds } = await involvementOf(tx, person);
  for (const space of spaceIds)
    tx.append({ type: 'people.space.memberRemoved', subject: space, space, data: { person } });
  for (const { id, team, organization } of memberships)
    tx.append({ type: 'people.membership.ended', subject: id, data: { person, team, organization } });
  for (const id of tokenIds) tx.append({ type: 'people.accessToken.revoked', subject: id, data: { person } });
}

function lastAdministrator(): UserError {
  const message = 'This is the only administrator of the hub. Make somebody else one first.';
  return new UserError('CLOSED', message, ['input', 'person']);
}
