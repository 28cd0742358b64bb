import type { Logger } from 'pino';
import type { Database } from '../database/database.js';
import { type Statement, statement } from '../database/statement.js';
import { every } from '../runtime/schedule.js';

/** From here on somebody who listens notices. */
const alarmSeconds = 5;
const lookEveryMs = 1_000;

/**
 * Readers of the log stop below the oldest transaction that is open anywhere on the server. The age of the first event they may
 * not pass; 0 when there is none. Nothing is held back while nothing is written, however long a transaction lasts.
 */
export async function heldBackSeconds(database: Database): Promise<number> {
  const [row] = await database.read<{ seconds: number }>(firstHeldBack(database.schema));
  return row?.seconds ?? 0;
}

function firstHeldBack(schema: string): Statement {
  return statement(`
    SELECT greatest(0, extract(epoch FROM clock_timestamp() - e.recorded_at))::double precision AS seconds
    FROM ${schema}.event e
    WHERE e.epoch = (SELECT max(number) FROM ${schema}.event_epoch) AND e.xid >= pg_snapshot_xmin(pg_current_snapshot())
    ORDER BY e.epoch, e.xid, e.seq LIMIT 1`);
}

/** Says in the log when events are held back for longer than anybody should wait, by whom, and when it is over. */
export function watchHeldBackEvents(database: Database, log: Logger): { stop(): void } {
  let alarmed = false;
  const look = async () => {
    const seconds = await heldBackSeconds(database);
    if (seconds >= alarmSeconds && !alarmed) {
      const holder = await holderOf(database);
      log.warn(
        { seconds, holder },
        'events are held back by an old transaction: see "long write transaction" in docs/operations.md',
      );
    }
    if (seconds < alarmSeconds && alarmed) log.info('events are no longer held back');
    alarmed = seconds >= alarmSeconds;
  };
  // An outage is reported by those who have to write; here it only means that there is nothing to see.
  return every(lookEveryMs, look, () => undefined);
}

interface Holder {
  /** Null for a prepared transaction, which no process runs. */
  readonly pid: number | null;
  readonly database: string | null;
  readonly user: string | null;
  readonly application: string | null;
}

// Every writing transaction holds a lock on its own number, which anybody may see.
const oldest = statement(`
  SELECT l.pid, a.datname AS database, a.usename AS "user", a.application_name AS application
  FROM pg_locks l LEFT JOIN pg_stat_activity a ON a.pid = l.pid
  WHERE l.locktype = 'transactionid' AND l.mode = 'ExclusiveLock' AND l.granted
  ORDER BY age(l.transactionid) DESC LIMIT 1`);

/** Whose transaction it is; its statement may hold what somebody wrote, so it is not asked for. */
async function holderOf(database: Database): Promise<Holder | undefined> {
  return (await database.read<Holder>(oldest))[0];
}
