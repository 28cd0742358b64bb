import type { DatabaseTransaction } from '#kernel/database/database.js';
import { statement } from '#kernel/database/statement.js';
import { later } from './decay.js';
import type { Pair } from './pair.js';
import { dormantAfterMs, lostAfterMs, type TieState } from './tie-story.js';

export interface SilentTie {
  readonly pair: Pair;
  readonly state: TieState;
  readonly epoch: number;
  readonly lastAt: Date;
}

const untold = (kind: string) =>
  `NOT EXISTS (SELECT 1 FROM tie_fact f WHERE f.pair = t.pair AND f.kind = '${kind}' AND f.epoch = t.epoch)`;
const silent = statement(`
  SELECT t.pair::text AS number, t.a AS low, t.b AS high, t.state, t.epoch, t.last_at AS "lastAt" FROM tie t
  WHERE t.a < t.b AND t.state <> 'contact' AND t.last_at <= $1
    AND (${untold('wentDormant')} OR (t.last_at <= $2 AND ${untold('lost')}))
  ORDER BY t.last_at, t.pair LIMIT $3`);

/** Ties that are dormant or lost and of which that was not told yet, the longest silent first. */
export async function silentTies(tx: DatabaseTransaction, now: Date, limit: number): Promise<SilentTie[]> {
  const rows = await tx.run<Omit<SilentTie, 'pair'> & Pair>(silent, [
    later(now, -dormantAfterMs),
    later(now, -lostAfterMs),
    limit,
  ]);
  return rows.map(({ number, low, high, ...tie }) => ({ ...tie, pair: { number, low, high } }));
}
