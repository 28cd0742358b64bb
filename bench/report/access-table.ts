import { median, percentile } from '../measure/statistics.js';
import { markdownTable } from './markdown-table.js';

/** CPU milliseconds a request. */
export interface AccessCost {
  readonly node: number;
  readonly postgres: number;
}

/**
 * Medians over the slices. Each slice is put in relation to that of the last case, which has least to check, in the same round;
 * what half of these ratios lie between is shown beside their median.
 */
export function accessTable(costs: ReadonlyMap<{ readonly name: string }, readonly AccessCost[]>): string {
  const least = [...costs.values()].at(-1) ?? [];
  const rows = [...costs].map(([{ name }, slices]) => {
    const ratios = slices.map((slice, round) => total(slice) / total(least[round]));
    const cost = `${median(slices.map(({ node }) => node)).toFixed(2)} + ${median(slices.map(({ postgres }) => postgres)).toFixed(2)}`;
    const spread = `${percentOver(percentile(ratios, 0.25))} to ${percentOver(percentile(ratios, 0.75))} %`;
    return [name, cost, `${percentOver(median(ratios))} %`, spread];
  });
  return markdownTable(['who asks', 'CPU ms/request (Node + PostgreSQL)', 'overhead', 'half of the slices'], rows);
}

function total(slice: AccessCost | undefined): number {
  return slice ? slice.node + slice.postgres : Number.NaN;
}

function percentOver(ratio: number): string {
  return ((ratio - 1) * 100).toFixed(1);
}
