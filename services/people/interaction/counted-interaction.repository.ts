import type { DatabaseTransaction } from '#kernel/database/database.js';
import { statement } from '#kernel/database/statement.js';
import { dayOf } from '../tie/decay.js';
import { type Pair, pairKey } from '../tie/pair.js';
import type { InteractionKind, NewInteraction } from './interaction-kind.js';

/** A UTC day of a pair: what is told anew when an interaction comes to it. */
export interface PairDay {
  readonly pair: string;
  readonly day: number;
}

// Of the same interaction on the same day the earliest counts, of two at once the heavier: so their order does not matter.
const insert = statement(`
  INSERT INTO counted_interaction AS c (pair, day, kind, object, forward, at, weight, space, idea, conversation)
  SELECT DISTINCT ON (n.pair, n.day, n.kind, n.object, n.forward) n.*
  FROM unnest($1::bigint[], $2::integer[], $3::text[], $4::text[], $5::boolean[], $6::timestamptz[], $7::double precision[],
    $8::text[], $9::text[], $10::text[]) AS n(pair, day, kind, object, forward, at, weight, space, idea, conversation)
  WHERE NOT EXISTS (SELECT 1 FROM tie_day d WHERE d.pair = n.pair AND d.day = n.day AND d.closed)
  ORDER BY n.pair, n.day, n.kind, n.object, n.forward, n.at, n.weight DESC
  ON CONFLICT (pair, day, kind, object, forward) DO UPDATE SET at = excluded.at, weight = excluded.weight,
    space = excluded.space, idea = excluded.idea, conversation = excluded.conversation
  WHERE (excluded.at, -excluded.weight) < (c.at, -c.weight)
  RETURNING pair::text AS pair, day`);

/** Keeps what counts; the days for which that was news. */
export async function countInteractions(
  tx: DatabaseTransaction,
  interactions: readonly NewInteraction[],
  pairs: ReadonlyMap<string, Pair>,
): Promise<PairDay[]> {
  if (interactions.length === 0) return [];
  const numbered = interactions.map((one) => ({ ...one, pair: pairs.get(pairKey(one.from, one.to)) }));
  return tx.run<PairDay>(insert, [
    numbered.map(({ pair }) => pair?.number),
    numbered.map(({ at }) => dayOf(at)),
    numbered.map(({ kind }) => kind),
    numbered.map(({ object }) => object),
    numbered.map(({ from, pair }) => from === pair?.low),
    numbered.map(({ at }) => at),
    numbered.map(({ weight }) => weight),
    numbered.map(({ space }) => space),
    numbered.map(({ idea }) => idea),
    numbered.map(({ conversation }) => conversation),
  ]);
}

export interface CountedInteraction extends PairDay {
  readonly kind: InteractionKind;
  readonly forward: boolean;
  readonly at: Date;
  readonly weight: number;
}

const ofDays = statement(`
  SELECT c.pair::text AS pair, c.day, c.kind, c.forward, c.at, c.weight
  FROM unnest($1::bigint[], $2::integer[]) d(pair, day) JOIN counted_interaction c ON c.pair = d.pair AND c.day = d.day`);

export function interactionsOf(tx: DatabaseTransaction, days: readonly PairDay[]): Promise<CountedInteraction[]> {
  return tx.run<CountedInteraction>(ofDays, [days.map(({ pair }) => pair), days.map(({ day }) => day)]);
}

/** An interaction that does not hold any more, named by what makes it one. */
export type RetractedInteraction = Pick<NewInteraction, 'from' | 'to' | 'kind' | 'object'> & { readonly day: number };

const remove = statement(`
  DELETE FROM counted_interaction c USING unnest($1::bigint[], $2::integer[], $3::text[], $4::text[], $5::boolean[])
    AS n(pair, day, kind, object, forward)
  WHERE (c.pair, c.day, c.kind, c.object, c.forward) = (n.pair, n.day, n.kind, n.object, n.forward)
  RETURNING c.pair::text AS pair, c.day`);

/** Takes back what no longer holds; the days for which that was news. */
export async function discount(
  tx: DatabaseTransaction,
  retracted: readonly RetractedInteraction[],
  pairs: ReadonlyMap<string, Pair>,
): Promise<PairDay[]> {
  if (retracted.length === 0) return [];
  const numbered = retracted.map((one) => ({ ...one, pair: pairs.get(pairKey(one.from, one.to)) }));
  return tx.run<PairDay>(remove, [
    numbered.map(({ pair }) => pair?.number),
    numbered.map(({ day }) => day),
    numbered.map(({ kind }) => kind),
    numbered.map(({ object }) => object),
    numbered.map(({ from, pair }) => from === pair?.low),
  ]);
}
