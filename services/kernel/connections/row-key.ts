import type { List, ListOrder, OrderTerm } from './list.js';

/** How the place of a row in its list, from which its cursor is made, is taken from the row. */
export interface RowKey {
  /** Select-list entries for terms of the order that the list does not select anyway, each with a comma in front. */
  readonly columns: string;
  of(row: object): readonly unknown[];
}

/** Orders are made once and belong to few lists; an order that a search makes for itself goes with it. */
const known = new WeakMap<ListOrder, Map<string, RowKey>>();

/**
 * A key column of its own in each row, as JSON, would cost a seventh of a list statement and a parse for every row, and most pages
 * ask for one cursor or none: so a key is put together from the row when somebody wants it.
 */
export function rowKey(list: List, order: ListOrder): RowKey {
  const ofOrder = known.get(order) ?? new Map<string, RowKey>();
  known.set(order, ofOrder);
  const key = ofOrder.get(list.columns) ?? makeRowKey(list, order);
  ofOrder.set(list.columns, key);
  return key;
}

function makeRowKey({ columns }: List, { terms }: ListOrder): RowKey {
  const parts = terms.map((term, index) => {
    const property = propertyOf(columns, term);
    return property ? { property, column: '' } : { property: `$${index}`, column: `, ${sqlOf(term)} AS "$${index}"` };
  });
  return {
    columns: parts.map(({ column }) => column).join(''),
    of: (row) => parts.map(({ property }) => toKeyValue(Reflect.get(row, property))),
  };
}

/** The property under which a select list has the same column: `id` for `i.id` in `i.id AS "id", …`. */
function propertyOf(columns: string, { sql }: OrderTerm): string | undefined {
  const entry = `, ${sql} AS "`;
  const start = `, ${columns}`.indexOf(entry);
  return start < 0 ? undefined : columns.slice(start + entry.length - 2).split('"')[0];
}

function sqlOf({ sql, type }: OrderTerm): string {
  return type === 'timestamptz' ? `(extract(epoch from ${sql}) * 1000)::double precision` : sql;
}

function toKeyValue(value: unknown): unknown {
  return value instanceof Date ? value.getTime() : value;
}
