import type { Contender } from '../contenders/contender.js';
import { median } from '../measure/statistics.js';
import { markdownTable } from './markdown-table.js';

export interface CacheCost {
  /** Milliseconds of the first request with an operation, in a process that has answered many others. */
  readonly cold: number;
  /** Milliseconds of the same operation afterwards. */
  readonly warm: number;
}

export function cacheTable(costs: ReadonlyMap<Contender, readonly CacheCost[]>): string {
  return markdownTable(
    ['contender', 'first request ms', 'later ones ms', 'first / later'],
    [...costs].map(([{ name }, turns]) => {
      const cold = median(turns.map((turn) => turn.cold));
      const warm = median(turns.map((turn) => turn.warm));
      return [name, cold.toFixed(1), warm.toFixed(1), (cold / warm).toFixed(1)];
    }),
  );
}
