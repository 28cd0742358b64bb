import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';

const flushMs = 1_000;

/**
 * Ends this process when its last log lines are written, or nearly. Where nobody takes them - a full pipe whose reader has stopped -
 * an orderly exit tries for ever to write them, deaf to every signal but the last.
 */
export async function endProcess(code: number, log: Logger | undefined): Promise<never> {
  const flushed = log ? new Promise<boolean>((resolve) => log.flush(() => resolve(true))) : true;
  if (await Promise.race([flushed, pause(flushMs, false)])) process.exit(code);
  return endAtOnce();
}

/** Without a look at what is under way, and without the exit handlers, since one of them writes the log. */
export function endAtOnce(): never {
  process.kill(process.pid, 'SIGKILL');
  throw new Error('A process cannot outlive this.');
}
