import type { ConsumerGiven } from '#kernel/consumers/consumer.js';
import type { Write } from '#kernel/write/write.js';
import {
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
  const happened = (await coContributionsOf(tx, fresh)).map(
    ({ idea, space, from, to, at }): NewInteraction => ({
      ...{ from, to, kind: 'coContribution', object: idea, at, weight: interactionWeights.coContribution },
      ...{ space, idea, conversation: null },
    }),
  );
  const holding = new Set(happened.map(keyOf));
  const counted = await countedCoContributions(tx, fresh);
  const retracted = counted.map((row) => ({ ...row, kind: 'coContribution', object: row.idea }) as const);
  return { happened, retracted: retracted.filter((one) => !holding.has(keyOf({ ...one, at: new Date(one.day * dayMs) }))) };
}

const dayMs = 24 * 3600 * 1000;

function keyOf({ from, to, object, at }: Pick<NewInteraction, 'from' | 'to' | 'object' | 'at'>): string {
  return `${object} ${from} ${to} ${Math.floor(at.getTime() / dayMs)}`;
}
