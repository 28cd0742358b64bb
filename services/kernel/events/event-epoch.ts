import { createHash, randomBytes } from 'node:crypto';
import type { PoolClient } from 'pg';
import type { Database } from '../database/database.js';
import { type Statement, statement } from '../database/statement.js';

const lock = statement('LOCK TABLE event_epoch IN EXCLUSIVE MODE');
const newest = statement('SELECT number, label, fingerprint FROM event_epoch ORDER BY number DESC LIMIT 1');
const begin = statement('INSERT INTO event_epoch (number, label, fingerprint) VALUES ($1, $2, $3)');
// A restore into another server or database, a restore of a backup and a promotion each change one of these three; a restart or a
// crash changes none. The timeline is the one that is written now: that of the last checkpoint lags behind a promotion.
const life = statement(`
  SELECT (SELECT system_identifier FROM pg_control_system())::text || ':' ||
         CASE WHEN pg_is_in_recovery() THEN (SELECT timeline_id FROM pg_control_checkpoint())
              ELSE ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::integer END || ':' ||
         (SELECT oid FROM pg_database WHERE datname = current_database())::text AS fingerprint`);

type Run = <Row>(statement: Statement, values?: readonly unknown[]) => Promise<Row[]>;

/**
 * Begins a new epoch when the database lives another life than the one that wrote the log, so that transaction numbers of the
 * two are never compared and cursors of the other life are recognised. Gives what this life is known by.
 */
export function ensureEpoch(database: Database): Promise<string> {
  return database.transaction((tx) => ensureWithin(tx.run));
}

async function ensureWithin(run: Run): Promise<string> {
  await run(lock);
  const [current] = await run<{ number: number; fingerprint: string }>(newest);
  const now = await fingerprintBy(run);
  if (current?.fingerprint === now) return now;
  const label = createHash('sha256').update(randomBytes(16)).update(now).digest('base64url').slice(0, 8);
  await run(begin, [(current?.number ?? 0) + 1, label, now]);
  return now;
}

/**
 * Notices that the database began another life under a running process. No connection outlives a restore or a promotion, so it is
 * enough to look once on each new one, before it is used: nothing is ever written into the epoch of a life that is over.
 */
export class EpochWatch {
  private known: string | undefined;
  private changed: () => void = () => undefined;

  /** To be called for every new connection. */
  readonly check = async (client: PoolClient): Promise<void> => {
    if (this.known === undefined) return;
    const run: Run = async (text, values = []) => (await client.query({ ...text, values: [...values] })).rows;
    if ((await fingerprintBy(run)) === this.known) return;
    await client.query('BEGIN');
    const now = await ensureWithin(run);
    await client.query('COMMIT');
    if (now === this.known) return;
    this.known = now;
    this.changed();
  };

  /** From now on, with this life. */
  begin(fingerprint: string, changed: () => void): void {
    this.known = fingerprint;
    this.changed = changed;
  }
}

async function fingerprintBy(run: Run): Promise<string> {
  const [row] = await run<{ fingerprint: string }>(life);
  if (!row) throw new Error('PostgreSQL does not say which server it is; the event log needs to know.');
  return row.fingerprint;
}
