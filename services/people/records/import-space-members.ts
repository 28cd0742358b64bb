import { statement } from '#kernel/database/statement.js';
import type { SpaceRecord } from '#kernel/records/record-format.js';
import type { ReadyRecord } from '#kernel/records/record-writer.js';
import type { Write } from '#kernel/write/write.js';
import type { PeopleContext } from '../people-context.js';

const remove = statement(`
  UPDATE space_member m SET role = NULL
  WHERE m.space_id = ANY($1::text[]) AND m.role IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM unnest($2::text[], $3::text[]) AS w(space_id, person_id)
    WHERE w.space_id = m.space_id AND w.person_id = m.person_id)
  RETURNING space_id AS "spaceId", person_id AS "personId"`);
// Who is a member already keeps their role: records do not speak of roles.
const add = statement(`
  INSERT INTO space_member AS m (id, space_id, person_id, role, joined_at)
  SELECT w.id, w.space_id, w.person_id, 'member', $4::timestamptz
  FROM unnest($1::text[], $2::text[], $3::text[]) AS w(id, space_id, person_id)
  ON CONFLICT (space_id, person_id) DO UPDATE SET role = excluded.role, joined_at = excluded.joined_at WHERE m.role IS NULL
  RETURNING space_id AS "spaceId", person_id AS "personId"`);

interface Moved {
  readonly spaceId: string;
  readonly personId: string;
}

/** The members of each space become exactly those of the record; a record without members says nothing. Ids of changed spaces. */
export async function replaceSpaceMembers(
  ctx: PeopleContext,
  tx: Write,
  rows: readonly ReadyRecord<SpaceRecord>[],
): Promise<Set<string>> {
  const given = rows.filter(({ record }) => record.members !== undefined);
  if (given.length === 0) return new Set();
  const wanted = given.flatMap(({ id, record, idOf }) =>
    (record.members ?? []).map((ref) => ({ spaceId: id, personId: idOf('person', ref) })),
  );
  const spaces = wanted.map(({ spaceId }) => spaceId);
  const persons = wanted.map(({ personId }) => personId);
  const removed = await tx.run<Moved>(remove, [given.map(({ id }) => id), spaces, persons]);
  const ids = wanted.map(() => ctx.newId('SpaceMembership'));
  const added = await tx.run<Moved>(add, [ids, spaces, persons, ctx.now()]);
  for (const { spaceId, personId: person } of removed) {
    tx.append({ type: 'people.space.memberRemoved', subject: spaceId, space: spaceId, actor: null, data: { person } });
  }
  for (const { spaceId, personId: person } of added) {
    const data = { person, role: 'member' } as const;
    tx.append({ type: 'people.space.memberAdded', subject: spaceId, space: spaceId, actor: null, data });
  }
  return new Set([...removed, ...added].map(({ spaceId }) => spaceId));
}
