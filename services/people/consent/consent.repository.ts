import type { DatabaseTransaction } from '#kernel/database/database.js';
import { statement } from '#kernel/database/statement.js';

// Who was erased is still named by events that are handled late.
const refusing = statement(`
  SELECT person_id AS id FROM consent WHERE person_id = ANY($1::text[]) AND NOT ties
  UNION ALL SELECT person_id FROM erasure WHERE person_id = ANY($1::text[])`);

/** Those of the people who want no ties to be kept, or are no longer there. */
export async function refusingTies(tx: DatabaseTransaction, people: readonly string[]): Promise<ReadonlySet<string>> {
  if (people.length === 0) return new Set();
  const rows = await tx.run<{ id: string }>(refusing, [[...new Set(people)]]);
  return new Set(rows.map(({ id }) => id));
}

const keep = statement(`
  INSERT INTO consent AS c (person_id, ties, changed_at) VALUES ($1, $2, $3)
  ON CONFLICT (person_id) DO UPDATE SET ties = excluded.ties, changed_at = excluded.changed_at WHERE c.ties <> excluded.ties
  RETURNING person_id`);

/** Whether that was news. */
export async function keepConsent(
  tx: DatabaseTransaction,
  personId: string,
  ties: boolean,
  at: Date,
): Promise<boolean> {
  return (await tx.run(keep, [personId, ties, at])).length > 0;
}
