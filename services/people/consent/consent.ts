import { tieTurn } from '../interaction/record-interactions.js';
import type { PeopleContext } from '../people-context.js';
import { forgetTies } from '../tie/forget-ties.js';
import { personToConsent } from '../tie/tie.policy.js';
import type { Consent } from './consent.loader.js';
import { keepConsent } from './consent.repository.js';

export interface SetConsent {
  /** False: no ties of this person are kept or shown. */
  readonly ties: boolean;
  readonly idempotencyKey?: string | null;
}

/**
 * Says what the hub may keep of the viewer. Who wants no ties has none from this moment on; what there was is deleted, and does
 * not come back when they want ties again.
 */
export async function setConsent(ctx: PeopleContext, input: SetConsent): Promise<ChangedConsent> {
  const personId = personToConsent(ctx.viewer);
  const { cursor } = await ctx.write({ name: 'setConsent', input, inTurn: tieTurn }, async (tx) => {
    if (!(await keepConsent(tx, personId, input.ties, ctx.now()))) return personId;
    if (!input.ties) await forgetTies(tx, personId);
    tx.append({ type: 'people.consent.changed', subject: personId, data: { ties: input.ties } });
    return personId;
  });
  ctx.consents.clear(personId);
  return { consent: await ctx.consents.load(personId), cursor };
}

export interface ChangedConsent {
  readonly consent: Consent | null;
  readonly cursor: string | null;
}
