import type { Logger } from 'pino';
import { type Seal, seal } from '../auth/sealed-text.js';
import type { Viewer } from '../auth/viewer.js';
import type { Database } from '../database/database.js';
import type { EventCursors } from '../events/event-cursor.js';
import type { EventReader } from '../events/event-log.js';
import type { MintId } from '../ids/id.js';
import type { LogTail } from '../streams/log-tail.js';
import type { TraceParent } from '../tracing/open-span.js';
import { type Write, type WriteOperation, write } from '../write/write.js';
import type { Clock } from './clock.js';
import type { RateLimit } from './rate-limit.js';

/** What a service holds for its whole life and every request sees. */
export interface ServiceParts {
  readonly database: Database;
  readonly secret: string;
  readonly cursors: EventCursors;
  readonly now: Clock;
  readonly newId: MintId;
  readonly log: Logger;
  /** The newest part of this service's own log. */
  readonly tail: LogTail;
  /** Wakes those who follow this service's events. */
  readonly committed: () => void;
}

/** What a call of a subgraph brings with it. */
export interface SubgraphCall {
  readonly viewer: Viewer;
  readonly requestId: string;
  /** Network address of who asks; absent where nobody is at the other end. */
  readonly address?: string | null;
  /** Where a gateway counts. */
  readonly rateLimit?: RateLimit | undefined;
  /** The span of whoever calls, where it is traced. */
  readonly trace?: TraceParent | undefined;
}

/** What a subscription needs to follow the log of its service. */
export interface StreamParts {
  readonly tail: LogTail;
  readonly reader: EventReader;
  /** How long a stream may go without telling how far it has come. */
  readonly heartbeatMs: number;
  /** Ends the stream. */
  readonly signal: AbortSignal;
  /** A context for an event, that remembers nothing of the ones before. */
  renew(eventId: string): RequestContext;
}

export interface RequestContext extends SubgraphCall {
  /** Only within a subscription. */
  stream(): StreamParts;
  /** Cursor of the place up to which this service's log was read when the request began: what the request reads is no older. */
  position(): Promise<string>;
  readonly db: Database;
  readonly log: Logger;
  readonly now: Clock;
  readonly newId: MintId;
  readonly cursors: EventCursors;
  /** The seal of page cursors of one list and order. */
  pageSeal(purpose: string): Seal;
  /** Changes state; the result and, as opaque cursor, the position of its last event. See {@link write}. */
  write<Result>(operation: WriteOperation, work: (tx: Write) => Promise<Result>): Promise<Changed<Result>>;
}

export interface Changed<Result> {
  readonly result: Result;
  readonly cursor: string | null;
}

export function requestContext(parts: ServiceParts, call: SubgraphCall, stream?: StreamParts): RequestContext {
  const { database, secret, cursors, now, newId, committed } = parts;
  // Taken now and not when somebody asks: by then the data may have been read, and what happened in between would be missed.
  const begun = parts.tail.position();
  const origin = { requestId: call.requestId, address: call.address ?? null };
  return {
    ...call,
    db: database,
    log: parts.log,
    now,
    newId,
    cursors,
    stream() {
      if (!stream) throw new Error('Only a subscription follows the log.');
      return stream;
    },
    position: () => cursors.cursorOf(begun),
    pageSeal: (purpose) => sealOf(secret, `page:${purpose}`),
    async write(operation, work) {
      const { result, position } = await write(
        { database, viewer: call.viewer, now, newId, committed, origin },
        operation,
        work,
      );
      return { result, cursor: position && (await cursors.cursorOf(position)) };
    },
  };
}

const seals = new Map<string, Seal>();
/** Exports have seals of their own, one for each that asks: what is made anew in a moment need not be kept for all of them. */
const maxSeals = 1_000;

function sealOf(secret: string, purpose: string): Seal {
  const key = `${secret}\n${purpose}`;
  const known = seals.get(key) ?? seal(secret, purpose);
  if (seals.size >= maxSeals) seals.clear();
  seals.set(key, known);
  return known;
}
