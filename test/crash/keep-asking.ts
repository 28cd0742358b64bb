import { setTimeout as pause } from 'node:timers/promises';
import type { TestClient } from '../hub/graphql-client.js';

/** What somebody got who asked all the time. */
export interface Answers {
  readonly milliseconds: readonly number[];
  /** What was wrong with each answer that was not whole, or did not come. */
  readonly failures: readonly string[];
}

export interface Asking {
  stop(): Promise<Answers>;
}

/** It takes all three services. */
const question = '{ viewer { person { name } } ideas(first: 1) { totalCount } conversations(first: 1) { totalCount } }';
const betweenMs = 20;

export function keepAsking(client: TestClient): Asking {
  const stopping = new AbortController();
  const asking = ask(client, stopping.signal);
  return {
    stop() {
      stopping.abort();
      return asking;
    },
  };
}

async function ask(client: TestClient, stopping: AbortSignal): Promise<Answers> {
  const milliseconds: number[] = [];
  const failures: string[] = [];
  while (!stopping.aborted) {
    const asked = performance.now();
    await client.run(question).catch((error: unknown) => failures.push(String(error)));
    milliseconds.push(performance.now() - asked);
    await pause(betweenMs);
  }
  return { milliseconds, failures };
}
