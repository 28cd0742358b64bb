import type { ReadyRecord } from './record-writer.js';

/** What an upsert that returns only the rows it changed did to each of the rows it was given. */
export function resultsOf(
  rows: readonly Pick<ReadyRecord, 'id'>[],
  changed: readonly { readonly id: string; readonly created: boolean }[],
): ('CREATED' | 'UPDATED' | 'UNCHANGED')[] {
  const created = new Map(changed.map((row) => [row.id, row.created]));
  return rows.map(({ id }) => {
    const isNew = created.get(id);
    if (isNew === undefined) return 'UNCHANGED';
    return isNew ? 'CREATED' : 'UPDATED';
  });
}
