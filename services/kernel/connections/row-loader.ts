import DataLoader from 'dataloader';
import type { RequestContext } from '../runtime/request-context.js';
import { type Condition, condition, toStatement } from './condition.js';

/** Finds rows by id, many in one statement, each once in a request; null for what does not exist for the viewer. */
export interface RowLoader<Row> {
  load(id: string): Promise<Row | null>;
  /** Forgets a row that this request has just changed. */
  clear(id: string): void;
}

export interface RowSource {
  /** With the alias of the table, for example `idea i`. */
  readonly from: string;
  readonly alias: string;
  readonly columns: string;
  /** What makes a row exist for the viewer. */
  readonly visible: Condition;
}

export function rowLoader<Row extends { readonly id: string }>(ctx: RequestContext, source: RowSource): RowLoader<Row> {
  const loader = new DataLoader<string, Row | null>(async (ids) => {
    const { statement, values } = toStatement(
      (place) => `
        SELECT ${source.columns} FROM ${source.from}
        WHERE ${source.alias}.id ${place(among(ids))} AND ${place(source.visible)}`,
    );
    const rows = await ctx.db.read<Row>(statement, values);
    const byId = new Map(rows.map((row) => [row.id, row]));
    return ids.map((id) => byId.get(id) ?? null);
  });
  return { load: (id) => loader.load(id), clear: (id) => void loader.clear(id) };
}

/** One id is no array: of that PostgreSQL would not know how long it is, and plan the statement anew each time. */
function among(ids: readonly string[]): Condition {
  return ids.length === 1 ? condition('= ?', ids[0]) : condition('= ANY(?::text[])', ids);
}
