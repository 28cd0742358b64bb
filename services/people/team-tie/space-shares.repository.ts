import type { DatabaseTransaction } from '#kernel/database/database.js';
import { statement } from '#kernel/database/statement.js';
import type { TeamDay } from './team-tie-day.repository.js';

// A day whose interactions are no longer there keeps what was told of it.
const isOpen = 'NOT EXISTS (SELECT 1 FROM tie_day c WHERE c.team_tie = n.team_tie AND c.day = n.day AND c.closed)';
const clear = statement(`
  DELETE FROM team_tie_space_day s USING unnest($1::bigint[], $2::integer[]) n(team_tie, day)
  WHERE s.team_tie = n.team_tie AND s.day = n.day AND ${isOpen} RETURNING s.team_tie::text AS "teamTie", s.space`);
const fill = statement(`
  INSERT INTO team_tie_space_day (team_tie, day, space, given, last_at)
  SELECT d.team_tie, d.day, c.space,
    sum(c.weight * power(2::double precision, (extract(epoch FROM c.at)::double precision / 86400 - d.day) / 60)), max(c.at)
  FROM unnest($1::bigint[], $2::integer[]) n(team_tie, day)
  JOIN tie_day d ON d.team_tie = n.team_tie AND d.day = n.day
  JOIN counted_interaction c ON c.pair = d.pair AND c.day = d.day AND c.space IS NOT NULL
  WHERE ${isOpen} GROUP BY d.team_tie, d.day, c.space
  RETURNING team_tie::text AS "teamTie", space`);
const drop = statement(`
  DELETE FROM team_tie_space s USING unnest($1::bigint[], $2::text[]) n(team_tie, space)
  WHERE s.team_tie = n.team_tie AND s.space = n.space
    AND NOT EXISTS (SELECT 1 FROM team_tie_space_day d WHERE d.team_tie = n.team_tie AND d.space = n.space)`);
// The rank is that of decay.ts: the logarithm of the weight as it would have been at the beginning of time.
const sum = statement(`
  INSERT INTO team_tie_space (space, team_tie, weight, last_at, rank)
  SELECT space, team_tie, power(2::double precision, rank - extract(epoch FROM last_at)::double precision / 86400 / 60), last_at, rank
  FROM (
    SELECT n.space, n.team_tie, max(d.last_at) AS last_at,
      ln(sum(d.given * power(2::double precision, d.day::double precision / 60))) / ln(2::double precision) AS rank
    FROM unnest($1::bigint[], $2::text[]) n(team_tie, space)
    JOIN team_tie_space_day d ON d.team_tie = n.team_tie AND d.space = n.space
    GROUP BY n.space, n.team_tie
  ) s
  ON CONFLICT (space, team_tie) DO UPDATE SET weight = excluded.weight, last_at = excluded.last_at, rank = excluded.rank`);

interface Share {
  readonly teamTie: string;
  readonly space: string;
}

/** Tells anew how strong the ties of teams are in each space, from the days on which something changed. */
export async function tellSpaces(tx: DatabaseTransaction, days: readonly TeamDay[]): Promise<void> {
  const asked = [days.map(({ teamTie }) => teamTie), days.map(({ day }) => day)];
  const before = await tx.run<Share>(clear, asked);
  const now = await tx.run<Share>(fill, asked);
  const shares = [...new Map([...before, ...now].map((share) => [`${share.teamTie} ${share.space}`, share])).values()];
  if (shares.length === 0) return;
  const touched = [shares.map(({ teamTie }) => teamTie), shares.map(({ space }) => space)];
  await tx.run(drop, touched);
  await tx.run(sum, touched);
}
