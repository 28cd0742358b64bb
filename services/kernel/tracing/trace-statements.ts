import { AsyncLocalStorage } from 'node:async_hooks';
import type { StatementCounter } from '../database/statement-counter.js';

/** Statements sent for one execution. Those of TypeORM are told without saying for whom, so who asks is found by this. */
interface Tally {
  statements: number;
}

const tallies = new AsyncLocalStorage<Tally>();

/** Lets the executions that are traced know of their statements; called only where tracing is on. */
export function traceStatements(counter: StatementCounter): () => void {
  return counter.listen(() => {
    const tally = tallies.getStore();
    if (tally) tally.statements += 1;
  });
}

export async function withStatements<Result>(
  work: () => Promise<Result>,
  counted: (statements: number) => void,
): Promise<Result> {
  const tally: Tally = { statements: 0 };
  try {
    return await tallies.run(tally, work);
  } finally {
    counted(tally.statements);
  }
}
