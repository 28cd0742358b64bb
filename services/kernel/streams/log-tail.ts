import type { Logger } from 'pino';
import { requestError } from '../errors/request-error.js';
import { beforeAllEvents, comparePositions, type EventPosition, type HubEvent } from '../events/event.js';
import type { EventReader } from '../events/event-log.js';
import { createWake, type Wake } from '../runtime/wake.js';

/**
 * The newest events of a log, read once for everybody in this process who follows it. Whoever is no further behind than the
 * events kept here is served from memory: a thousand clients that come back at once cost no statement.
 */
export interface LogTail {
  /** Everything up to here was read. */
  position(): EventPosition;
  /** The next events after the position, oldest first; undefined when it lies before the oldest kept, so that only the log knows. */
  after(position: EventPosition): readonly HubEvent[] | undefined;
  /** Whether it is a place in what is kept: nobody who goes on from there needs the log. */
  holds(position: EventPosition): boolean;
  /** Resolves when there may be something new, or after the time; fails when the service stops, which no stream may take for its end. */
  wait(milliseconds: number, signal: AbortSignal): Promise<void>;
  /** Which life of the database this is, counted from the start of the process: whoever reads on in another one would miss what is gone. */
  readonly life: number;
  /** The database began another life: nothing read before counts any more. */
  beginLife(): void;
  stop(): Promise<void>;
}

const keptEvents = 5_000;
/** Kept from the start on: after a restart all clients come back at once, a little behind the present. */
const recalledEvents = 2_000;
const batchSize = 500;
const busyPollMs = 10;
const idlePollMs = 100;

export interface LogTailOptions {
  readonly reader: EventReader;
  readonly wake: Wake;
  readonly log: Logger;
}

export async function startLogTail(options: LogTailOptions): Promise<LogTail> {
  const stopping = new AbortController();
  const tail = await recall(options.reader);
  const loop = follow(tail, options, stopping.signal);
  return {
    position: () => tail.position,
    after: (position) => tail.after(position),
    holds: (position) => tail.holds(position),
    get life() {
      return tail.life;
    },
    beginLife() {
      tail.life += 1;
      tail.changed.notify();
    },
    async wait(milliseconds, signal) {
      await tail.changed.wait(milliseconds, signal);
      if (stopping.signal.aborted && !signal.aborted) throw serviceStops();
    },
    async stop() {
      stopping.abort();
      tail.changed.notify();
      await loop;
    },
  };
}

function serviceStops() {
  return requestError(
    'UNAVAILABLE',
    'The service stops. Subscribe again after your last cursor: nothing will be missing.',
  );
}

async function recall(reader: EventReader): Promise<Tail> {
  const head = await reader.head();
  const tail = new Tail(await reader.before(recalledEvents));
  for (;;) {
    const events = await reader.read(tail.position, batchSize);
    if (events.length === 0) break;
    tail.add(events);
  }
  // The last event may be of an earlier life of the database; this one has none yet, so its beginning is as good a place. Never
  // the head: after a crash PostgreSQL gives the numbers of transactions that left nothing a second time, below what was the head.
  if (head.epoch > tail.position.epoch) tail.position = { ...beforeAllEvents, epoch: head.epoch };
  return tail;
}

class Tail {
  readonly changed = createWake();
  /** Whether it was read in this life is known by `readIn`. */
  life = 0;
  private readIn = 0;
  private events: HubEvent[] = [];
  /** Everything after this is kept. */
  private floor: EventPosition;

  constructor(public position: EventPosition) {
    this.floor = position;
  }

  add(events: readonly HubEvent[]): void {
    this.events.push(...events);
    this.position = events.at(-1)?.position ?? this.position;
    // Cut in large steps: shifting the array for every event would cost more than it frees.
    if (this.events.length >= 2 * keptEvents) {
      this.floor = this.events[this.events.length - keptEvents - 1]?.position ?? this.floor;
      this.events = this.events.slice(-keptEvents);
    }
    this.changed.notify();
  }

  get isOfThisLife(): boolean {
    return this.readIn === this.life;
  }

  /** Takes the place of what was read in another life. */
  become({ events, floor, position }: Tail, life: number): void {
    this.events = events;
    this.floor = floor;
    this.position = position;
    this.readIn = life;
    this.changed.notify();
  }

  after(position: EventPosition): readonly HubEvent[] | undefined {
    if (comparePositions(position, this.floor) < 0) return undefined;
    const first = this.firstBehind(position);
    return this.events.slice(first, first + batchSize);
  }

  /** A cursor of an earlier life of the database is held by nobody, though events of that life may be. */
  holds(position: EventPosition): boolean {
    return (
      this.isOfThisLife &&
      position.epoch === this.position.epoch &&
      comparePositions(position, this.floor) >= 0 &&
      comparePositions(position, this.position) <= 0
    );
  }

  private firstBehind(position: EventPosition): number {
    let low = 0;
    let high = this.events.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const found = this.events[middle]?.position ?? beforeAllEvents;
      if (comparePositions(found, position) > 0) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

async function follow(tail: Tail, { reader, wake, log }: LogTailOptions, signal: AbortSignal): Promise<void> {
  let idleRounds = 0;
  while (!signal.aborted) {
    try {
      const { life } = tail;
      if (!tail.isOfThisLife) tail.become(await recall(reader), life);
      const events = await reader.read(tail.position, batchSize);
      if (!tail.isOfThisLife) continue;
      if (events.length > 0) {
        idleRounds = 0;
        tail.add(events);
      } else {
        await wake.wait(idleRounds++ < 10 ? busyPollMs : idlePollMs, signal);
      }
    } catch (error) {
      log.warn({ err: error, service: reader.service }, 'the event log cannot be read; trying again');
      await wake.wait(1_000, signal);
    }
  }
}
