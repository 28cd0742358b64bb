import { statement } from '#kernel/database/statement.js';
import type { PersonRecord } from '#kernel/records/record-format.js';
import type { ReadyRecord } from '#kernel/records/record-writer.js';
import type { Write } from '#kernel/write/write.js';
import type { PeopleContext } from '../people-context.js';

const withdraw = statement(`
  DELETE FROM perspective v WHERE v.person_id = ANY($1::text[]) AND NOT EXISTS (
    SELECT 1 FROM unnest($2::text[], $3::text[]) AS w(person_id, dimension)
    WHERE w.person_id = v.person_id AND w.dimension = v.dimension)
  RETURNING person_id AS id`);
const declare = statement(`
  INSERT INTO perspective AS v (person_id, dimension, value, declared_at)
  SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[])
  ON CONFLICT (person_id, dimension) DO UPDATE SET value = excluded.value, declared_at = excluded.declared_at
    WHERE v.value <> excluded.value
  RETURNING person_id AS id`);

/** The perspectives of each person become exactly those of the record; a record without any says nothing. Ids of whom that changed. */
export async function replacePerspectives(
  ctx: PeopleContext,
  tx: Write,
  rows: readonly ReadyRecord<PersonRecord>[],
): Promise<Set<string>> {
  const given = rows.filter(({ record }) => record.perspectives !== undefined);
  if (given.length === 0) return new Set();
  const facets = given.flatMap(({ id, record }) =>
    Object.entries(record.perspectives ?? {}).map(([dimension, value]) => ({ id, dimension, value, at: record.at })),
  );
  const ids = facets.map(({ id }) => id);
  const dimensions = facets.map(({ dimension }) => dimension);
  const withdrawn = await tx.run<{ id: string }>(withdraw, [given.map(({ id }) => id), ids, dimensions]);
  const values = facets.map(({ value }) => value);
  const declared = await tx.run<{ id: string }>(declare, [
    ids,
    dimensions,
    values,
    facets.map(({ at }) => at ?? ctx.now()),
  ]);
  const changed = new Set([...withdrawn, ...declared].map(({ id }) => id));
  for (const id of changed) {
    tx.append({ type: 'people.person.perspectivesDeclared', subject: id, actor: null, data: {} });
  }
  return changed;
}
