import type { Contender } from '../contenders/contender.js';
import type { FanoutCost } from '../measure/fanout-cost.js';
import { median } from '../measure/statistics.js';
import { markdownTable } from './markdown-table.js';

/** Medians over the rounds; messages per second also in relation to the last contender, which is the limit. */
export function fanoutTable(
  { count, distinct }: { readonly count: number; readonly distinct: boolean },
  costs: ReadonlyMap<Contender, readonly (FanoutCost | Error)[]>,
): string {
  const rows = [...costs].map(([{ name }, turns]) => ({ name, middle: middleOf(turns) }));
  const limit = rows.find(({ name }) => name.startsWith('limit'))?.middle(({ perSecond }) => perSecond);
  const subscribers = `${count.toLocaleString('en')} ${distinct ? 'distinct' : 'identical'} subscribers`;
  return markdownTable(
    [subscribers, 'messages/s', 'limit = 1', 'CPU us/message', 'p50 ms', 'p99 ms', 'KiB/subscriber'],
    rows.map(({ name, middle }) => {
      const perSecond = middle((cost) => cost.perSecond);
      return [
        name,
        shown(perSecond, 0),
        limit === undefined ? '-' : shown(perSecond / limit, 2),
        shown(
          middle(({ cpuMicroseconds }) => cpuMicroseconds),
          1,
        ),
        shown(
          middle(({ p50 }) => p50),
          1,
        ),
        shown(
          middle(({ p99 }) => p99),
          1,
        ),
        shown(
          middle(({ kibPerSubscriber }) => kibPerSubscriber),
          1,
        ),
      ];
    }),
  );
}

function middleOf(turns: readonly (FanoutCost | Error)[]): (of: (cost: FanoutCost) => number) => number {
  const good = turns.flatMap((turn) => (turn instanceof Error ? [] : [turn]));
  return (of) => median(good.map(of));
}

function shown(value: number, digits: number): string {
  return Number.isNaN(value) ? 'failed' : value.toFixed(digits);
}
