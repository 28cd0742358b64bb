import { requireAdministrator, signedInPerson } from '#kernel/auth/require-viewer.js';
import { invalid } from '#kernel/errors/user-error.js';
import type { PeopleContext } from '../people-context.js';
import type { Person } from '../person/person.entity.js';
import { requirePerson } from '../person/person.js';
import { settlePersonCase } from '../person-report/person-report.repository.js';
import { insertSuspension, removeSuspension } from './suspension.repository.js';

export interface NamedPerson {
  readonly person: string;
  readonly idempotencyKey?: string | null;
}

export interface ChangedSuspension {
  readonly person: Person | null;
  readonly cursor: string | null;
}

/**
 * Shuts a person out: none of their tokens and sign-ins is good from now on, and what is open with them ends within a second. They
 * stay a person, with everything they said. What was reported of them is decided by it.
 */
export async function suspendPerson(ctx: PeopleContext, input: NamedPerson): Promise<ChangedSuspension> {
  const { viewer, person } = await whoseAccess(ctx, input);
  if (viewer.personId === person.id) throw invalid('You would shut yourself out; another administrator can.', 'person');
  const { cursor } = await ctx.write({ name: 'suspendPerson', input }, async (tx) => {
    const [by, at] = [viewer.personId, ctx.now()];
    if (await insertSuspension(tx, person.id, at, by))
      tx.append({ type: 'people.person.suspended', subject: person.id, data: {} });
    await settlePersonCase(tx, person.id, { state: 'suspended', decision: null, by, at });
    return person.id;
  });
  return { person, cursor };
}

/** Lets a person in again who was shut out, with the tokens they have. */
export async function reinstatePerson(ctx: PeopleContext, input: NamedPerson): Promise<ChangedSuspension> {
  const { person } = await whoseAccess(ctx, input);
  const { cursor } = await ctx.write({ name: 'reinstatePerson', input }, async (tx) => {
    if (await removeSuspension(tx, person.id))
      tx.append({ type: 'people.person.reinstated', subject: person.id, data: {} });
    return person.id;
  });
  return { person, cursor };
}

async function whoseAccess(ctx: PeopleContext, input: NamedPerson) {
  requireAdministrator(ctx.viewer, 'shut people out or let them in again');
  return { viewer: signedInPerson(ctx.viewer), person: await requirePerson(ctx, input.person, 'person') };
}
