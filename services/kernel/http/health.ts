import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Database } from '../database/database.js';
import { statement } from '../database/statement.js';

export interface Checked {
  readonly name: string;
  readonly database?: Database;
  /** For a part without a database: whether it can do its work. */
  ready?(): Promise<boolean>;
}

/** For balancers that ask on a connection they keep: whoever is about to end is not ready, though it answers. */
export function notStopping(stopping: AbortSignal): Checked {
  return { name: 'stopping', ready: async () => !stopping.aborted };
}

const ping = statement('SELECT 1 AS one');
const patienceMs = 2_000;

/**
 * `/health`: the process lives. `/ready`: each of its parts can answer now; 503 with the names of those that cannot otherwise.
 * False when the request asks for something else.
 */
export async function answerHealth(
  request: IncomingMessage,
  response: ServerResponse,
  parts: readonly Checked[],
): Promise<boolean> {
  const path = request.url?.split('?')[0];
  if (path !== '/health' && path !== '/ready') return false;
  const failing = path === '/health' ? [] : await namesOfFailing(parts);
  response.writeHead(failing.length === 0 ? 200 : 503, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ status: failing.length === 0 ? 'ok' : 'unavailable', failing }));
  return true;
}

async function namesOfFailing(parts: readonly Checked[]): Promise<string[]> {
  const answers = await Promise.all(parts.map(async (part) => ((await isReady(part)) ? [] : [part.name])));
  return answers.flat();
}

async function isReady(part: Checked): Promise<boolean> {
  const check = part.ready ? part.ready() : part.database?.read(ping).then(() => true);
  if (!check) return true;
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, patienceMs, false);
  });
  try {
    return await Promise.race([check, tooLong]);
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}
