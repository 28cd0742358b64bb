import { setTimeout as pause } from 'node:timers/promises';
import { isOutage } from './outage.js';

export interface DatabaseWait {
  readonly url: string;
  /** How long the database may be away. */
  readonly milliseconds: number;
  readonly onProgress: (line: string) => void;
}

const betweenMs = 250;
const sayEveryMs = 10_000;

/**
 * Takes a step of the start, from its beginning again while the database is away. The processes of a hub and their database are
 * started in any order, and one that starts during an outage must not be gone when the outage ends.
 */
export async function onceDatabaseAnswers<Result>(wait: DatabaseWait, step: () => Promise<Result>): Promise<Result> {
  const deadline = performance.now() + wait.milliseconds;
  for (let sayAt = 0; ; ) {
    try {
      return await step();
    } catch (error) {
      if (!isOutage(error)) throw error;
      const now = performance.now();
      if (now >= deadline) throw gaveUp(wait, error);
      if (now >= sayAt) {
        wait.onProgress(`Waiting for ${nameOf(wait)}, for ${seconds(deadline - now)} at most: ${reasonOf(error)}`);
        sayAt = now + sayEveryMs;
      }
    }
    await pause(betweenMs);
  }
}

function gaveUp(wait: DatabaseWait, cause: unknown): Error {
  const { milliseconds } = wait;
  return new Error(
    `${nameOf(wait)} could not be used within ${seconds(milliseconds)}: ${reasonOf(cause)}. Start it or correct DATABASE_URL, then start the hub again; DATABASE_WAIT_MS says how long to wait.`,
    { cause },
  );
}

/** Without the password that the url holds. */
function nameOf({ url }: DatabaseWait): string {
  return `PostgreSQL at ${new URL(url).host}`;
}

/** A host with two addresses that both refuse gives an error without a message. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.message || ('code' in error ? String(error.code) : error.name);
}

function seconds(milliseconds: number): string {
  return `${Math.ceil(milliseconds / 1_000)} s`;
}
