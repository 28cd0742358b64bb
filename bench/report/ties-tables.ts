import { markdownTable } from './markdown-table.js';

export interface TableSize {
  readonly name: string;
  /** As PostgreSQL estimates it. */
  readonly rows: string;
  readonly bytes: string;
}

export interface QueryFigures {
  readonly name: string;
  readonly p50: number;
  readonly p99: number;
  readonly statements: number;
}

export interface TiesFigures {
  readonly interactions: number;
  readonly importSeconds: number;
  readonly toldSeconds: number;
  readonly sizes: readonly TableSize[];
  readonly queries: readonly QueryFigures[];
}

export function tiesTables({ interactions, importSeconds, toldSeconds, sizes, queries }: TiesFigures): string {
  const rate = (seconds: number) => [number(seconds), number(interactions / seconds)];
  const ingest = markdownTable(
    [`${number(interactions)} interactions`, 'seconds', 'a second'],
    [
      ['imported', ...rate(importSeconds)],
      ['imported and all ties told', ...rate(toldSeconds)],
    ],
  );
  const room = markdownTable(
    ['table', 'rows', 'MiB with indexes'],
    sizes.map(({ name, rows, bytes }) => [name, number(Number(rows)), (Number(bytes) / 1_048_576).toFixed(1)]),
  );
  const waits = markdownTable(
    ['query, one after the other over HTTP', 'p50 ms', 'p99 ms', 'statements'],
    queries.map(({ name, p50, p99, statements }) => [name, p50.toFixed(1), p99.toFixed(1), String(statements)]),
  );
  return [ingest, room, waits].join('\n\n');
}

function number(value: number): string {
  return Math.round(value).toLocaleString('en');
}
