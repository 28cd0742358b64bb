import type { DatabaseTransaction } from '#kernel/database/database.js';
import { statement } from '#kernel/database/statement.js';
import { inOrder, type Pair, pairKey } from './pair.js';

const known = statement(`
  SELECT t.a AS low, t.b AS high, t.pair::text AS number FROM unnest($1::text[], $2::text[]) n(low, high) JOIN tie t ON t.a = n.low AND t.b = n.high`);
const allot = statement(`SELECT nextval('tie_pair')::text AS number FROM generate_series(1, $1::integer)`);
const byNumber = statement(
  'SELECT a AS low, b AS high, pair::text AS number FROM tie WHERE pair = ANY($1::bigint[]) AND a < b',
);

/** The number of each of these pairs, by its key; those who meet for the first time are given one. */
export async function numberPairs(
  tx: DatabaseTransaction,
  couples: readonly (readonly [string, string])[],
): Promise<ReadonlyMap<string, Pair>> {
  const wanted = new Map(couples.map(([one, other]) => [pairKey(one, other), inOrder(one, other)]));
  const rows = await tx.run<Pair>(known, [
    [...wanted.values()].map(([low]) => low),
    [...wanted.values()].map(([, high]) => high),
  ]);
  const pairs = new Map(rows.map((pair) => [pairKey(pair.low, pair.high), pair]));
  const missing = [...wanted].filter(([key]) => !pairs.has(key));
  if (missing.length === 0) return pairs;
  const numbers = await tx.run<{ number: string }>(allot, [missing.length]);
  const allotted = missing.map(
    ([key, [low, high]], place) => [key, { low, high, number: numbers[place]?.number ?? '' }] as const,
  );
  return new Map([...pairs, ...allotted]);
}

export async function pairsOf(tx: DatabaseTransaction, numbers: readonly string[]): Promise<Pair[]> {
  return numbers.length === 0 ? [] : tx.run<Pair>(byNumber, [[...new Set(numbers)]]);
}
