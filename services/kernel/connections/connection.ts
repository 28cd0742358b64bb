import DataLoader from 'dataloader';
import type { Seal } from '../auth/sealed-text.js';
import type { RequestContext } from '../runtime/request-context.js';
import type { Condition } from './condition.js';
import {
  closeCursor,
  countRows,
  type KeyedRow,
  type List,
  type ListOrder,
  type ListRequest,
  readPages,
  type Slice,
} from './list.js';
import { type PageArguments, readPage } from './page.js';

/** A page of results as the Relay specification shapes it. Rows, cursors and the total are read only when they are asked for. */
export interface Connection<Row> {
  readonly nodes: Promise<readonly Row[]>;
  readonly edges: Promise<readonly ConnectionEdge<Row>[]>;
  readonly pageInfo: Promise<PageInfo>;
  readonly totalCount: Promise<number>;
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

/** One page of a list that has no parent. */
export async function connect<Row extends object>(
  ctx: RequestContext,
  selection: Selection,
  args: PageArguments,
): Promise<Connection<Row>> {
  const seal = sealOf(ctx, selection);
  const request: ListRequest = { ...selection, page: readPage(args) };
  return lazyConnection<Row>(
    seal,
    async () => (await readPages<Row>(ctx.db, request, seal, [''])).get('') ?? emptySlice,
    async () => (await countRows(ctx.db, selection.list, selection.where, [''])).get('') ?? 0,
  );
}

/**
 * Lists that hang on the objects of another list: all parents that ask for the same page of the same selection in one turn are
 * answered by one statement, and their totals by one more - or by none, where the parent keeps the number (`kept`).
 */
export interface ConnectionLoader {
  load<Row extends object>(
    parent: string,
    selection: Selection,
    page: PageArguments,
    kept?: () => number,
  ): Promise<Connection<Row>>;
}

export function connectionLoader(ctx: RequestContext): ConnectionLoader {
  const pages = new Map<string, DataLoader<string, Slice<object>>>();
  const counts = new Map<string, DataLoader<string, number>>();
  return {
    async load<Row extends object>(parent: string, selection: Selection, args: PageArguments, kept?: () => number) {
      const page = readPage(args);
      const seal = sealOf(ctx, selection);
      const request: ListRequest = { ...selection, page };
      const readSlice = (parents: readonly string[]) => readPages<object>(ctx.db, request, seal, parents);
      const readCount = (parents: readonly string[]) => countRows(ctx.db, selection.list, selection.where, parents);
      return lazyConnection<Row>(
        seal,
        async () => (await loaderFor(pages, keyOf(selection, page), readSlice, emptySlice).load(parent)) as Slice<Row>,
        async () => (kept ? kept() : loaderFor(counts, keyOf(selection), readCount, 0).load(parent)),
      );
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
  // Batches and does not remember: the second mutation of a document must not be answered with a list from before it.
  const made = new DataLoader<string, Value>(
    async (parents) => {
      const values = await read([...new Set(parents)]);
      return parents.map((parent) => values.get(parent) ?? absent);
    },
    { cache: false },
  );
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

function lazyConnection<Row extends object>(
  seal: Seal,
  read: () => Promise<Slice<Row>>,
  count: () => Promise<number>,
): Connection<Row> {
  let reading: Promise<Slice<Row>> | undefined;
  const slice = () => {
    reading ??= read();
    return reading;
  };
  return {
    get nodes() {
      return slice().then(({ rows }) => rows);
    },
    get edges() {
      return slice().then(({ rows }) => rows.map((node) => ({ node, cursor: closeCursor(seal, node) })));
    },
    get pageInfo() {
      return slice().then((found) => toPageInfo(seal, found));
    },
    get totalCount() {
      return count();
    },
  };
}

function toPageInfo(seal: Seal, { rows, hasNextPage, hasPreviousPage }: Slice<object>): PageInfo {
  const cursorOf = (row: KeyedRow | undefined) => (row ? closeCursor(seal, row) : null);
  return {
    hasNextPage,
    hasPreviousPage,
    get startCursor() {
      return cursorOf(rows[0]);
    },
    get endCursor() {
      return cursorOf(rows.at(-1));
    },
  };
}
