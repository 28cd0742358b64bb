import type { Viewer } from '#kernel/auth/viewer.js';
import { condition, toStatement } from '#kernel/connections/condition.js';
import type { Database } from '#kernel/database/database.js';
import { selectList } from '#kernel/database/select-list.js';
import { statement } from '#kernel/database/statement.js';
import type { Write } from '#kernel/write/write.js';
import { Perspective } from './perspective.entity.js';
import { visiblePerspective } from './perspective.policy.js';

const columns = selectList(Perspective, 'v');

/** The perspectives of each of these people, by dimension. */
export async function perspectivesOf(
  database: Database,
  viewer: Viewer,
  personIds: readonly string[],
): Promise<ReadonlyMap<string, readonly Perspective[]>> {
  const { statement, values } = toStatement(
    (place) => `
      SELECT ${columns} FROM perspective v
      WHERE v.person_id = ANY(${place(condition('?::text[]', personIds))}) AND ${place(visiblePerspective(viewer))}
      ORDER BY v.person_id, v.dimension`,
  );
  const found = new Map<string, Perspective[]>(personIds.map((id) => [id, []]));
  for (const row of await database.read<Perspective>(statement, values)) found.get(row.personId)?.push(row);
  return found;
}

/** A facet to declare; without a value it is withdrawn. */
export interface PerspectiveChange {
  readonly dimension: string;
  readonly value: string | null;
}

// Holds the row of the person until the end, so that two calls at once cannot declare more dimensions than one may.
const lockPerson = statement('SELECT id FROM person WHERE id = $1 FOR NO KEY UPDATE');
const set = statement(`
  INSERT INTO perspective AS v (person_id, dimension, value, declared_at)
  SELECT $1::text, dimension, value, $4::timestamptz FROM unnest($2::text[], $3::text[]) AS given(dimension, value) WHERE value IS NOT NULL
  ON CONFLICT (person_id, dimension) DO UPDATE SET value = excluded.value, declared_at = excluded.declared_at
    WHERE v.value <> excluded.value
  RETURNING dimension`);
const withdraw = statement(
  'DELETE FROM perspective WHERE person_id = $1 AND dimension = ANY($2::text[]) RETURNING dimension',
);
const count = statement('SELECT count(*)::integer AS count FROM perspective WHERE person_id = $1');

export interface ChangedPerspectives {
  /** How many facets are others than before. */
  readonly changed: number;
  /** How many the person has now. */
  readonly total: number;
}

export async function changePerspectives(
  tx: Write,
  personId: string,
  changes: readonly PerspectiveChange[],
  at: Date,
): Promise<ChangedPerspectives> {
  await tx.run(lockPerson, [personId]);
  const gone = changes.filter((change) => change.value === null).map((change) => change.dimension);
  const withdrawn = await tx.run(withdraw, [personId, gone]);
  const dimensions = changes.map((change) => change.dimension);
  const values = changes.map((change) => change.value);
  const declared = await tx.run(set, [personId, dimensions, values, at]);
  const [now] = await tx.run<{ count: number }>(count, [personId]);
  return { changed: withdrawn.length + declared.length, total: now?.count ?? 0 };
}
