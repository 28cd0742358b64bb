import type { EventPosition, HubEvent } from '../events/event.js';
import type { EventReader } from '../events/event-log.js';
import type { LogTail } from './log-tail.js';

/** The events of a log from a position on, and now and then how far it was read, for those to whom nothing happened. */
export type Followed =
  | { readonly kind: 'event'; readonly event: HubEvent }
  | { readonly kind: 'reached'; readonly position: EventPosition };

export interface FollowOptions {
  readonly tail: LogTail;
  readonly reader: EventReader;
  readonly after: EventPosition;
  /** Whether an event is wanted at all; others only move the position. */
  wants(event: HubEvent): boolean;
  readonly signal: AbortSignal;
}

const batchSize = 500;
/** Short enough that a quiet stream never lags much behind, long enough to cost nothing. */
export const heartbeatMs = 10_000;

/**
 * Replays what lies between the position and the present and goes on live. Both are the same thing here - reading on from a
 * position - so there is no hand-over that could lose or double an event.
 */
export async function* followLog({
  tail,
  reader,
  after,
  wants,
  signal,
}: FollowOptions): AsyncGenerator<Followed, void> {
  let position = after;
  let told = position;
  let toldAt = Date.now();
  while (!signal.aborted) {
    const events = tail.after(position) ?? (await reader.read(position, batchSize));
    for (const event of events) {
      if (signal.aborted) return;
      position = event.position;
      if (!wants(event)) continue;
      yield { kind: 'event', event };
      told = position;
      toldAt = Date.now();
    }
    if (told !== position && Date.now() - toldAt >= heartbeatMs) {
      yield { kind: 'reached', position };
      told = position;
      toldAt = Date.now();
    }
    if (events.length === 0) await tail.wait(heartbeatMs, signal);
  }
}
