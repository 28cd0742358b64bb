import type { PartyKind } from '#kernel/auth/viewer.js';
import type { DatabaseTransaction } from '#kernel/database/database.js';
import { statement } from '#kernel/database/statement.js';

/** The two teams of a tie, or the organisation of those who come from outside; with the organisation and party of each. */
export interface TeamTieSides {
  readonly id: string;
  readonly g: string;
  readonly h: string;
  readonly organizations: readonly (string | null)[];
  readonly parties: readonly PartyKind[];
}

const partyOf = (alias: string) =>
  `CASE coalesce(${alias}.relation, 'host') WHEN 'host' THEN 'internal' ELSE ${alias}.relation END`;
const sides = statement(`
  SELECT t.id, t.number::text AS number, t.g, t.h, ARRAY[og.id, oh.id] AS organizations, ARRAY[${partyOf('og')}, ${partyOf('oh')}] AS parties
  FROM team_tie t
  LEFT JOIN team tg ON tg.id = t.g LEFT JOIN organization og ON og.id = coalesce(tg.organization_id, t.g)
  LEFT JOIN team th ON th.id = t.h LEFT JOIN organization oh ON oh.id = coalesce(th.organization_id, t.h)
  WHERE t.number = ANY($1::bigint[])`);

export async function sidesOf(
  tx: DatabaseTransaction,
  numbers: readonly string[],
): Promise<ReadonlyMap<string, TeamTieSides>> {
  const rows = await tx.run<TeamTieSides & { number: string }>(sides, [[...new Set(numbers)]]);
  return new Map(rows.map((row) => [row.number, row]));
}

/** Where an interaction took place: what a connection grew from. */
export interface Origin {
  readonly space: string | null;
  readonly idea: string | null;
  readonly conversation: string | null;
}

const origins = statement(`
  SELECT asked.pair::text AS pair, asked.day, c.space, c.idea, c.conversation
  FROM unnest($1::bigint[], $2::integer[]) asked(pair, day)
  CROSS JOIN LATERAL (
    SELECT c.space, c.idea, c.conversation FROM counted_interaction c
    WHERE c.pair = asked.pair AND c.day = asked.day AND (c.idea IS NOT NULL OR c.conversation IS NOT NULL)
    ORDER BY c.at DESC, c.kind, c.object LIMIT 1
  ) c`);

/** Where the last interaction of a pair on a day took place, by "pair day"; nothing for those outside the hub. */
export async function originsOf(
  tx: DatabaseTransaction,
  days: readonly { readonly pair: string; readonly day: number }[],
): Promise<ReadonlyMap<string, Origin>> {
  if (days.length === 0) return new Map();
  const rows = await tx.run<Origin & { pair: string; day: number }>(origins, [
    days.map(({ pair }) => pair),
    days.map(({ day }) => day),
  ]);
  return new Map(rows.map((row) => [`${row.pair} ${row.day}`, row]));
}
