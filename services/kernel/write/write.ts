import { keepOrigin, type Origin } from '../audit/origin.js';
import { type Viewer, viewerName } from '../auth/viewer.js';
import type { Database, DatabaseTransaction } from '../database/database.js';
import { sqlState } from '../database/outage.js';
import { statement } from '../database/statement.js';
import type { EventPosition, NewEvent } from '../events/event.js';
import { insertIntoLog, type StoredEvent } from '../events/event-log.js';
import type { MintId } from '../ids/id.js';
import type { Clock } from '../runtime/clock.js';
import { claimKey, type IdempotentCall, keepResult } from './idempotency.js';

/** A transaction in which state changes and its events are appended: both are kept, or neither. */
export interface Write extends DatabaseTransaction {
  append(event: NewEvent): void;
}

export interface WriteOperation {
  /** Name of the mutation; idempotency keys of different mutations do not meet. */
  readonly name: string;
  readonly input: { readonly idempotencyKey?: string | null };
  /** Changes of one thing, or of several, that followers must see in the order they happened name it here: they take turns. */
  readonly inTurn?: string | readonly string[];
}

export interface Written<Result> {
  readonly result: Result;
  /** Position of the last event of this write; null when nothing changed. */
  readonly position: EventPosition | null;
}

export interface WriteSettings {
  readonly database: Database;
  readonly viewer: Viewer;
  readonly now: Clock;
  readonly newId: MintId;
  /** The request that asks for the change; absent where the hub acts by itself. */
  readonly origin?: Origin;
  /** Called after a commit that appended events. */
  readonly committed: () => void;
}

// Taken before anything is written: whoever waits here has no transaction number yet, so the log, which is in the order of those
// numbers, shows the turns in their order. A lock of the row alone would not do: its waiters have their numbers already.
const takeTurn = statement(
  'SELECT pg_advisory_xact_lock(hashtextextended(name, 0)) FROM (SELECT unnest($1::text[]) AS name ORDER BY 1) turns',
);

/** Takes turns with all who name one of these; to be called before the transaction writes anything. */
export async function takeTurns(tx: DatabaseTransaction, names: readonly string[]): Promise<void> {
  if (names.length > 0) await tx.run(takeTurn, [names]);
}

/** Deadlock and serialization failure: PostgreSQL took everything back and asks to try again. */
const retryable = new Set(['40P01', '40001']);
const attempts = 4;

/**
 * Runs a change, its events and its idempotency row in one short transaction. `Result` must survive JSON: a repeated call with
 * the same idempotency key gives the kept one.
 */
export async function write<Result>(
  settings: WriteSettings,
  operation: WriteOperation,
  work: (tx: Write) => Promise<Result>,
): Promise<Written<Result>> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const written = await settings.database.transaction((tx) => once(settings, operation, work, tx));
      if (written.position) settings.committed();
      return written;
    } catch (error) {
      if (attempt >= attempts || !retryable.has(sqlState(error) ?? '')) throw error;
    }
  }
}

async function once<Result>(
  settings: WriteSettings,
  operation: WriteOperation,
  work: (tx: Write) => Promise<Result>,
  tx: DatabaseTransaction,
): Promise<Written<Result>> {
  await takeTurns(tx, [operation.inTurn ?? []].flat());
  const call = idempotentCall(settings, operation);
  const before = call && (await claimKey(tx, call));
  if (before) return { result: before.result as Result, position: before.position };
  const events: StoredEvent[] = [];
  const result = await work({ ...tx, append: (event) => void events.push(complete(event, settings)) });
  const position = await insertIntoLog(tx, events);
  if (settings.origin) await keepOrigin(tx, events, settings.origin, settings.now());
  if (call) await keepResult(tx, call, result, position);
  return { result, position };
}

function idempotentCall(settings: WriteSettings, { name, input }: WriteOperation): IdempotentCall | undefined {
  const key = input.idempotencyKey;
  if (key === undefined || key === null) return undefined;
  return { viewer: settings.viewer, operation: name, key, input, now: settings.now() };
}

function complete(event: NewEvent, { viewer, now, newId }: WriteSettings): StoredEvent {
  const self = viewer.kind === 'person' || viewer.kind === 'client' ? viewerName(viewer) : null;
  return {
    id: newId('Event'),
    type: event.type,
    subject: event.subject,
    time: event.time ?? now(),
    actor: event.actor === undefined ? self : event.actor,
    space: event.space ?? null,
    causation: event.causation ?? [],
    data: event.data,
  };
}
