import { createHash, randomBytes } from 'node:crypto';
import type { Database } from '../database/database.js';
import { statement } from '../database/statement.js';

const lock = statement('LOCK TABLE event_epoch IN EXCLUSIVE MODE');
const newest = statement('SELECT number, label, fingerprint FROM event_epoch ORDER BY number DESC LIMIT 1');
const begin = statement('INSERT INTO event_epoch (number, label, fingerprint) VALUES ($1, $2, $3)');
// A restore into another server or database and a promotion each change one of these three; a restart or a crash changes none.
const life = statement(`
  SELECT (SELECT system_identifier FROM pg_control_system())::text || ':' ||
         (SELECT timeline_id FROM pg_control_checkpoint())::text || ':' ||
         (SELECT oid FROM pg_database WHERE datname = current_database())::text AS fingerprint`);

/**
 * Begins a new epoch when the database lives another life than the one that wrote the log, so that transaction numbers of the
 * two are never compared and cursors of the other life are recognised.
 */
export async function ensureEpoch(database: Database): Promise<void> {
  await database.transaction(async (tx) => {
    await tx.run(lock);
    const [current] = await tx.run<{ number: number; fingerprint: string }>(newest);
    const [now] = await tx.run<{ fingerprint: string }>(life);
    if (now === undefined || current?.fingerprint === now.fingerprint) return;
    const label = createHash('sha256').update(randomBytes(16)).update(now.fingerprint).digest('base64url').slice(0, 8);
    await tx.run(begin, [(current?.number ?? 0) + 1, label, now.fingerprint]);
  });
}
