import type { LoadCost } from '../measure/load-cost.js';
import { median } from '../measure/statistics.js';
import { markdownTable } from './markdown-table.js';

/** The first size is what the others are put in relation to. */
export function growthTable(costs: ReadonlyMap<{ readonly name: string }, readonly LoadCost[]>): string {
  const rows = [...costs].map(([{ name }, turns]) => ({
    name,
    node: median(turns.map(({ node }) => node)),
    postgres: median(turns.map(({ postgres }) => postgres)),
    total: median(turns.map(({ node, postgres }) => node + postgres)),
  }));
  const first = rows[0]?.total ?? Number.NaN;
  return markdownTable(
    ['hub', 'CPU ms/request (Node + PostgreSQL)', 'first = 1'],
    rows.map(({ name, node, postgres, total }) => [
      name,
      `${node.toFixed(2)} + ${postgres.toFixed(2)}`,
      (total / first).toFixed(2),
    ]),
  );
}
