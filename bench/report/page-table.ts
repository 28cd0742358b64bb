import type { Contender } from '../contenders/contender.js';
import type { LoadCost } from '../measure/load-cost.js';
import { median } from '../measure/statistics.js';
import { markdownTable } from './markdown-table.js';

/** What a page takes, apart from time. */
export interface PageWork {
  readonly subgraphCalls: number;
  readonly statements: number;
}

const head = [
  'contender',
  'CPU ms/request (Node + PostgreSQL)',
  'CPU, ours in one process = 1',
  'requests/s',
  'p50 ms',
  'p99 ms',
  'subgraph calls',
  'statements',
  'KiB',
];

/** Medians over the rounds; the first contender is what the others are put in relation to. */
export function pageTable(
  costs: ReadonlyMap<Contender, readonly LoadCost[]>,
  work: ReadonlyMap<Contender, PageWork>,
): string {
  const rows = [...costs].map(([contender, turns]) => {
    const middle = (of: (cost: LoadCost) => number) => median(turns.map(of));
    const total = middle(({ node, postgres }) => node + postgres);
    return { contender, middle, total };
  });
  const first = rows[0]?.total ?? Number.NaN;
  return markdownTable(
    head,
    rows.map(({ contender, middle, total }) => [
      contender.name,
      `${middle(({ node }) => node).toFixed(2)} + ${middle(({ postgres }) => postgres).toFixed(2)}`,
      (total / first).toFixed(2),
      middle(({ perSecond }) => perSecond).toFixed(0),
      middle(({ p50 }) => p50).toFixed(1),
      middle(({ p99 }) => p99).toFixed(1),
      String(work.get(contender)?.subgraphCalls || '-'),
      String(work.get(contender)?.statements ?? '-'),
      (middle(({ bytes }) => bytes) / 1024).toFixed(1),
    ]),
  );
}
