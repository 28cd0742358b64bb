import type { PartyKind } from '#kernel/auth/viewer.js';
import type { DatabaseTransaction } from '#kernel/database/database.js';
import { statement } from '#kernel/database/statement.js';

/** From where a person acts: their team, for somebody from outside their organisation; null where there is none. */
export interface Home {
  readonly home: string | null;
  readonly organization: string | null;
  readonly party: PartyKind;
}

// Of several memberships the one that began last; of those that began together the one that was entered first. Before the first
// membership the first one holds: where an import gives no date, all it says is that the person is in the team.
const homes = statement(`
  SELECT asked.place::integer AS place, p.party,
    CASE WHEN p.party = 'internal' THEN m.team_id ELSE p.organization_id END AS home,
    CASE WHEN p.party = 'internal' THEN coalesce(t.organization_id, p.organization_id) ELSE p.organization_id END AS organization
  FROM unnest($1::text[], $2::timestamptz[]) WITH ORDINALITY AS asked(person, at, place)
  JOIN person p ON p.id = asked.person
  LEFT JOIN LATERAL (
    SELECT m.team_id FROM membership m
    WHERE m.person_id = asked.person AND (m.ended_at IS NULL OR m.ended_at > asked.at) AND (m.began_at <= asked.at
      OR NOT EXISTS (SELECT 1 FROM membership e WHERE e.person_id = asked.person AND e.began_at < m.began_at))
    ORDER BY m.began_at DESC, m.id LIMIT 1
  ) m ON p.party = 'internal'
  LEFT JOIN team t ON t.id = m.team_id`);

export interface WhereAt {
  readonly person: string;
  readonly at: Date;
}

/** The home of each person at each instant, in the order asked; undefined for people the hub does not know. */
export async function homesAt(tx: DatabaseTransaction, asked: readonly WhereAt[]): Promise<(Home | undefined)[]> {
  if (asked.length === 0) return [];
  const rows = await tx.run<Home & { place: number }>(homes, [
    asked.map(({ person }) => person),
    asked.map(({ at }) => at),
  ]);
  const found: (Home | undefined)[] = asked.map(() => undefined);
  for (const { place, home, organization, party } of rows) found[place - 1] = { home, organization, party };
  return found;
}
