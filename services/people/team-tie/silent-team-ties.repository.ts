import type { DatabaseTransaction } from '#kernel/database/database.js';
import { statement } from '#kernel/database/statement.js';
import { dayOf, later } from '../tie/decay.js';
import { atRiskAfterMs, dormantAfterMs } from './team-tie-story.js';

export interface SilentTeamTie {
  readonly teamTie: string;
  readonly epoch: number;
  readonly lastAt: Date;
  readonly day: number;
}

const untold = (kind: string) =>
  `NOT EXISTS (SELECT 1 FROM team_tie_fact f WHERE f.team_tie = t.number AND f.kind = '${kind}' AND f.epoch = t.epoch)`;
const silent = statement(`
  SELECT t.number::text AS "teamTie", t.epoch, t.last_at AS "lastAt" FROM team_tie t
  WHERE t.interactions > 0 AND t.last_at <= $1
    AND (${untold('endangered')} OR (t.last_at <= $2 AND ${untold('wentDormant')}))
  ORDER BY t.last_at, t.number LIMIT $3`);

/** Ties of teams that are at risk or dormant and of which that was not told yet, the longest silent first. */
export async function silentTeamTies(tx: DatabaseTransaction, now: Date, limit: number): Promise<SilentTeamTie[]> {
  const rows = await tx.run<Omit<SilentTeamTie, 'day'>>(silent, [
    later(now, -atRiskAfterMs),
    later(now, -dormantAfterMs),
    limit,
  ]);
  return rows.map((row) => ({ ...row, day: dayOf(row.lastAt) }));
}
