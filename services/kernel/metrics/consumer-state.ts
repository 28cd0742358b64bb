import type { Database } from '../database/database.js';
import { type Statement, statement } from '../database/statement.js';

export interface ConsumerState {
  readonly name: string;
  readonly source: string;
  /** Age of the oldest event it has not looked at; 0 when it is up to date. */
  readonly lagSeconds: number;
  /** Events set aside that will be tried again. */
  readonly waiting: number;
  readonly givenUp: number;
}

interface Watched {
  readonly database: Database;
  readonly consumers: readonly { readonly name: string; readonly source: string }[];
}

/** How far the consumers of a service have come, each by one look at the index of the log it follows. */
export function lookAtConsumers({ database, consumers }: Watched): Promise<ConsumerState[]> {
  return Promise.all(
    consumers.map(async ({ name, source }) => {
      const [row] = await database.read<Omit<ConsumerState, 'name' | 'source'>>(stateOf(source), [name]);
      return { name, source, lagSeconds: 0, waiting: 0, givenUp: 0, ...row };
    }),
  );
}

function stateOf(source: string): Statement {
  return statement(`
    SELECT coalesce((
        SELECT greatest(0, extract(epoch FROM clock_timestamp() - e.recorded_at))::double precision FROM ${source}.event e
        WHERE (e.epoch, e.xid, e.seq) > (coalesce(c.epoch, 0), coalesce(c.xid, '0'::xid8), coalesce(c.seq, 0))
        ORDER BY e.epoch, e.xid, e.seq LIMIT 1), 0) AS "lagSeconds",
      (SELECT count(*)::integer FROM dead_letter WHERE consumer = $1 AND next_attempt_at IS NOT NULL) AS waiting,
      (SELECT count(*)::integer FROM dead_letter WHERE consumer = $1 AND next_attempt_at IS NULL) AS "givenUp"
    FROM (SELECT $1::text AS name) wanted LEFT JOIN consumer_cursor c ON c.name = wanted.name`);
}
