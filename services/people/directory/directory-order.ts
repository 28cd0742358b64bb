import type { ListOrder } from '#kernel/connections/list.js';

export const directoryOrderNames = { NAME: 'NAME', LATEST: 'LATEST' } as const;
export type DirectoryOrderName = keyof typeof directoryOrderNames;

/** The orders of a list whose rows have a name: both end in the id, so that every page has one place. */
export function directoryOrders(alias: string): Record<DirectoryOrderName, ListOrder> {
  const id = { sql: `${alias}.id`, type: 'text' } as const;
  return {
    NAME: { name: 'NAME', direction: 'ASC', terms: [{ sql: `lower(${alias}.name)`, type: 'text' }, id] },
    LATEST: { name: 'LATEST', direction: 'DESC', terms: [{ sql: `${alias}.created_at`, type: 'timestamptz' }, id] },
  };
}
