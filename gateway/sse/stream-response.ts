import type { ServerResponse } from 'node:http';
import type { GraphQLFormattedError } from 'graphql';
import type { Listener, Recheck } from '#gateway/auth/recheck.js';
import type { TransportSink } from '#gateway/subscriptions/subscriber.js';
import { behindBytes, maxWaitingBytes } from '#gateway/subscriptions/waiting-room.js';
import type { GatewayTimes } from '#gateway/times.js';
import type { Viewer } from '#kernel/auth/viewer.js';
import { openEventStream } from '#kernel/http/event-stream.js';

export interface StreamResponseParts {
  readonly credentials: string | undefined;
  readonly viewer: Viewer;
  readonly recheck: Recheck;
  readonly times: GatewayTimes;
  /** Ends every stream. */
  readonly stopping: AbortSignal;
  /** Starts the operation; returns how to end it. */
  start(sink: TransportSink): () => void;
}

/** Signs of life are for those who read: with this much waiting they would only pile up. */
const quietAbove = 16 * 1024;

/** One operation on one response, until one of the two ends. */
export function streamTo(response: ServerResponse, parts: StreamResponseParts): void {
  const { times, recheck, stopping } = parts;
  const events = openEventStream(response);
  let ended = false;
  let lasting = false;
  let stop = () => {};

  const end = () => {
    if (ended) return;
    ended = true;
    clearInterval(keepAlive);
    recheck.listeners.delete(listener);
    stopping.removeEventListener('abort', leaveIfLasting);
    stop();
  };
  /** Without "complete": an EventSource then comes back by itself, with the id of its last event. */
  const leave = () => {
    if (ended) return;
    end();
    response.end();
    cutOffLater(response, times.closeGraceMs);
  };
  /** A query or mutation is answered first, which ends the response anyway. */
  const leaveIfLasting = () => {
    if (lasting) leave();
  };
  const lasts = () => {
    lasting = true;
    if (stopping.aborted) leave();
  };
  const complete = () => {
    if (ended) return;
    end();
    events.complete();
    cutOffLater(response, times.closeGraceMs);
  };
  const fail = (errors: readonly GraphQLFormattedError[]) => {
    if (ended) return;
    events.next(JSON.stringify({ errors }));
    if (errors.some(({ extensions }) => extensions?.code === 'RESUME_FROM')) leave();
    else complete();
  };
  const sink: TransportSink = {
    lasts,
    next(payload, cursor) {
      if (ended) return true;
      if (events.waiting > maxWaitingBytes) return false;
      events.next(payload, cursor);
      return true;
    },
    isBehind: () => !ended && events.waiting > behindBytes,
    heartbeat(cursor) {
      if (!ended && events.waiting < quietAbove) events.heartbeat(cursor);
    },
    fail,
    complete,
  };
  const listener: Listener = {
    credentials: parts.credentials,
    viewer: parts.viewer,
    refused: (message) => fail([{ message, extensions: { code: 'UNAUTHENTICATED' } }]),
    changed: leave,
  };

  const keepAlive = setInterval(() => events.waiting < quietAbove && events.heartbeat(), times.keepAliveMs);
  // Not "leave": who takes nothing does not take the end either. Bytes that go out put it off, signs of life among them.
  response.setTimeout(times.stalledMs, () => response.destroy());
  recheck.listeners.add(listener);
  stopping.addEventListener('abort', leaveIfLasting);
  response.on('close', end);
  stop = parts.start(sink);
  if (ended) stop();
}

/** Whoever does not read does not take the end either, and would hold the connection for good. */
function cutOffLater(response: ServerResponse, afterMs: number): void {
  const cut = setTimeout(() => response.destroy(), afterMs);
  response.once('close', () => clearTimeout(cut));
}
