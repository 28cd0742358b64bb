import { registerEnumType } from 'type-graphql';
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

/** An order enum of its own for each type, so that one list can get another order without the others. */
export function directoryOrderType(name: string, plural: string): typeof directoryOrderNames {
  const values = { ...directoryOrderNames };
  registerEnumType(values, {
    name,
    description: `The order of a list of ${plural}.`,
    valuesConfig: {
      NAME: { description: 'By name, upper and lower case alike.' },
      LATEST: { description: 'Those the hub got to know last come first.' },
    },
  });
  return values;
}
