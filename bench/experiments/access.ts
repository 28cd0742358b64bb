import { freePorts } from '#test/hub/free-port.js';
import { type Contender, running } from '../contenders/contender.js';
import { hubEnvironment } from '../contenders/hub-processes.js';
import { oursInOneProcess } from '../contenders/ours.js';
import { type BenchHub, fillHub } from '../data/bench-hub.js';
import { pageBody } from '../data/page-query.js';
import { costOfLoad } from '../measure/load-cost.js';
import { spawnNode } from '../measure/spawn-node.js';
import { accessTable } from '../report/access-table.js';
import type { Experiment } from './experiment.js';
import { inTurns } from './turns.js';

const withoutLimits: Contender = {
  name: 'Weft without limits',
  async start(hub) {
    const [port = 0] = await freePorts(1);
    const env = { ...hubEnvironment(hub), PORT: String(port) };
    const script = 'bench/contenders/servers/without-limits.js';
    return running(`http://127.0.0.1:${port}`, [], () => spawnNode({ script, env }));
  },
};

/** A hub and those who ask it. */
export interface AccessCase {
  readonly name: string;
  readonly contender: Contender;
  tokensOf(hub: BenchHub): readonly string[];
}

/** What is shipped comes first. Conditions of access fall away for administrators, and nothing else does. */
const cases: readonly AccessCase[] = [
  { name: 'people, with limits', contender: oursInOneProcess, tokensOf: ({ tokens }) => tokens },
  { name: 'people, without limits', contender: withoutLimits, tokensOf: ({ tokens }) => tokens },
  { name: 'administrator, with limits', contender: oursInOneProcess, tokensOf: ({ adminToken }) => [adminToken] },
  { name: 'administrator, without limits', contender: withoutLimits, tokensOf: ({ adminToken }) => [adminToken] },
];

/** The page query with and without what guards it. */
export const access: Experiment = async (cluster, { seconds, rounds, contender: part, say }) => {
  const hub = await fillHub(cluster);
  const body = pageBody(hub.space);
  const chosen = cases.filter(({ name }) => name.includes(part));
  const costs = await inTurns(chosen, rounds, async ({ name, contender, tokensOf }, round) => {
    const started = await contender.start(hub);
    try {
      const { postmaster } = hub;
      const cost = await costOfLoad(started, { tokens: tokensOf(hub), body, postmaster, seconds });
      say(
        `  round ${round + 1}  ${name.padEnd(40)} ${cost.node.toFixed(2)} + ${cost.postgres.toFixed(2)} ms CPU a request`,
      );
      return cost;
    } finally {
      await started.stop();
    }
  });
  return accessTable(costs);
};
