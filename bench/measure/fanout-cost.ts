import { setTimeout as pause } from 'node:timers/promises';
import { pidsOf, type RunningContender } from '../contenders/contender.js';
import { openAudience } from '../load/audience.js';
import type { Publisher } from '../load/contributions.js';
import type { Received } from '../load/subscribers.js';
import { cpuMsOf } from './cpu-time.js';
import { percentile } from './statistics.js';

/** What it cost to tell many. */
export interface FanoutCost {
  /** Messages delivered a second while events come in bursts. */
  readonly perSecond: number;
  /** CPU microseconds of all Node processes for one message delivered. */
  readonly cpuMicroseconds: number;
  /** Milliseconds from an event that comes alone to its message at a client. */
  readonly p50: number;
  readonly p99: number;
  /** Resident memory of the process the clients are connected to, for each of them, while nothing happens. */
  readonly kibPerSubscriber: number;
  /** A message as it came. */
  readonly sample: string;
}

/** How many events of each kind a turn has. */
export interface Events {
  readonly warmUps: number;
  readonly alone: number;
  readonly bursts: number;
  /** In each burst. */
  readonly burst: number;
}

const settleMs = 1_500;

export async function costOfFanout(
  contender: RunningContender,
  publisher: Publisher,
  token: string,
  subscriptions: readonly string[],
  { warmUps, alone, bursts, burst }: Events,
): Promise<FanoutCost> {
  const before = await contender.front.ask('memory');
  const audience = await openAudience(contender.url, token, subscriptions);
  try {
    await pause(settleMs);
    const after = await contender.front.ask('memory');
    const tell = async (count: number) => {
      const [happened, received] = await Promise.all([publisher.publish(count), audience.expect(count)]);
      return { happened, received };
    };
    for (let count = 0; count < warmUps; count += 1) await tell(1);
    const delays: number[] = [];
    for (let count = 0; count < alone; count += 1) delays.push(...delaysOf(await tell(1)));
    const cpuBefore = await cpuMsOf(pidsOf(contender));
    let milliseconds = 0;
    let sample = '';
    for (let count = 0; count < bursts; count += 1) {
      const { happened, received } = await tell(burst);
      milliseconds += Math.max(...received.map(({ lastAt }) => lastAt)) - Math.min(...happened);
      sample = received[0]?.sample ?? '';
    }
    const messages = bursts * burst * subscriptions.length;
    return {
      perSecond: (messages * 1_000) / milliseconds,
      cpuMicroseconds: (((await cpuMsOf(pidsOf(contender))) - cpuBefore) * 1_000) / messages,
      p50: percentile(delays, 0.5),
      p99: percentile(delays, 0.99),
      kibPerSubscriber: (after - before) / 1024 / subscriptions.length,
      sample,
    };
  } finally {
    await audience.stop();
  }
}

function delaysOf({ happened, received }: { happened: readonly number[]; received: readonly Received[] }): number[] {
  const [at = Number.NaN] = happened;
  return received.flatMap(({ times }) => [...times].map((time) => time - at));
}
