import { createWake, type Wake } from '../runtime/wake.js';
import { beforeAllEvents, type EventPosition } from './event.js';
import type { EventReader } from './event-log.js';

/** Notices that a log has grown, once for all those of a service who follow it. */
export interface LogWatch {
  /** Everything up to here was seen. It may lag behind the log, and never skips what is not readable yet. */
  position(): EventPosition;
  /** Resolves when more was seen, or after the time. */
  wait(milliseconds: number, signal: AbortSignal): Promise<void>;
}

/** Processes that share no wake-up find new events by looking: often while there is something to do, rarely otherwise. */
const busyPollMs = 10;
const idlePollMs = 100;
const lookSize = 2_000;

export interface RunningLogWatch extends LogWatch {
  stop(): Promise<void>;
}

/** Says nothing of errors: whoever follows the log meets them as well, and knows what they mean. */
export function startLogWatch(reader: EventReader, wake: Wake): RunningLogWatch {
  const stopping = new AbortController();
  const changed = createWake();
  let seen: EventPosition | undefined;
  let idleRounds = 0;

  async function look(): Promise<void> {
    seen ??= await reader.before(lookSize);
    const { reached } = await reader.readOf([], seen, lookSize);
    if (!reached) return wake.wait(idleRounds++ < 10 ? busyPollMs : idlePollMs, stopping.signal);
    idleRounds = 0;
    seen = reached;
    changed.notify();
  }

  async function follow(): Promise<void> {
    while (!stopping.signal.aborted) await look().catch(() => wake.wait(idlePollMs, stopping.signal));
  }

  const loop = follow();
  return {
    position: () => seen ?? beforeAllEvents,
    wait: (milliseconds, signal) => changed.wait(milliseconds, signal),
    async stop() {
      stopping.abort();
      await loop;
    },
  };
}
