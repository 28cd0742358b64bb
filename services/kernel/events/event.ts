import type { EventData, EventType } from './catalogue.js';

/**
 * One entry of a service's event log, with the attribute names of CloudEvents (id, source, type, subject, time). It carries
 * ids and the few facts that filters need, never personal text: erasing a person needs no rewriting of the log.
 */
export interface HubEvent<Type extends EventType = EventType> {
  readonly id: string;
  readonly source: string;
  readonly type: Type;
  /** Id of the thing the event is about. */
  readonly subject: string;
  /** When it happened; for imported history the real date, not that of the import. */
  readonly time: Date;
  /** The person or API client who did it; null when the hub itself did. */
  readonly actor: string | null;
  /** The space it happened in, where there is one. */
  readonly space: string | null;
  /** Ids of the events that led to this one, the first cause first. */
  readonly causation: readonly string[];
  readonly data: EventData<Type>;
  readonly position: EventPosition;
}

/** What a domain function hands over; the transaction adds id, source, position and, where absent, time and actor. */
export interface NewEvent<Type extends EventType = EventType> {
  readonly type: Type;
  readonly subject: string;
  readonly space?: string | null;
  readonly time?: Date;
  readonly actor?: string | null;
  readonly causation?: readonly string[];
  readonly data: EventData<Type>;
}

/**
 * A place in one log. Events are in the order (epoch, xid, seq): a new epoch begins when the database starts another life
 * (restore, promotion), xid is the writing transaction and seq the order within it. Both numbers exceed 2^53, so they are text.
 */
export interface EventPosition {
  readonly epoch: number;
  readonly xid: string;
  readonly seq: string;
}

export const beforeAllEvents: EventPosition = { epoch: 0, xid: '0', seq: '0' };

export function comparePositions(a: EventPosition, b: EventPosition): number {
  if (a.epoch !== b.epoch) return a.epoch - b.epoch;
  return compareNumerals(a.xid, b.xid) || compareNumerals(a.seq, b.seq);
}

/** Decimal numerals without leading zeros: the longer is the larger. */
function compareNumerals(a: string, b: string): number {
  if (a.length !== b.length) return a.length - b.length;
  return a < b ? -1 : a > b ? 1 : 0;
}

export function isEvent<Type extends EventType>(event: HubEvent, type: Type): event is HubEvent<Type> {
  return event.type === type;
}
