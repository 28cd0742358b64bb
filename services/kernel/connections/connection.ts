import type { Seal } from '../auth/sealed-text.js';
import type { RequestContext } from '../runtime/request-context.js';
import type { Condition } from './condition.js';
import { closeCursor, type List, type ListOrder, type ListRequest, type Slice } from './list.js';
import { ListBatch } from './list-batch.js';
import { type PageArguments, readPage } from './page.js';

/** A page of results as the Relay specification shapes it. Rows, cursors and the total are read only when they are asked for. */
export interface Connection<Row> {
  readonly nodes: Promise<readonly Row[]>;
  readonly edges: Promise<readonly ConnectionEdge<Row>[]>;
  readonly pageInfo: Promise<PageInfo>;
  readonly totalCount: Promise<number> | number;
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
  /** Of what these cursors are, where those of one selection must not serve another of the same list. */
  readonly sealedFor?: string;
}

/** One page of a list that has no parent. */
export async function connect<Row extends object>(
  ctx: RequestContext,
  selection: Selection,
  args: PageArguments,
): Promise<Connection<Row>> {
  const request: ListRequest = { ...selection, page: readPage(args) };
  const seal = () => sealOf(ctx, selection);
  return new LazyConnection<Row>('', new ListBatch(ctx.db, request, seal), seal, undefined);
}

/**
 * Lists that hang on the objects of another list: all parents that ask for the same page of the same selection in one turn are
 * answered by one statement, their totals included - or without them, where the parent keeps the number (`kept`).
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
  const batches: ListBatch[] = [];
  return {
    async load<Row extends object>(parent: string, selection: Selection, args: PageArguments, kept?: () => number) {
      const page = readPage(args);
      const seal = () => sealOf(ctx, selection);
      let batch = batches.find((known) => known.serves(selection, page));
      if (!batch) {
        batch = new ListBatch(ctx.db, { ...selection, page }, seal);
        batches.push(batch);
      }
      return new LazyConnection<Row>(parent, batch, seal, kept);
    },
  };
}

function sealOf(ctx: RequestContext, { list, order, sealedFor }: Selection): Seal {
  return ctx.pageSeal(`${list.name}:${order.name}${sealedFor === undefined ? '' : `:${sealedFor}`}`);
}

class LazyConnection<Row extends object> implements Connection<Row> {
  #slice: Promise<Slice<Row>> | undefined;

  constructor(
    private readonly parent: string,
    private readonly batch: ListBatch,
    private readonly seal: () => Seal,
    private readonly kept: (() => number) | undefined,
  ) {}

  get nodes(): Promise<readonly Row[]> {
    return this.#read().then(({ rows }) => rows);
  }

  get edges(): Promise<readonly ConnectionEdge<Row>[]> {
    return this.#read().then(({ rows }) => rows.map((node) => ({ node, cursor: this.#cursorOf(node) })));
  }

  get pageInfo(): Promise<PageInfo> {
    return this.#read().then(({ rows, hasNextPage, hasPreviousPage }) => {
      const cursorOf = (row: Row | undefined) => (row ? this.#cursorOf(row) : null);
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
    });
  }

  get totalCount(): Promise<number> | number {
    return this.kept ? this.kept() : this.batch.total(this.parent);
  }

  #read(): Promise<Slice<Row>> {
    this.#slice ??= this.batch.page<Row>(this.parent);
    return this.#slice;
  }

  #cursorOf(row: Row): string {
    return closeCursor(this.seal(), this.batch.request, row);
  }
}
