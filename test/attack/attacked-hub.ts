import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { GatewayTimes } from '#gateway/times.js';
import { eventually } from '#test/hub/eventually.js';
import { type Story, seed } from '#test/hub/seed.js';
import { startTestHub, type TestHub } from '#test/hub/test-hub.js';

/** A hub that is attacked while somebody well-behaved goes on using it. */
export interface AttackedHub extends Story {
  readonly hub: TestHub;
  readonly url: string;
  /** Attacks; fails when the neighbour, who asks all the while, is refused or kept waiting. */
  beside<Result>(attack: () => Promise<Result>): Promise<Result>;
  /** Fails unless the memory comes back to where it was at the start. */
  forgotten(): Promise<void>;
  stop(): Promise<void>;
}

/** A question that takes all three services; even on a busy machine nobody waits longer for it than this. */
const question = '{ viewer { person { name } } ideas(first: 1) { totalCount } conversations(first: 1) { totalCount } }';
const patienceMs = 5_000;
/** What caches of refused and answered documents may keep. */
const keptBytes = 48 * 1024 * 1024;

export async function startAttackedHub(
  environment: Readonly<Record<string, string>> = {},
  gatewayTimes: Partial<GatewayTimes> = {},
): Promise<AttackedHub> {
  const hub = await startTestHub({ environment, gatewayTimes: { lingerMs: 0, ...gatewayTimes } });
  const story = await seed(hub);
  await story.jon.run(question);
  const before = heapAfterCollection();
  return {
    ...story,
    hub,
    url: hub.url,
    async beside(attack) {
      const done = new AbortController();
      const neighbour = keepAsking(story, done.signal);
      try {
        return await attack();
      } finally {
        done.abort();
        await neighbour;
      }
    },
    async forgotten() {
      await eventually(heapAfterCollection, (now) => now - before < keptBytes, 10_000);
    },
    stop: () => hub.stop(),
  };
}

async function keepAsking({ jon }: Story, done: AbortSignal): Promise<void> {
  do {
    const asked = performance.now();
    await jon.run(question);
    const waited = performance.now() - asked;
    if (waited > patienceMs) throw new Error(`The neighbour waited ${waited.toFixed(0)} ms.`);
  } while (!done.aborted);
}

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

function heapAfterCollection(): number {
  collect();
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
