import type { DatabaseTransaction } from '#kernel/database/database.js';
import { statement } from '#kernel/database/statement.js';
import { rankOf } from './decay.js';
import type { Pair } from './pair.js';
import type { TieChange, ToldDay } from './tie-story.js';

/** How a pair stands at the end of its story. */
export interface PairStanding {
  readonly pair: Pair;
  readonly last: ToldDay;
}

const upsert = statement(`
  INSERT INTO tie AS t (a, b, pair, state, epoch, weight, returned, first_at, last_at, since, rank)
  SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[], $4::text[], $5::integer[], $6::double precision[], $7::double precision[],
    $8::timestamptz[], $9::timestamptz[], $10::timestamptz[], $11::double precision[])
  ON CONFLICT (a, b) DO UPDATE SET state = excluded.state, epoch = excluded.epoch, weight = excluded.weight, returned = excluded.returned,
    first_at = excluded.first_at, last_at = excluded.last_at, since = excluded.since, rank = excluded.rank`);

/** Writes both sides of each pair: from the one, and from the other. */
export async function writeTies(tx: DatabaseTransaction, standings: readonly PairStanding[]): Promise<void> {
  if (standings.length === 0) return;
  const rows = standings.flatMap(({ pair, last }) => [
    { a: pair.low, b: pair.high, pair, last, weight: last.weight, returned: last.returned },
    { a: pair.high, b: pair.low, pair, last, weight: last.returned, returned: last.weight },
  ]);
  await tx.run(upsert, [
    rows.map(({ a }) => a),
    rows.map(({ b }) => b),
    rows.map(({ pair }) => pair.number),
    rows.map(({ last }) => last.state),
    rows.map(({ last }) => last.epoch),
    rows.map(({ weight }) => weight),
    rows.map(({ returned }) => returned),
    rows.map(({ last }) => last.beganAt),
    rows.map(({ last }) => last.lastAt),
    rows.map(({ last }) => last.since),
    rows.map(({ last }) => rankOf(last.weight + last.returned, last.lastAt)),
  ]);
}

const remove = statement(
  'DELETE FROM tie WHERE (a = ANY($1::text[]) OR b = ANY($1::text[])) AND pair = ANY($2::bigint[])',
);

export async function removeTies(tx: DatabaseTransaction, pairs: readonly Pair[]): Promise<void> {
  if (pairs.length === 0) return;
  await tx.run(remove, [pairs.map(({ low }) => low), pairs.map(({ number }) => number)]);
}

const state = statement(`
  INSERT INTO tie_fact (pair, kind, epoch) SELECT * FROM unnest($1::bigint[], $2::text[], $3::integer[])
  ON CONFLICT DO NOTHING RETURNING pair::text AS pair, kind, epoch`);

export interface PairChange extends TieChange {
  readonly pair: Pair;
}

/** Those of the changes that were never stated before; from now on they are. */
export async function stateOnce(tx: DatabaseTransaction, changes: readonly PairChange[]): Promise<PairChange[]> {
  if (changes.length === 0) return [];
  const fresh = await tx.run<{ pair: string; kind: string; epoch: number }>(state, [
    changes.map(({ pair }) => pair.number),
    changes.map(({ kind }) => kind),
    changes.map(({ epoch }) => epoch),
  ]);
  const keys = new Set(fresh.map(({ pair, kind, epoch }) => `${pair} ${kind} ${epoch}`));
  return changes.filter(({ pair, kind, epoch }) => keys.delete(`${pair.number} ${kind} ${epoch}`));
}
