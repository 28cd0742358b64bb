import { oursInOneProcess } from '../contenders/ours.js';
import { type GrownHub, growHubs } from '../data/grown-hub.js';
import { pageBody } from '../data/page-query.js';
import { costOfLoad } from '../measure/load-cost.js';
import { growthTable } from '../report/growth-table.js';
import type { Experiment } from './experiment.js';
import { inTurns } from './turns.js';

interface Size {
  readonly name: string;
  readonly hub: GrownHub;
  readonly space: string;
}

/** The page query where a hundred times as much stands in the tables. */
export const growth: Experiment = async (cluster, { seconds, rounds, say }) => {
  const [small, large] = await growHubs(cluster, [1_000, 100_000]);
  if (!small || !large) throw new Error('Both hubs are needed.');
  const sizes: Size[] = [
    { name: '1,000 ideas, 10,000 messages; a space of 500 ideas', hub: small, space: small.space },
    { name: '100,000 ideas, 1,000,000 messages; a space of 500 ideas', hub: large, space: large.space },
    { name: 'the same; a space of 50,000 ideas', hub: large, space: large.largeSpace },
  ];
  const costs = await inTurns(sizes, rounds, async ({ name, hub, space }, round) => {
    const started = await oursInOneProcess.start(hub);
    try {
      const cost = await costOfLoad(started, { ...hub, body: pageBody(space), seconds });
      say(`  round ${round + 1}  ${name.padEnd(56)} ${(cost.node + cost.postgres).toFixed(2)} ms CPU a request`);
      return cost;
    } finally {
      await started.stop();
    }
  });
  return growthTable(costs);
};
