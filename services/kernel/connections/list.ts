import type { Seal } from '../auth/sealed-text.js';
import type { Database } from '../database/database.js';
import { requestError } from '../errors/request-error.js';
import { allOf, type BoundStatement, type Condition, condition, toStatement } from './condition.js';
import type { Page } from './page.js';
import { rowKey } from './row-key.js';

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

const parentId = 'asked.id';

/**
 * What conditions of this list call a column: the parent itself, where the rows hang on it by this very column. What depends on
 * the parent alone PostgreSQL then decides once for each parent, and not for each row that is listed or counted.
 */
export function columnIn(list: List, column: string): string {
  return list.parent === column ? parentId : column;
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

/** What is wanted of a list: a page of it for each parent, its total for each parent, or both. */
export interface Wanted {
  readonly page: boolean;
  readonly total: boolean;
}

/** Reads the same page of one list, its totals, or both, for many parents with one statement. */
export async function readLists<Row extends object>(
  database: Database,
  request: ListRequest,
  seal: () => Seal,
  parents: readonly string[],
  wanted: Wanted,
): Promise<ReadonlyMap<string, Slice<Row>>> {
  const { statement, values } = wanted.page
    ? pageStatement(request, seal, parents, wanted.total)
    : countStatement(request, parents);
  const rows = await database.read<Row & ReadRow>(statement, values);
  const byParent = new Map<string, { total: number; readonly found: (Row & ReadRow)[] }>();
  for (const parent of parents) byParent.set(parent, { total: 0, found: [] });
  for (const row of rows) {
    const list = byParent.get(row.$parent);
    if (!list) continue;
    if (row.$total !== undefined) list.total = row.$total;
    if (wanted.page && row.$found !== null) list.found.push(row);
  }
  return new Map([...byParent].map(([parent, { total, found }]) => [parent, toSlice<Row>(found, total, request.page)]));
}

/** One page: its rows in the order of the list, and whether there is more on either side. Empty where it was not wanted. */
export interface Slice<Row> {
  readonly rows: readonly Row[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  /** Zero where it was not wanted. */
  readonly total: number;
}

interface ReadRow {
  readonly $parent: string;
  /** Where totals are wanted: of the whole list. */
  readonly $total?: number;
  /** Where totals come with a page: null in the row that carries the total of an empty page. */
  readonly $found?: true | null;
}

function pageStatement(
  { list, order, where, page }: ListRequest,
  seal: () => Seal,
  parents: readonly string[],
  counted: boolean,
): BoundStatement {
  const forward = (order.direction === 'ASC') !== page.backward;
  const bounds = [
    ...(page.after !== undefined ? [bound(order, seal(), page.after, true)] : []),
    ...(page.before !== undefined ? [bound(order, seal(), page.before, false)] : []),
  ];
  const sort = order.terms.map((term) => `${term.sql} ${forward ? 'ASC' : 'DESC'}`).join(', ');
  const columns = `${list.columns}${rowKey(list, order).columns}`;
  return toStatement((place) => {
    const ofParent = list.parent ? `${list.parent} = ${parentId} AND ` : '';
    const from = place(fromOf(list));
    const total = counted
      ? `CROSS JOIN LATERAL (SELECT count(*)::integer AS "$total" FROM ${from} WHERE ${ofParent}${place(allOf(where))}) counted`
      : '';
    return `SELECT ${parentId} AS "$parent", ${counted ? 'counted."$total", ' : ''}found.* FROM ${place(askedOf(list, parents))} ${total}
      ${counted ? 'LEFT' : 'CROSS'} JOIN LATERAL (
        SELECT ${columns}${counted ? ', TRUE AS "$found"' : ''} FROM ${from}
        WHERE ${ofParent}${place(allOf([...where, ...bounds]))}
        ORDER BY ${sort} LIMIT ${place(condition('?::integer', page.size + 1))}
      ) found ${counted ? 'ON TRUE' : ''}`;
  });
}

function countStatement({ list, where }: ListRequest, parents: readonly string[]): BoundStatement {
  return toStatement((place) =>
    list.parent
      ? `SELECT ${parentId} AS "$parent", counted."$total" FROM ${place(askedOf(list, parents))}
         CROSS JOIN LATERAL (SELECT count(*)::integer AS "$total" FROM ${place(fromOf(list))}
           WHERE ${list.parent} = ${parentId} AND ${place(allOf(where))}) counted`
      : `SELECT '' AS "$parent", count(*)::integer AS "$total" FROM ${place(fromOf(list))} WHERE ${place(allOf(where))}`,
  );
}

/** One parent is no array: of that PostgreSQL would not know how long it is, and plan the statement anew each time. */
function askedOf({ parent }: List, parents: readonly string[]): Condition {
  if (parent === undefined) return condition("(VALUES ('')) AS asked(id)");
  if (parents.length === 1) return condition('(VALUES (?::text)) AS asked(id)', parents[0]);
  return condition('unnest(?::text[]) AS asked(id)', parents);
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

export function closeCursor(seal: Seal, { list, order }: Pick<ListRequest, 'list' | 'order'>, row: object): string {
  return seal.close(JSON.stringify(rowKey(list, order).of(row)));
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

function toSlice<Row>(found: readonly Row[], total: number, page: Page): Slice<Row> {
  const more = found.length > page.size;
  const rows = more ? found.slice(0, page.size) : found;
  if (!page.backward) return { rows, total, hasNextPage: more, hasPreviousPage: page.after !== undefined };
  return { rows: [...rows].reverse(), total, hasPreviousPage: more, hasNextPage: page.before !== undefined };
}
