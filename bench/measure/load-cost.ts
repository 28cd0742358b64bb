import { pidsOf, type RunningContender } from '../contenders/contender.js';
import type { HttpLoad, HttpLoadResult } from '../load/http-load.js';
import { startLoadProcess } from '../load/load-process.js';
import { cpuMsOf, cpuMsOfTree } from './cpu-time.js';
import { percentile } from './statistics.js';

/** What one turn of load cost. */
export interface LoadCost {
  /** CPU milliseconds a request, of all Node processes and of the PostgreSQL server. */
  readonly node: number;
  readonly postgres: number;
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly bytes: number;
}

export interface Turn {
  readonly token: string;
  readonly body: string;
  readonly postmaster: number;
  readonly seconds: number;
}

/** The first requests cost many times the rest, until V8 has compiled what is hot. */
const warmUp = { milliseconds: 4_000, atLeast: 400 };
const connections = 8;

export async function costOfLoad(contender: RunningContender, turn: Turn): Promise<LoadCost> {
  const load = startLoadProcess<HttpLoad, HttpLoadResult>('./http-load.js');
  const { token, body } = turn;
  const order = { url: `${contender.url}/graphql`, token, body, connections };
  const spent = async () => ({
    node: await cpuMsOf(pidsOf(contender)),
    postgres: await cpuMsOfTree(turn.postmaster),
  });
  try {
    await load.run({ ...order, ...warmUp });
    const before = await spent();
    const result = await load.run({ ...order, milliseconds: turn.seconds * 1_000 });
    const after = await spent();
    return {
      node: (after.node - before.node) / result.requests,
      postgres: (after.postgres - before.postgres) / result.requests,
      perSecond: (result.requests * 1_000) / result.milliseconds,
      p50: percentile(result.latencies, 0.5),
      p99: percentile(result.latencies, 0.99),
      bytes: result.bytes,
    };
  } finally {
    await load.stop();
  }
}
