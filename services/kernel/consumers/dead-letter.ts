import type { Database } from '../database/database.js';
import { statement } from '../database/statement.js';
import type { HubEvent } from '../events/event.js';
import type { Write } from '../write/write.js';

/** With delays of 0.25 s, doubling, the eighth attempt comes about 32 s after the first: well within two minutes. */
const maxAttempts = 8;
const firstDelayMs = 250;

export interface DeadLetter {
  readonly consumer: string;
  readonly event: HubEvent;
  readonly attempts: number;
  readonly nextAttemptAt: Date;
}

const park = statement(`
  INSERT INTO dead_letter (consumer, event_id, event, error, attempts, first_failed_at, next_attempt_at)
  VALUES ($1, $2, $3, $4, 1, $5, $6)
  ON CONFLICT (consumer, event_id) DO NOTHING`);
const next = statement(`
  SELECT consumer, event, attempts, next_attempt_at AS "nextAttemptAt" FROM dead_letter
  WHERE consumer = $1 AND next_attempt_at IS NOT NULL ORDER BY next_attempt_at LIMIT 20`);
const claim = statement(
  'SELECT 1 FROM dead_letter WHERE consumer = $1 AND event_id = $2 AND attempts = $3 AND next_attempt_at IS NOT NULL FOR UPDATE SKIP LOCKED',
);
const resolve = statement('DELETE FROM dead_letter WHERE consumer = $1 AND event_id = $2');
// Not if somebody asked for another attempt meanwhile: theirs is still to come.
const failAgain = statement(`
  UPDATE dead_letter SET attempts = $4, error = $5, next_attempt_at = $6
  WHERE consumer = $1 AND event_id = $2 AND attempts = $3`);
const again = statement(
  'UPDATE dead_letter SET attempts = 0, next_attempt_at = $2 WHERE event_id = $1 RETURNING consumer',
);

/** Sets an event aside for later attempts, so that the events behind it go on at once. */
export async function parkEvent(
  tx: Write,
  consumer: string,
  event: HubEvent,
  error: unknown,
  now: Date,
): Promise<void> {
  await tx.run(park, [consumer, event.id, JSON.stringify(event), messageOf(error), now, after(now, 1)]);
}

/** Those that are to be tried again, the one whose time comes first at the head. */
export async function nextLetters(database: Database, consumer: string): Promise<DeadLetter[]> {
  const rows = await database.read<DeadLetter>(next, [consumer]);
  return rows.map((row) => ({ ...row, event: { ...row.event, time: new Date(row.event.time) } }));
}

/** Whether this transaction may retry the letter: nobody else is at it, or has been since it was read. */
export async function claimLetter(tx: Write, letter: DeadLetter): Promise<boolean> {
  return (await tx.run(claim, [letter.consumer, letter.event.id, letter.attempts])).length > 0;
}

export async function resolveLetter(tx: Write, letter: DeadLetter): Promise<void> {
  await tx.run(resolve, [letter.consumer, letter.event.id]);
}

/** Plans the next attempt; after the last one the letter stays, dead, until somebody asks for it to be tried again. */
export async function failLetter(database: Database, letter: DeadLetter, error: unknown, now: Date): Promise<boolean> {
  const attempts = letter.attempts + 1;
  const dead = attempts >= maxAttempts;
  await database.read(failAgain, [
    letter.consumer,
    letter.event.id,
    letter.attempts,
    attempts,
    messageOf(error),
    dead ? null : after(now, attempts),
  ]);
  return dead;
}

/** Lets the consumers try an event again; the names of those that had given it up or wait for it. */
export async function retryLetter(database: Database, eventId: string, now: Date): Promise<string[]> {
  const rows = await database.read<{ consumer: string }>(again, [eventId, now]);
  return rows.map((row) => row.consumer);
}

/** An event that was set aside, as an operator sees it. */
export interface ParkedEvent {
  readonly event: string;
  readonly type: string;
  readonly consumer: string;
  readonly error: string;
  readonly attempts: number;
  readonly firstFailedAt: Date;
  readonly nextAttemptAt: Date | null;
}

const list = statement(`
  SELECT event_id AS event, event->>'type' AS type, consumer, error, attempts, first_failed_at AS "firstFailedAt",
    next_attempt_at AS "nextAttemptAt"
  FROM dead_letter ORDER BY next_attempt_at IS NOT NULL, first_failed_at, event_id LIMIT 100`);

/** Those given up first: they wait for somebody. */
export function listLetters(database: Database): Promise<ParkedEvent[]> {
  return database.read<ParkedEvent>(list);
}

function after(now: Date, attempts: number): Date {
  return new Date(now.getTime() + firstDelayMs * 2 ** (attempts - 1));
}

function messageOf(error: unknown): string {
  return (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).slice(0, 2_000);
}
