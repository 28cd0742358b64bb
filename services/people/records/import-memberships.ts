import { statement } from '#kernel/database/statement.js';
import type { PersonRecord } from '#kernel/records/record-format.js';
import type { ReadyRecord } from '#kernel/records/record-writer.js';
import type { Write } from '#kernel/write/write.js';
import type { Membership } from '../membership/membership.entity.js';
import { membershipColumns } from '../membership/membership.repository.js';
import type { PeopleContext } from '../people-context.js';

const historyOf = statement(
  `SELECT ${membershipColumns} FROM membership m WHERE m.person_id = ANY($1::text[]) FOR UPDATE`,
);
const end = statement(`
  UPDATE membership m SET ended_at = e.at FROM unnest($1::text[], $2::timestamptz[]) AS e(id, at) WHERE m.id = e.id`);
const begin = statement(`
  INSERT INTO membership (id, person_id, team_id, began_at)
  SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[])
  ON CONFLICT (person_id, team_id) WHERE ended_at IS NULL DO NOTHING`);

/** A membership that begins or ends. */
interface Move extends Pick<Membership, 'id' | 'personId' | 'teamId'> {
  readonly at: Date;
}

/** The teams of each person become exactly those of the record; a record without teams says nothing. Ids of whom that moved. */
export async function replaceMemberships(
  ctx: PeopleContext,
  tx: Write,
  rows: readonly ReadyRecord<PersonRecord>[],
): Promise<Set<string>> {
  const given = rows.filter(({ record }) => record.teams !== undefined);
  const known = given.filter(({ isNew }) => !isNew).map(({ id }) => id);
  const history = known.length === 0 ? [] : await tx.run<Membership>(historyOf, [known]);
  const ending = endingOf(ctx, given, history);
  const beginning = beginningOf(ctx, given, history);
  if (ending.length > 0) await tx.run(end, [ending.map(({ id }) => id), ending.map(({ at }) => at)]);
  if (beginning.length > 0) await tx.run(begin, columnsOf(beginning));
  const organizations = await organizationsOf(tx, [...ending, ...beginning]);
  for (const move of ending) append(tx, 'people.membership.ended', move, organizations);
  for (const move of beginning) append(tx, 'people.membership.began', move, organizations);
  return new Set([...ending, ...beginning].map(({ personId }) => personId));
}

type Given = readonly ReadyRecord<PersonRecord>[];

/**
 * A membership ends at the time of the record, unless that lies before its beginning: then the record still has the date of an
 * earlier import, and all that is known is that it ended by now.
 */
function endingOf(ctx: PeopleContext, given: Given, history: readonly Membership[]): Move[] {
  const now = ctx.now();
  const wanted = new Set(given.flatMap((row) => teamsOf(row).map((teamId) => pairOf({ personId: row.id, teamId }))));
  const recordAt = new Map(given.map(({ id, record }) => [id, record.at ?? now]));
  return history
    .filter((membership) => membership.endedAt === null && !wanted.has(pairOf(membership)))
    .map(({ id, personId, teamId, beganAt }) => {
      const at = recordAt.get(personId) ?? now;
      return { id, personId, teamId, at: at > beganAt ? at : latest(beganAt, now) };
    });
}

/** A membership begins at the time of the record; who comes back does so after having left. */
function beginningOf(ctx: PeopleContext, given: Given, history: readonly Membership[]): Move[] {
  const current = new Set(history.filter(({ endedAt }) => endedAt === null).map(pairOf));
  const left = new Map<string, Date>();
  for (const membership of history) {
    const pair = pairOf(membership);
    if (membership.endedAt) left.set(pair, latest(membership.endedAt, left.get(pair)));
  }
  return given.flatMap((row) =>
    teamsOf(row)
      .map((teamId) => ({ personId: row.id, teamId }))
      .filter((pair) => !current.has(pairOf(pair)))
      .map((pair) => {
        const at = latest(row.record.at ?? ctx.now(), left.get(pairOf(pair)));
        return { id: ctx.newId('Membership'), ...pair, at };
      }),
  );
}

function teamsOf({ record, idOf }: ReadyRecord<PersonRecord>): string[] {
  return (record.teams ?? []).map((ref) => idOf('team', ref));
}

function pairOf({ personId, teamId }: Pick<Membership, 'personId' | 'teamId'>): string {
  return `${personId} ${teamId}`;
}

function latest(one: Date, other: Date | undefined): Date {
  return other && other > one ? other : one;
}

function columnsOf(moves: readonly Move[]): unknown[] {
  return [
    moves.map(({ id }) => id),
    moves.map(({ personId }) => personId),
    moves.map(({ teamId }) => teamId),
    moves.map(({ at }) => at),
  ];
}

const organizationsOfTeams = statement(
  'SELECT id, organization_id AS "organizationId" FROM team WHERE id = ANY($1::text[])',
);

async function organizationsOf(tx: Write, moves: readonly Move[]): Promise<ReadonlyMap<string, string | null>> {
  if (moves.length === 0) return new Map();
  const teams = [...new Set(moves.map(({ teamId }) => teamId))];
  const rows = await tx.run<{ id: string; organizationId: string | null }>(organizationsOfTeams, [teams]);
  return new Map(rows.map(({ id, organizationId }) => [id, organizationId]));
}

function append(
  tx: Write,
  type: 'people.membership.began' | 'people.membership.ended',
  { id, personId: person, teamId: team, at }: Move,
  organizations: ReadonlyMap<string, string | null>,
): void {
  const data = { person, team, organization: organizations.get(team) ?? null };
  tx.append({ type, subject: id, time: at, actor: null, data });
}
