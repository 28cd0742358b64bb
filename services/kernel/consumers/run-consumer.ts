import type { Logger } from 'pino';
import { system } from '../auth/viewer.js';
import type { Database } from '../database/database.js';
import { isOutage, sqlState } from '../database/outage.js';
import { statement } from '../database/statement.js';
import { beforeAllEvents, comparePositions, type EventPosition, type HubEvent } from '../events/event.js';
import type { EventReader } from '../events/event-log.js';
import type { MintId } from '../ids/id.js';
import type { Clock } from '../runtime/clock.js';
import type { Wake } from '../runtime/wake.js';
import { type Write, write } from '../write/write.js';
import type { Consumer } from './consumer.js';
import { claimLetter, type DeadLetter, dueLetters, failLetter, parkEvent, resolveLetter } from './dead-letter.js';

export interface ConsumerSettings {
  readonly consumer: Consumer;
  readonly database: Database;
  readonly reader: EventReader;
  /** Notified when the log of the source may have grown. */
  readonly wake: Wake;
  readonly now: Clock;
  readonly newId: MintId;
  readonly secret: string;
  readonly log: Logger;
  readonly committed: () => void;
}

export interface RunningConsumer {
  readonly name: string;
  /** Resolves when everything committed before the call was handled, or after the time. */
  catchUp(milliseconds: number): Promise<boolean>;
  stop(): Promise<void>;
}

/** What one look into the log passes over at most; what nobody wants stays in the database. */
const lookSize = 2_000;
/** What is handled in one transaction at most: while it runs, the followers of this service's log wait. */
const batchSize = 200;
/** Processes that share no wake-up find new events by looking: often while there is something to do, rarely otherwise. */
const busyPollMs = 10;
const idlePollMs = 100;
const undefinedTable = '42P01';
const insufficientPrivilege = '42501';
/** A service that starts beside this one opens its log to others within moments; a right that is still missing then was taken. */
const rightsPatienceMs = 60_000;

export function runConsumer(settings: ConsumerSettings): RunningConsumer {
  const stopping = new AbortController();
  const loop = follow(settings, stopping.signal);
  return {
    name: settings.consumer.name,
    catchUp: (milliseconds) => catchUp(settings, milliseconds),
    async stop() {
      stopping.abort();
      await loop;
    },
  };
}

async function follow(settings: ConsumerSettings, signal: AbortSignal): Promise<void> {
  const since = performance.now();
  let idleRounds = 0;
  while (!signal.aborted) {
    try {
      const moved = await step(settings);
      const retried = await retryDue(settings);
      if (moved) idleRounds = 0;
      else if (!retried) await settings.wake.wait(idleRounds++ < 10 ? busyPollMs : idlePollMs, signal);
    } catch (error) {
      if (isNotMadeYet(error, since)) {
        // The service it follows was never started, or is just starting: until it has, there is nothing to do.
        await settings.wake.wait(idlePollMs, signal);
        continue;
      }
      settings.log.error({ err: error, consumer: settings.consumer.name }, 'consumer failed; it tries again');
      await settings.wake.wait(1_000, signal);
    }
  }
}

function isNotMadeYet(error: unknown, since: number): boolean {
  const state = sqlState(error);
  const isNew = performance.now() - since < rightsPatienceMs;
  return state === undefinedTable || (state === insufficientPrivilege && isNew);
}

/** Handles the next batch; false when there was none. */
async function step(settings: ConsumerSettings): Promise<boolean> {
  const from = await cursorOf(settings);
  const { events, reached } = await settings.reader.readOf(settings.consumer.types, from, lookSize);
  if (!reached) return false;
  const batch = events.slice(0, settings.consumer.atOnce ?? batchSize);
  const to = batch.length < events.length ? (batch.at(-1)?.position ?? reached) : reached;
  try {
    await handle(settings, from, batch, to);
  } catch (error) {
    if (isOutage(error)) throw error;
    await handleOneByOne(settings, from, batch, to);
  }
  return true;
}

async function handle(
  settings: ConsumerSettings,
  from: EventPosition,
  events: readonly HubEvent[],
  to: EventPosition,
): Promise<void> {
  // Who only moves on over what others want needs no turn.
  const inTurn = events.length > 0 ? settings.consumer.inTurn : undefined;
  await inTransaction(settings, inTurn, async (tx) => {
    if (!(await moveCursor(settings, tx, from, to))) return;
    if (events.length > 0) await settings.consumer.handle(events, tx, settings);
  });
}

/** After a batch failed: each event alone, and those that fail alone are parked so that the rest is not held up. */
async function handleOneByOne(
  settings: ConsumerSettings,
  start: EventPosition,
  events: readonly HubEvent[],
  end: EventPosition,
): Promise<void> {
  let from = start;
  for (const event of events) {
    try {
      await handle(settings, from, [event], event.position);
    } catch (error) {
      if (isOutage(error)) throw error;
      settings.log.warn(
        { err: error, consumer: settings.consumer.name, event: event.id },
        'event parked for later attempts',
      );
      const position = from;
      await inTransaction(settings, undefined, async (tx) => {
        if (await moveCursor(settings, tx, position, event.position))
          await parkEvent(tx, settings.consumer.name, event, error, settings.now());
      });
    }
    from = event.position;
  }
  if (comparePositions(from, end) < 0) await handle(settings, from, [], end);
}

async function retryDue(settings: ConsumerSettings): Promise<boolean> {
  const letters = await dueLetters(settings.database, settings.consumer.name, settings.now());
  for (const letter of letters) await retry(settings, letter);
  return letters.length > 0;
}

async function retry(settings: ConsumerSettings, letter: DeadLetter): Promise<void> {
  try {
    await inTransaction(settings, settings.consumer.inTurn, async (tx) => {
      if (!(await claimLetter(tx, letter))) return;
      await settings.consumer.handle([letter.event], tx, settings);
      await resolveLetter(tx, letter);
    });
  } catch (error) {
    if (isOutage(error)) throw error;
    const dead = await failLetter(settings.database, letter, error, settings.now());
    if (dead)
      settings.log.error(
        { err: error, consumer: letter.consumer, event: letter.event.id },
        'event given up: see the dead letters',
      );
  }
}

const currentCursor = statement(
  'SELECT epoch, xid::text AS xid, seq::text AS seq FROM consumer_cursor WHERE name = $1',
);
// Compare and set: where two processes run the same consumer, the one that comes second finds the cursor moved and does nothing.
const move = statement(`
  INSERT INTO consumer_cursor AS c (name, epoch, xid, seq, moved_at) VALUES ($1, $5, $6::text::xid8, $7, $8)
  ON CONFLICT (name) DO UPDATE SET epoch = excluded.epoch, xid = excluded.xid, seq = excluded.seq, moved_at = excluded.moved_at
    WHERE (c.epoch, c.xid, c.seq) = ($2::integer, $3::text::xid8, $4::bigint)
  RETURNING name`);

async function cursorOf({ database, consumer }: ConsumerSettings): Promise<EventPosition> {
  const [row] = await database.read<EventPosition>(currentCursor, [consumer.name]);
  return row ?? beforeAllEvents;
}

async function moveCursor(
  { consumer, now }: ConsumerSettings,
  tx: Write,
  from: EventPosition,
  to: EventPosition,
): Promise<boolean> {
  const moved = await tx.run(move, [consumer.name, from.epoch, from.xid, from.seq, to.epoch, to.xid, to.seq, now()]);
  return moved.length > 0;
}

async function inTransaction(
  settings: ConsumerSettings,
  inTurn: string | undefined,
  work: (tx: Write) => Promise<void>,
): Promise<void> {
  const { database, now, newId, committed, consumer } = settings;
  const operation = { name: consumer.name, input: {}, ...(inTurn === undefined ? {} : { inTurn }) };
  await write({ database, viewer: system, now, newId, committed }, operation, work);
}

async function catchUp(settings: ConsumerSettings, milliseconds: number): Promise<boolean> {
  const deadline = Date.now() + milliseconds;
  const goal = await settings.reader.newest();
  const never = new AbortController().signal;
  for (;;) {
    const [cursor, head] = await Promise.all([cursorOf(settings), settings.reader.head()]);
    const settled = comparePositions(head, goal) >= 0;
    if (settled && (comparePositions(cursor, goal) >= 0 || (await settings.reader.read(cursor, 1)).length === 0))
      return true;
    if (Date.now() >= deadline) return false;
    await settings.wake.wait(busyPollMs, never);
  }
}
