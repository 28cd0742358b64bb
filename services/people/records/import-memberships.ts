import { statement } from '#kernel/database/statement.js';
import type { ReadyRecord } from '#kernel/records/import-records.js';
import type { PersonRecord } from '#kernel/records/record-format.js';
import type { Write } from '#kernel/write/write.js';
import type { PeopleContext } from '../people-context.js';

// A membership ends at the time of the record, unless that lies before its beginning: then the record still has the date of an
// earlier import, and the best that is known is that it ended by now.
const end = statement(`
  UPDATE membership m SET ended_at = greatest(m.began_at, CASE WHEN g.at > m.began_at THEN g.at ELSE $5::timestamptz END)
  FROM unnest($1::text[], $2::timestamptz[]) AS g(person_id, at)
  WHERE m.person_id = g.person_id AND m.ended_at IS NULL AND NOT EXISTS (
    SELECT 1 FROM unnest($3::text[], $4::text[]) AS w(person_id, team_id)
    WHERE w.person_id = m.person_id AND w.team_id = m.team_id)
  RETURNING m.id, m.person_id AS "personId", m.team_id AS "teamId", m.ended_at AS at,
    (SELECT t.organization_id FROM team t WHERE t.id = m.team_id) AS organization`);

// Who comes back does so after having left.
const begin = statement(`
  INSERT INTO membership AS b (id, person_id, team_id, began_at)
  SELECT w.id, w.person_id, w.team_id, greatest(w.at, (
    SELECT max(m.ended_at) FROM membership m WHERE m.person_id = w.person_id AND m.team_id = w.team_id))
  FROM unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[]) AS w(id, person_id, team_id, at)
  ON CONFLICT (person_id, team_id) WHERE ended_at IS NULL DO NOTHING
  RETURNING b.id, b.person_id AS "personId", b.team_id AS "teamId", b.began_at AS at,
    (SELECT t.organization_id FROM team t WHERE t.id = b.team_id) AS organization`);
const knownNow = statement(`
  SELECT person_id AS "personId", team_id AS "teamId" FROM membership WHERE person_id = ANY($1::text[]) AND ended_at IS NULL`);

interface Moved {
  readonly id: string;
  readonly personId: string;
  readonly teamId: string;
  readonly at: Date;
  /** Of the team. */
  readonly organization: string | null;
}

/** The teams of each person become exactly those of the record; a record without teams says nothing. Ids of whom that moved. */
export async function replaceMemberships(
  ctx: PeopleContext,
  tx: Write,
  rows: readonly ReadyRecord<PersonRecord>[],
): Promise<Set<string>> {
  const given = rows.filter(({ record }) => record.teams !== undefined);
  if (given.length === 0) return new Set();
  const now = ctx.now();
  const wanted = given.flatMap(({ id, record, idOf }) =>
    (record.teams ?? []).map((ref) => ({ personId: id, teamId: idOf('team', ref), at: record.at ?? now })),
  );
  const persons = given.map(({ id }) => id);
  const ended = await tx.run<Moved>(end, [
    persons,
    given.map(({ record }) => record.at ?? now),
    wanted.map(({ personId }) => personId),
    wanted.map(({ teamId }) => teamId),
    now,
  ]);
  const began = await beginMissing(ctx, tx, persons, wanted);
  for (const move of ended) append(tx, 'people.membership.ended', move);
  for (const move of began) append(tx, 'people.membership.began', move);
  return new Set([...ended, ...began].map(({ personId }) => personId));
}

async function beginMissing(
  ctx: PeopleContext,
  tx: Write,
  persons: readonly string[],
  wanted: readonly Omit<Moved, 'id' | 'organization'>[],
): Promise<Moved[]> {
  const known = await tx.run<Pick<Moved, 'personId' | 'teamId'>>(knownNow, [persons]);
  const pairs = new Set(known.map(pairOf));
  const missing = wanted.filter((membership) => !pairs.has(pairOf(membership)));
  if (missing.length === 0) return [];
  return tx.run<Moved>(begin, [
    missing.map(() => ctx.newId('Membership')),
    missing.map(({ personId }) => personId),
    missing.map(({ teamId }) => teamId),
    missing.map(({ at }) => at),
  ]);
}

function pairOf({ personId, teamId }: Pick<Moved, 'personId' | 'teamId'>): string {
  return `${personId} ${teamId}`;
}

function append(tx: Write, type: 'people.membership.began' | 'people.membership.ended', move: Moved): void {
  const { id, personId: person, teamId: team, organization, at } = move;
  tx.append({ type, subject: id, time: at, actor: null, data: { person, team, organization } });
}
