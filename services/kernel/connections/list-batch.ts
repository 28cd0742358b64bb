import { isDeepStrictEqual } from 'node:util';
import type { Seal } from '../auth/sealed-text.js';
import type { Database } from '../database/database.js';
import type { Condition } from './condition.js';
import { type ListRequest, readLists, type Slice } from './list.js';
import type { Page } from './page.js';

interface Turn {
  readonly parents: Set<string>;
  page: boolean;
  total: boolean;
  readonly read: Promise<ReadonlyMap<string, Slice<object>>>;
}

/**
 * One page of one selection, for all parents that ask for it in the same turn. Batches and does not remember: the second mutation of
 * a document must not be answered with a list from before it.
 */
export class ListBatch {
  #turn: Turn | undefined;

  constructor(
    private readonly database: Database,
    readonly request: ListRequest,
    private readonly seal: () => Seal,
  ) {}

  /** Every parent makes its selection anew, so what is compared is what it asks for. */
  serves({ list, order, where }: Omit<ListRequest, 'page'>, page: Page): boolean {
    const own = this.request;
    return (
      own.list.name === list.name &&
      own.order.name === order.name &&
      isDeepStrictEqual(own.page, page) &&
      isDeepStrictEqual(own.list.from, list.from) &&
      own.where.length === where.length &&
      own.where.every((condition, index) => isSame(condition, where[index]))
    );
  }

  async page<Row extends object>(parent: string): Promise<Slice<Row>> {
    const turn = this.#join(parent);
    turn.page = true;
    return ((await turn.read).get(parent) ?? emptySlice) as Slice<Row>;
  }

  async total(parent: string): Promise<number> {
    const turn = this.#join(parent);
    turn.total = true;
    return (await turn.read).get(parent)?.total ?? 0;
  }

  #join(parent: string): Turn {
    this.#turn ??= this.#begin();
    this.#turn.parents.add(parent);
    return this.#turn;
  }

  #begin(): Turn {
    const read = endOfTurn().then(() => {
      this.#turn = undefined;
      return readLists<object>(this.database, this.request, this.seal, [...turn.parents], turn);
    });
    const turn: Turn = { parents: new Set(), page: false, total: false, read };
    return turn;
  }
}

/** After the promises that are settled by now have run on, since those they wake may ask as well: as DataLoader does it. */
function endOfTurn(): Promise<void> {
  return new Promise((resolve) => {
    Promise.resolve().then(() => process.nextTick(resolve));
  });
}

function isSame(one: Condition, other: Condition | undefined): boolean {
  return one.text === other?.text && isDeepStrictEqual(one.values, other.values);
}

const emptySlice: Slice<never> = { rows: [], total: 0, hasNextPage: false, hasPreviousPage: false };
