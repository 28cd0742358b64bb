import type { EventType } from '../events/catalogue.js';
import type { HubEvent } from '../events/event.js';
import type { MintId } from '../ids/id.js';
import type { Clock } from '../runtime/clock.js';
import type { Write } from '../write/write.js';

/**
 * Somebody who acts on the events of a log. Effect and cursor are kept in one transaction, so an effect happens exactly once;
 * still `handle` must be safe to run twice on the same event, because a retried event may come after newer ones.
 */
export interface Consumer {
  /** Name of its cursor; a changed name starts again from the beginning of the log. */
  readonly name: string;
  /** The service whose log it follows. */
  readonly source: string;
  readonly types: readonly EventType[];
  /**
   * Consumers that change the same things name the same turn. They then go one after the other, and what they append stands in
   * the log in that order: a lock taken within `handle` would come too late for it, see `write`.
   */
  readonly inTurn?: string;
  /**
   * How many events it is handed at once at most; 200 when left out. More of them cost less each, and make those who follow this
   * service's log wait longer.
   */
  readonly atOnce?: number;
  /** Events of the wanted types, oldest first. */
  handle(events: readonly HubEvent[], tx: Write, given: ConsumerGiven): Promise<void>;
}

/** Where times and ids come from, and what keys follow from. */
export interface ConsumerGiven {
  readonly now: Clock;
  readonly newId: MintId;
  readonly secret: string;
}
