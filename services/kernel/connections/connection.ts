import DataLoader from 'dataloader';
import type { RequestContext } from '../runtime/request-context.js';
import type { Seal } from '../auth/sealed-text.js';
import type { Condition } from './condition.js';
import { closeCursor, countRows, type KeyedRow, type List, type ListOrder, type ListRequest, readPages, type Slice } from './list.js';
import { type PageArguments, readPage } from './page.js';

/** A page of results as the Relay specification shapes it. Cursors and the total are made only when they are asked for. */
export interface Connection<Row> {
  readonly nodes: readonly Row[];
  readonly edges: readonly ConnectionEdge<Row>[];
  readonly pageInfo: PageInfo;
  totalCount(): Promise<number>;
}

export interface ConnectionEdge<Row> {
  readonly node: Row;
  readonly cursor: string;
}

export interface PageInfo {
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  readonly startCursor: string | null;
  readonly endCursor: string | null;
}

/** What is asked of a list, apart from the page. */
export interface Selection {
  readonly list: List;
  readonly order: ListOrder;
  readonly where: readonly Condition[];
}

/** Reads one page of a list that has no parent. */
export async function connect<Row extends object>(ctx: RequestContext, selection: Selection, page: PageArguments): Promise<Connection<Row>> {
  const seal = sealOf(ctx, selection);
  const slices = await readPages<Row>(ctx.db, { ...selection, page: readPage(page) }, seal, ['']);
  const count = async () => (await countRows(ctx.db, selection.list, selection.where, [''])).get('') ?? 0;
  return toConnection(slices.get('') ?? emptySlice, seal, count);
}

/**
 * Lists that hang on the objects of another list: all parents that ask for the same page of the same selection in one turn are
 * answered by one statement, and their totals by one more.
 */
export interface ConnectionLoader {
  load<Row extends object>(parent: string, selection: Selection, page: PageArguments): Promise<Connection<Row>>;
}

export function connectionLoader(ctx: RequestContext): ConnectionLoader {
  const pages = new Map<string, DataLoader<string, Slice<object>>>();
  const counts = new Map<string, DataLoader<string, number>>();
  return {
    async load<Row extends object>(parent: string, selection: Selection, args: PageArguments) {
      const page = readPage(args);
      const seal = sealOf(ctx, selection);
      const request: ListRequest = { ...selection, page };
      const slice = await loaderFor(pages, keyOf(selection, page), (parents) => readPages<object>(ctx.db, request, seal, parents), emptySlice).load(parent);
      const count = () =>
        loaderFor(counts, keyOf(selection), (parents) => countRows(ctx.db, selection.list, selection.where, parents), 0).load(parent);
      return toConnection(slice as Slice<Row>, seal, count);
    },
  };
}

function loaderFor<Value>(
  known: Map<string, DataLoader<string, Value>>,
  key: string,
  read: (parents: readonly string[]) => Promise<ReadonlyMap<string, Value>>,
  absent: Value,
): DataLoader<string, Value> {
  const found = known.get(key);
  if (found) return found;
  const made = new DataLoader<string, Value>(async (parents) => {
    const values = await read(parents);
    return parents.map((parent) => values.get(parent) ?? absent);
  });
  known.set(key, made);
  return made;
}

function keyOf({ list, order, where }: Selection, page?: object): string {
  return JSON.stringify([list.name, list.from, order.name, where, page]);
}

const emptySlice: Slice<never> = { rows: [], hasNextPage: false, hasPreviousPage: false };

function sealOf(ctx: RequestContext, { list, order }: Selection): Seal {
  return ctx.pageSeal(`${list.name}:${order.name}`);
}

function toConnection<Row extends object>(slice: Slice<Row>, seal: Seal, count: () => Promise<number>): Connection<Row> {
  const cursorOf = (row: KeyedRow | undefined) => (row ? closeCursor(seal, row) : null);
  return {
    nodes: slice.rows,
    get edges() {
      return slice.rows.map((node) => ({ node, cursor: closeCursor(seal, node) }));
    },
    get pageInfo() {
      return {
        hasNextPage: slice.hasNextPage,
        hasPreviousPage: slice.hasPreviousPage,
        get startCursor() {
          return cursorOf(slice.rows[0]);
        },
        get endCursor() {
          return cursorOf(slice.rows.at(-1));
        },
      };
    },
    totalCount: count,
  };
}
