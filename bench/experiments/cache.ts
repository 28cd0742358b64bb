import type { Contender } from '../contenders/contender.js';
import { oursInOneProcess } from '../contenders/ours.js';
import { stockInProcess } from '../contenders/peer.js';
import { fillHub } from '../data/fill-hub.js';
import { pageBody, pageQuery } from '../data/page-query.js';
import { post } from '../load/post.js';
import { median } from '../measure/statistics.js';
import { type CacheCost, cacheTable } from '../report/cache-table.js';
import type { Experiment } from './experiment.js';
import { inTurns } from './turns.js';

const contenders: readonly Contender[] = [oursInOneProcess, stockInProcess];
const warmUps = 400;
const operations = 30;
const repeats = 5;

/** What parsing, validating and planning an operation costs, and what is left of it the next time. */
export const cache: Experiment = async (cluster, { rounds, contender: part, say }) => {
  const hub = await fillHub(cluster);
  const taking = contenders.filter(({ name }) => name.includes(part));
  const costs = await inTurns(taking, rounds, async (contender, round) => {
    const started = await contender.start(hub);
    const ask = (query: string) => timed(() => post(started.url, hub.token, pageBody(hub.space, query)));
    try {
      for (let count = 0; count < warmUps; count += 1) await ask(pageQuery);
      const cost = await costOf(ask);
      say(
        `  round ${round + 1}  ${contender.name.padEnd(40)} ${cost.cold.toFixed(1)} ms, then ${cost.warm.toFixed(1)} ms`,
      );
      return cost;
    } finally {
      await started.stop();
    }
  });
  return cacheTable(costs);
};

async function costOf(ask: (query: string) => Promise<number>): Promise<CacheCost> {
  const cold: number[] = [];
  const warm: number[] = [];
  for (let index = 0; index < operations; index += 1) {
    const query = pageQuery.replace('space(id', `page${index}: space(id`);
    cold.push(await ask(query));
    for (let count = 0; count < repeats; count += 1) warm.push(await ask(query));
  }
  return { cold: median(cold), warm: median(warm) };
}

async function timed(work: () => Promise<string>): Promise<number> {
  const start = performance.now();
  const answer = await work();
  if (answer.includes('"errors"')) throw new Error(`Answered with errors: ${answer.slice(0, 500)}`);
  return performance.now() - start;
}
