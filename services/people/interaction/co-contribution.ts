import type { ConsumerGiven } from '#kernel/consumers/consumer.js';
import type { Write } from '#kernel/write/write.js';
import {
  type CoContribution,
  coContributionsOf,
  countedCoContributions,
  type IdeaContribution,
  keepContributions,
} from './co-contribution.repository.js';
import type { RetractedInteraction } from './counted-interaction.repository.js';
import { interactionWeights, type NewInteraction } from './interaction-kind.js';

export interface CoContributions {
  readonly happened: NewInteraction[];
  readonly retracted: RetractedInteraction[];
}

/**
 * Who contributes to an idea deals with the ten who contributed to it last, within 14 days. A contribution that arrives late can
 * come between others, and push one of the ten out: then what was counted for that one is taken back.
 */
export async function coContributions(
  tx: Write,
  given: ConsumerGiven,
  contributions: readonly IdeaContribution[],
): Promise<CoContributions> {
  const fresh = await keepContributions(tx, contributions, given.now());
  const holding = await coContributionsOf(tx, fresh);
  const counted = await countedCoContributions(tx, fresh);
  const known = new Set(counted.map(keyOf));
  const holds = new Set(holding.map(keyOf));
  return {
    happened: holding.filter((one) => !known.has(keyOf(one))).map(toInteraction),
    retracted: counted.filter((one) => !holds.has(keyOf(one))).map((one) => ({ ...one, kind, object: one.idea })),
  };
}

const kind = 'coContribution';

function toInteraction({
  idea,
  space,
  from,
  to,
  at,
}: CoContribution & { readonly space: string | null }): NewInteraction {
  const weight = interactionWeights.coContribution;
  return { from, to, kind, object: idea, at, weight, space, idea, conversation: null };
}

/** With its time: what holds from another time on is taken back and counted anew. */
function keyOf({ idea, from, to, at }: CoContribution): string {
  return `${idea} ${from} ${to} ${at.getTime()}`;
}
