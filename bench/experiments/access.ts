import { freePorts } from '#test/hub/free-port.js';
import { type Contender, pidsOf, type RunningContender, running } from '../contenders/contender.js';
import { hubEnvironment } from '../contenders/hub-processes.js';
import { oursInOneProcess } from '../contenders/ours.js';
import type { BenchHub } from '../data/bench-hub.js';
import { fillHub } from '../data/fill-hub.js';
import { pageBody } from '../data/page-query.js';
import type { HttpLoad, HttpLoadResult } from '../load/http-load.js';
import { startLoadProcess } from '../load/load-process.js';
import { cpuMsOf, cpuMsOfTree } from '../measure/cpu-time.js';
import { spawnNode } from '../measure/spawn-node.js';
import { type AccessCost, accessTable } from '../report/access-table.js';
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
interface AccessCase {
  readonly name: string;
  readonly limits: boolean;
  tokensOf(hub: BenchHub): readonly string[];
}

const people = ({ tokens }: BenchHub) => tokens;
/** As many connections as people have: what they cost is the same. */
const administrator = ({ tokens, adminToken }: BenchHub) => tokens.map(() => adminToken);

/** What is shipped comes first. Conditions of access fall away for administrators, and nothing else does. */
const cases: readonly AccessCase[] = [
  { name: 'people, with limits', limits: true, tokensOf: people },
  { name: 'people, without limits', limits: false, tokensOf: people },
  { name: 'administrator, with limits', limits: true, tokensOf: administrator },
  { name: 'administrator, without limits', limits: false, tokensOf: administrator },
];

/** About a second: short enough that neighbours on the machine, and what V8 does now and then, meet all four alike. */
const requestsOfSlice = 100;
const warmUp = { milliseconds: 6_000, atLeast: 600 };

/**
 * The page query with and without what guards it. Both hubs live all the time and are asked in alternation: what is looked for
 * is smaller than the difference between two starts of the same program.
 */
export const access: Experiment = async (cluster, { seconds, rounds, say }) => {
  const hub = await fillHub(cluster);
  const limited = await oursInOneProcess.start(hub);
  const free = await withoutLimits.start(hub).catch(async (error: unknown) => {
    await limited.stop();
    throw error;
  });
  const load = startLoadProcess<HttpLoad, HttpLoadResult>('./http-load.js');
  const orderOf = ({ limits, tokensOf }: AccessCase) => {
    const { url } = limits ? limited : free;
    return { url: `${url}/graphql`, tokens: tokensOf(hub), body: pageBody(hub.space) };
  };
  try {
    for (const one of cases) await load.run({ ...orderOf(one), ...warmUp });
    const slices = await inTurns(cases, rounds * seconds, async (one) => {
      const asked = one.limits ? limited : free;
      return costOf(hub, asked, () => load.run({ ...orderOf(one), milliseconds: 0, atLeast: requestsOfSlice }));
    });
    say(`  ${rounds * seconds} slices of ${requestsOfSlice} requests for each`);
    return accessTable(slices);
  } finally {
    await load.stop();
    await limited.stop();
    await free.stop();
  }
};

async function costOf(
  { postmaster }: BenchHub,
  contender: RunningContender,
  send: () => Promise<HttpLoadResult>,
): Promise<AccessCost> {
  const spent = async () => [await cpuMsOf(pidsOf(contender)), await cpuMsOfTree(postmaster)] as const;
  const [nodeBefore, postgresBefore] = await spent();
  const { requests } = await send();
  const [nodeAfter, postgresAfter] = await spent();
  return { node: (nodeAfter - nodeBefore) / requests, postgres: (postgresAfter - postgresBefore) / requests };
}
