import type { Seal } from '../auth/sealed-text.js';
import type { Database } from '../database/database.js';
import { requestError } from '../errors/request-error.js';
import { allOf, type BoundStatement, type Condition, condition, toStatement } from './condition.js';
import type { Page } from './page.js';

/**
 * A list that can be read page by page. The order ends in a column that is unique, so that a page starts exactly where the
 * last one ended, whatever was added meanwhile (keyset pagination: the cost of a page does not grow with its place).
 */
export interface List {
  /** Names the list in its cursors; a cursor of one list is refused by another. */
  readonly name: string;
  /** The FROM clause; a search brings its words in here as values. */
  readonly from: string | Condition;
  readonly columns: string;
  /** The column that names the parent, for lists that hang on many parents of one query. */
  readonly parent?: string;
}

export interface ListOrder {
  readonly name: string;
  /** All ascending or all descending, so that one row comparison, and with it an index, finds the start of a page. */
  readonly direction: 'ASC' | 'DESC';
  readonly terms: readonly OrderTerm[];
}

export interface OrderTerm {
  readonly sql: string;
  readonly type: 'text' | 'timestamptz' | 'integer' | 'double precision';
}

export interface ListRequest {
  readonly list: List;
  readonly order: ListOrder;
  readonly where: readonly Condition[];
  readonly page: Page;
}

/** Reads the same page of one list for many parents with one statement. */
export async function readPages<Row extends object>(
  database: Database,
  request: ListRequest,
  seal: Seal,
  parents: readonly string[],
): Promise<ReadonlyMap<string, Slice<Row>>> {
  const { statement, values } = pageStatement(request, seal, parents);
  const rows = await database.read<Row & KeyedRow>(statement, values);
  const byParent = new Map<string, (Row & KeyedRow)[]>(parents.map((parent) => [parent, []]));
  for (const row of rows) byParent.get(row.$parent)?.push(row);
  return new Map([...byParent].map(([parent, found]) => [parent, toSlice<Row>(found, request.page)]));
}

export async function countRows(
  database: Database,
  list: List,
  where: readonly Condition[],
  parents: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const { statement, values } = countStatement(list, where, parents);
  const rows = await database.read<{ parent: string; count: number }>(statement, values);
  return new Map(rows.map((row) => [row.parent, row.count]));
}

/** One page: its rows in the order of the list, and whether there is more on either side. */
export interface Slice<Row> {
  readonly rows: readonly (Row & KeyedRow)[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
}

/** The values of the order's terms, from which the cursor of a row is made. */
export interface KeyedRow {
  readonly $parent: string;
  readonly $key: readonly unknown[];
}

function pageStatement(
  { list, order, where, page }: ListRequest,
  seal: Seal,
  parents: readonly string[],
): BoundStatement {
  const forward = (order.direction === 'ASC') !== page.backward;
  const bounds = [
    ...(page.after !== undefined ? [bound(order, seal, page.after, true)] : []),
    ...(page.before !== undefined ? [bound(order, seal, page.before, false)] : []),
  ];
  const sort = order.terms.map((term) => `${term.sql} ${forward ? 'ASC' : 'DESC'}`).join(', ');
  const key = `jsonb_build_array(${order.terms.map((term) => (term.type === 'timestamptz' ? `(extract(epoch from ${term.sql}) * 1000)::bigint` : term.sql)).join(', ')})`;
  const rows = (place: (piece: Condition) => string, parent: string) => `
    SELECT ${list.columns}, ${key} AS "$key" FROM ${place(fromOf(list))}
    WHERE ${list.parent ? `${list.parent} = ${parent} AND ` : ''}${place(allOf([...where, ...bounds]))}
    ORDER BY ${sort} LIMIT ${place(condition('?::integer', page.size + 1))}`;
  return toStatement((place) =>
    list.parent
      ? `SELECT asked.id AS "$parent", found.* FROM unnest(${place(condition('?::text[]', parents))}) AS asked(id) CROSS JOIN LATERAL (${rows(place, 'asked.id')}) found`
      : `SELECT '' AS "$parent", found.* FROM (${rows(place, '')}) found`,
  );
}

function countStatement(list: List, where: readonly Condition[], parents: readonly string[]): BoundStatement {
  return toStatement((place) =>
    list.parent
      ? `SELECT ${list.parent} AS parent, count(*)::integer AS count FROM ${place(fromOf(list))}
         WHERE ${list.parent} = ANY(${place(condition('?::text[]', parents))}) AND ${place(allOf(where))} GROUP BY 1`
      : `SELECT '' AS parent, count(*)::integer AS count FROM ${place(fromOf(list))} WHERE ${place(allOf(where))}`,
  );
}

function fromOf({ from }: List): Condition {
  return typeof from === 'string' ? condition(from) : from;
}

/** Everything beyond a cursor, in the direction of the order for `after`, against it for `before`. */
function bound(order: ListOrder, seal: Seal, cursor: string, after: boolean): Condition {
  const key = openCursor(order, seal, cursor);
  const greater = (order.direction === 'ASC') === after;
  const columns = order.terms.map((term) => term.sql).join(', ');
  const places = order.terms
    .map((term) =>
      term.type === 'timestamptz' ? 'to_timestamp(?::double precision / 1000)::timestamptz(3)' : `?::${term.type}`,
    )
    .join(', ');
  return { text: `(${columns}) ${greater ? '>' : '<'} (${places})`, values: key };
}

export function closeCursor(seal: Seal, row: KeyedRow): string {
  return seal.close(JSON.stringify(row.$key));
}

function openCursor(order: ListOrder, seal: Seal, cursor: string): unknown[] {
  const payload = seal.open(cursor);
  const key: unknown = payload === undefined ? undefined : JSON.parse(payload);
  if (Array.isArray(key) && key.length === order.terms.length) return key;
  throw requestError(
    'BAD_CURSOR',
    'This page cursor is not one of this list in this order. Take a cursor from pageInfo or edges of the same field and the same orderBy.',
  );
}

function toSlice<Row>(found: readonly (Row & KeyedRow)[], page: Page): Slice<Row> {
  const more = found.length > page.size;
  const rows = found.slice(0, page.size);
  if (page.backward) return { rows: rows.reverse(), hasPreviousPage: more, hasNextPage: page.before !== undefined };
  return { rows, hasNextPage: more, hasPreviousPage: page.after !== undefined };
}
