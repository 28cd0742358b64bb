import { setImmediate as nextTurn } from 'node:timers/promises';
import { comparePositions, type EventPosition, type HubEvent } from '../events/event.js';
import { cursorExpired, cursorOfAnotherLife } from '../events/event-cursor.js';
import type { EventReader } from '../events/event-log.js';
import type { LogTail } from './log-tail.js';

/** What a follower takes of a log from a position on, and now and then how far it was read, for those to whom nothing happened. */
export type Followed<Item> =
  | { readonly kind: 'taken'; readonly item: Item }
  | { readonly kind: 'reached'; readonly position: EventPosition };

export interface FollowOptions<Item> {
  readonly tail: LogTail;
  readonly reader: EventReader;
  readonly after: EventPosition;
  /** What an event is to this follower; undefined, at once or after a look, when nothing: then it only moves the position. */
  take(event: HubEvent): Promise<Item | undefined> | undefined;
  readonly heartbeatMs: number;
  readonly signal: AbortSignal;
}

const batchSize = 500;
/** Few: between the look and the delivery the event may cease to exist for the viewer. */
const lookedAtAtOnce = 16;
/** Short enough that a quiet stream never lags much behind, long enough to cost nothing. */
export const usualHeartbeatMs = 10_000;

/**
 * Replays what lies between the position and the present and goes on live. Both are the same thing here - reading on from a
 * position - so there is no hand-over that could lose or double an event.
 */
export async function* followLog<Item>(options: FollowOptions<Item>): AsyncGenerator<Followed<Item>, void> {
  const { tail, after, take, heartbeatMs, signal } = options;
  let position = after;
  let told = position;
  let toldAt = Date.now();
  const { life } = tail;
  while (!signal.aborted) {
    if (tail.life !== life) throw cursorOfAnotherLife();
    const untilDue = toldAt + heartbeatMs - Date.now();
    if (told !== position && untilDue <= 0) {
      yield { kind: 'reached', position };
      told = position;
      toldAt = Date.now();
      continue;
    }
    const kept = tail.after(position);
    if (kept?.length === 0) {
      // Straight after the look, with nothing in between: a wake-up in between would be lost, and the event late by a heartbeat.
      await tail.wait(told === position ? heartbeatMs : untilDue, signal);
      continue;
    }
    const { events, reached } = kept ? { events: kept, reached: position } : await readLog(options, position);
    for await (const { item, at } of takeInOrder(events, take)) {
      if (signal.aborted) return;
      if (item === undefined) continue;
      yield { kind: 'taken', item };
      told = at;
      toldAt = Date.now();
    }
    position = events.at(-1)?.position ?? reached;
    await nextTurn(); // whoever is far behind lets others have their turn between batches
  }
}

/** Looks at a few events at once: a follower that catches up would otherwise wait for the database once for each of them. */
async function* takeInOrder<Item>(events: readonly HubEvent[], take: FollowOptions<Item>['take']) {
  let looks: Promise<{ readonly item: Item | undefined; readonly at: EventPosition }>[] = [];
  for (const event of events) {
    const taking = take(event);
    if (!taking) continue;
    looks.push(taking.then((item) => ({ item, at: event.position })));
    if (looks.length < lookedAtAtOnce) continue;
    yield* await Promise.all(looks);
    looks = [];
  }
  yield* await Promise.all(looks);
}

/** For those who are further behind than the tail remembers. */
async function readLog<Item>(
  { tail, reader }: FollowOptions<Item>,
  after: EventPosition,
): Promise<{ events: readonly HubEvent[]; reached: EventPosition }> {
  const present = tail.position();
  const events = await reader.read(after, batchSize);
  // Asked afterwards: events that were dropped for their age while a slow follower was busy must not be skipped in silence.
  if (comparePositions(after, await reader.horizon()) < 0) throw cursorExpired();
  // Nothing came, so there is nothing up to where the tail had read before: from there on it serves this follower.
  return { events, reached: events.length === 0 ? present : after };
}
