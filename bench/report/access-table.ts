import type { AccessCase } from '../experiments/access.js';
import type { LoadCost } from '../measure/load-cost.js';
import { median } from '../measure/statistics.js';
import { markdownTable } from './markdown-table.js';

/** Medians over the rounds; the last case has least to check, and is what the others are put in relation to. */
export function accessTable(costs: ReadonlyMap<AccessCase, readonly LoadCost[]>): string {
  const rows = [...costs].map(([{ name }, turns]) => {
    const node = median(turns.map((turn) => turn.node));
    const postgres = median(turns.map((turn) => turn.postgres));
    const perSecond = median(turns.map((turn) => turn.perSecond));
    return { name, node, postgres, perSecond, total: node + postgres };
  });
  const least = rows.at(-1)?.total ?? Number.NaN;
  return markdownTable(
    ['who asks', 'CPU ms/request (Node + PostgreSQL)', 'overhead', 'requests/s'],
    rows.map(({ name, node, postgres, perSecond, total }) => [
      name,
      `${node.toFixed(2)} + ${postgres.toFixed(2)}`,
      `${((total / least - 1) * 100).toFixed(1)} %`,
      perSecond.toFixed(0),
    ]),
  );
}
