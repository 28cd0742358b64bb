import type { Logger } from 'pino';
import { system } from '../auth/viewer.js';
import type { Database } from '../database/database.js';
import { isOutage, sqlState } from '../database/outage.js';
import { comparePositions, type EventPosition, type HubEvent } from '../events/event.js';
import type { EventReader } from '../events/event-log.js';
import type { LogWatch } from '../events/log-watch.js';
import type { MintId } from '../ids/id.js';
import type { Clock } from '../runtime/clock.js';
import { type Write, write } from '../write/write.js';
import type { Consumer } from './consumer.js';
import { ConsumerPlace } from './consumer-place.js';
import { claimLetter, type DeadLetter, failLetter, nextLetters, parkEvent, resolveLetter } from './dead-letter.js';

export interface ConsumerSettings {
  readonly consumer: Consumer;
  readonly database: Database;
  readonly reader: EventReader;
  readonly watch: LogWatch;
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
/** How long it goes without looking for itself, and without storing how far it has passed over what concerns nobody. */
const patienceMs = 1_000;
/** The shortest time between two attempts at an event that was set aside. */
const betweenAttemptsMs = 250;
/** While somebody waits for it. */
const impatienceMs = 10;
const undefinedTable = '42P01';
const insufficientPrivilege = '42501';
/** A service that starts beside this one opens its log to others within moments; a right that is still missing then was taken. */
const rightsPatienceMs = 60_000;

interface Following extends ConsumerSettings {
  readonly place: ConsumerPlace;
}

export function runConsumer(settings: ConsumerSettings): RunningConsumer {
  const { database, consumer } = settings;
  const stopping = new AbortController();
  const following = { ...settings, place: new ConsumerPlace(database, consumer.name) };
  const loop = follow(following, stopping.signal);
  return {
    name: consumer.name,
    catchUp: (milliseconds) => catchUp(following, milliseconds),
    async stop() {
      stopping.abort();
      await loop;
    },
  };
}

async function follow(following: Following, signal: AbortSignal): Promise<void> {
  const { watch, log, consumer } = following;
  const since = performance.now();
  while (!signal.aborted) {
    try {
      const seen = watch.position();
      const moved = await step(following);
      const pauseMs = await retryDue(following);
      const hasMore = moved || comparePositions(seen, watch.position()) !== 0;
      if (!hasMore && pauseMs > 0) await watch.wait(pauseMs, signal);
    } catch (error) {
      // The service it follows was never started, or is just starting: until it has, there is nothing to do.
      if (!isNotMadeYet(error, since))
        log.error({ err: error, consumer: consumer.name }, 'consumer failed; it tries again');
      await watch.wait(patienceMs, signal);
    }
  }
}

function isNotMadeYet(error: unknown, since: number): boolean {
  const state = sqlState(error);
  const isNew = performance.now() - since < rightsPatienceMs;
  return state === undefinedTable || (state === insufficientPrivilege && isNew);
}

/** Handles the next batch; false when there was nothing to look at. */
async function step(following: Following): Promise<boolean> {
  const { reader, consumer, place } = following;
  const { stored, from } = await place.find();
  const { events, reached } = await reader.readOf(consumer.types, from, lookSize);
  if (events.length === 0) {
    if (reached) place.passOver(stored, reached);
    if (place.isToBeStored) await handle(following, stored, [], reached ?? from);
    return reached !== undefined;
  }
  const batch = events.slice(0, consumer.atOnce ?? batchSize);
  const to = batch.length < events.length ? batch.at(-1)?.position : reached;
  if (!to) return false;
  try {
    await handle(following, stored, batch, to);
  } catch (error) {
    if (isOutage(error)) throw error;
    await handleOneByOne(following, stored, batch, to);
  }
  return true;
}

async function handle(
  following: Following,
  from: EventPosition,
  events: readonly HubEvent[],
  to: EventPosition,
): Promise<void> {
  const { consumer, place, now } = following;
  // Who only moves on over what others want needs no turn.
  const inTurn = events.length > 0 ? consumer.inTurn : undefined;
  await inTransaction(following, inTurn, async (tx) => {
    if (!(await place.move(tx, from, to, now()))) return;
    if (events.length > 0) await consumer.handle(events, tx, following);
  });
}

/** After a batch failed: each event alone, and those that fail alone are parked so that the rest is not held up. */
async function handleOneByOne(
  following: Following,
  start: EventPosition,
  events: readonly HubEvent[],
  end: EventPosition,
): Promise<void> {
  const { consumer, place, now, log } = following;
  let from = start;
  for (const event of events) {
    try {
      await handle(following, from, [event], event.position);
    } catch (error) {
      if (isOutage(error)) throw error;
      log.warn({ err: error, consumer: consumer.name, event: event.id }, 'event parked for later attempts');
      const position = from;
      await inTransaction(following, undefined, async (tx) => {
        if (await place.move(tx, position, event.position, now()))
          await parkEvent(tx, consumer.name, event, error, now());
      });
    }
    from = event.position;
  }
  if (comparePositions(from, end) < 0) await handle(following, from, [], end);
}

/** Tries the events again whose time has come. Gives the milliseconds until the next one's has: 0 when some were tried. */
async function retryDue(following: Following): Promise<number> {
  const { database, consumer, now } = following;
  const letters = await nextLetters(database, consumer.name);
  const due = letters.filter(({ nextAttemptAt }) => nextAttemptAt <= now());
  for (const letter of due) await retry(following, letter);
  return due.length > 0 ? 0 : letters.length > 0 ? betweenAttemptsMs : patienceMs;
}

async function retry(following: Following, letter: DeadLetter): Promise<void> {
  const { database, consumer, now, log } = following;
  try {
    await inTransaction(following, consumer.inTurn, async (tx) => {
      if (!(await claimLetter(tx, letter))) return;
      await consumer.handle([letter.event], tx, following);
      await resolveLetter(tx, letter);
    });
  } catch (error) {
    if (isOutage(error)) throw error;
    const dead = await failLetter(database, letter, error, now());
    if (dead)
      log.error(
        { err: error, consumer: letter.consumer, event: letter.event.id },
        'event given up: see the dead letters',
      );
  }
}

async function inTransaction(
  following: Following,
  inTurn: string | undefined,
  work: (tx: Write) => Promise<void>,
): Promise<void> {
  const { database, now, newId, committed, consumer } = following;
  const operation = { name: consumer.name, input: {}, ...(inTurn === undefined ? {} : { inTurn }) };
  await write({ database, viewer: system, now, newId, committed }, operation, work);
}

async function catchUp({ reader, place, watch }: Following, milliseconds: number): Promise<boolean> {
  const deadline = Date.now() + milliseconds;
  const goal = await reader.newest();
  const never = new AbortController().signal;
  for (;;) {
    const [{ from }, head] = await Promise.all([place.find(), reader.head()]);
    const settled = comparePositions(head, goal) >= 0;
    if (settled && (comparePositions(from, goal) >= 0 || (await reader.read(from, 1)).length === 0)) return true;
    if (Date.now() >= deadline) return false;
    await watch.wait(impatienceMs, never);
  }
}
