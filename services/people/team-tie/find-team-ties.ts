import type { ConsumerGiven } from '#kernel/consumers/consumer.js';
import type { DatabaseTransaction } from '#kernel/database/database.js';
import { inOrder } from '../tie/pair.js';
import { homesAt } from './home-team.repository.js';
import { numberTeamTies } from './team-tie.repository.js';

/** A day on which two people who have a tie dealt with each other. */
export interface LiveDay {
  readonly key: string;
  readonly low: string;
  readonly high: string;
  readonly at: Date;
}

/** The tie of two teams that each of these days belongs to, by the key of the day; days within one team have none. */
export async function findTeamTies(
  tx: DatabaseTransaction,
  given: ConsumerGiven,
  days: readonly LiveDay[],
): Promise<ReadonlyMap<string, string>> {
  const homes = await homesAt(
    tx,
    days.flatMap(({ low, high, at }) => [
      { person: low, at },
      { person: high, at },
    ]),
  );
  const between = days.flatMap(({ key, at }, place) => {
    const [one, other] = [homes[2 * place]?.home, homes[2 * place + 1]?.home];
    if (!one || !other || one === other) return [];
    const [g, h] = inOrder(one, other);
    return [{ key, at, g, h }];
  });
  const numbers = await numberTeamTies(tx, given, between);
  return new Map(between.map(({ key, g, h }) => [key, numbers.get(`${g} ${h}`) ?? '']));
}
