import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe } from 'node:diagnostics_channel';
import type { Database } from '#kernel/database/database.js';

/** Set in everything that a request over HTTP causes in this process. Consumers work for themselves, whenever they come to it. */
const requests = new AsyncLocalStorage<true>();
subscribe('http.server.request.start', () => requests.enterWith(true));

/** Frames of transactions, and what every write brings along. */
const ofEveryWrite = /\.event|dead_letter|pg_advisory_xact_lock|TRANSACTION|COMMIT|ROLLBACK/;

/** Counts the statements that requests send to this database, until the function that is given back tells how many there were. */
export function countOfRequests({ statements }: Pick<Database, 'statements'>): () => number {
  let count = 0;
  const deaf = statements.listen((text) => {
    if (requests.getStore() && !ofEveryWrite.test(text)) count += 1;
  });
  return () => {
    deaf();
    return count;
  };
}
