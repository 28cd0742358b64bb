import type { ConsumerGiven } from '#kernel/consumers/consumer.js';
import { isIdOf } from '#kernel/ids/id.js';
import type { Write } from '#kernel/write/write.js';
import { refusingTies } from '../consent/consent.repository.js';
import { numberPairs } from '../tie/pair.repository.js';
import { tellTies } from '../tie/tell-ties.js';
import { countInteractions, discount, type RetractedInteraction } from './counted-interaction.repository.js';
import type { NewInteraction } from './interaction-kind.js';

/** All who change ties name this turn: what they tell is read, decided and written, and must not be told by two at once. */
export const tieTurn = 'people.ties';

/** So many events are told at once: most of what telling costs is the same for a few as for hundreds. */
export const eventsAtOnce = 500;

/**
 * Counts interactions, and takes back those that no longer hold, and tells the ties that follow from them. Nobody deals with
 * themselves or with a program, and nothing is kept of people who want no ties.
 */
export async function recordInteractions(
  tx: Write,
  given: ConsumerGiven,
  happened: readonly NewInteraction[],
  retracted: readonly RetractedInteraction[] = [],
): Promise<void> {
  const between = happened.filter(({ from, to }) => from !== to && !isProgram(from) && !isProgram(to));
  const refusing = await refusingTies(
    tx,
    between.flatMap(({ from, to }) => [from, to]),
  );
  const wanted = between.filter(({ from, to }) => !refusing.has(from) && !refusing.has(to));
  const pairs = await numberPairs(
    tx,
    [...wanted, ...retracted].map(({ from, to }) => [from, to]),
  );
  const taken = await discount(tx, retracted, pairs);
  const counted = await countInteractions(tx, wanted, pairs);
  await tellTies(tx, given, [...taken, ...counted], [...pairs.values()]);
}

/** What an API client writes joins nobody: it has no ties, and gives none. */
export function isProgram(id: string): boolean {
  return isIdOf('ApiClient', id);
}
