import { setTimeout as pause } from 'node:timers/promises';
import type { Postmaster } from './postmaster.js';

export interface Supervised {
  readonly current: Postmaster;
  /** Resolves when the server is stopped for good: by `stop`, or because it cannot be kept running. */
  readonly exited: Promise<void>;
  stop(): Promise<void>;
}

/** Short at first, since most crashes are one bad moment; after all of them, something is wrong that waiting does not mend. */
const PAUSES_MS = [50, 200, 500, 1000, 2000, 5000, 5000, 5000];
/**
 * A server that ran this long was well, and its next crash is a new one. Short: one that is killed every minute, by a system short
 * of memory for example, still serves most of the time, and giving it up would end the hub for good.
 */
const STEADY_MS = 5_000;

/** Keeps the server running on the same port, so that the pools of the hub find it again by themselves. */
export function supervise(
  first: Postmaster,
  launch: (port: number) => Promise<Postmaster>,
  onProgress: (line: string) => void,
  pauses: readonly number[] = PAUSES_MS,
  steadyMs = STEADY_MS,
): Supervised {
  const stopping = new AbortController();
  let current = first;

  async function watch(): Promise<void> {
    for (let crashes = 0; ; ) {
      const since = performance.now();
      const how = await current.exited;
      if (stopping.signal.aborted) return;
      onProgress(`PostgreSQL ended unexpectedly (${how}); starting it again`);
      crashes = performance.now() - since > steadyMs ? 0 : crashes;
      const next = await relaunch(pauses.slice(crashes));
      if (next === undefined) return;
      crashes += 1;
      current = next;
      if (stopping.signal.aborted) return await next.stop();
      onProgress(`PostgreSQL runs again (process ${next.pid})`);
    }
  }

  async function relaunch(remaining: readonly number[]): Promise<Postmaster | undefined> {
    for (const ms of remaining) {
      await pause(ms, undefined, { signal: stopping.signal }).catch(() => undefined);
      if (stopping.signal.aborted) return undefined;
      const next = await launch(first.port).catch((error: Error) => onProgress(error.message));
      if (next) return next;
    }
    onProgress('PostgreSQL cannot be kept running. Look for the reason above, mend it, and start the hub again.');
    return undefined;
  }

  const exited = watch();
  return {
    get current() {
      return current;
    },
    exited,
    stop: async () => {
      stopping.abort();
      await current.stop();
      await exited;
    },
  };
}
