import type { DatabaseTransaction } from '#kernel/database/database.js';
import { statement } from '#kernel/database/statement.js';

const refusing = statement('SELECT person_id AS id FROM consent WHERE person_id = ANY($1::text[]) AND NOT ties');

/** Those of the people who want no ties to be kept. */
export async function refusingTies(tx: DatabaseTransaction, people: readonly string[]): Promise<ReadonlySet<string>> {
  if (people.length === 0) return new Set();
  const rows = await tx.run<{ id: string }>(refusing, [[...new Set(people)]]);
  return new Set(rows.map(({ id }) => id));
}
