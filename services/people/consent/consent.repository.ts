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
