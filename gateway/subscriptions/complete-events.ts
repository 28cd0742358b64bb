import { setMaxListeners } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { GraphQLError } from 'graphql';
import { copyOf } from '#gateway/execute/merge-answer.js';
import type { OperationResult } from '#gateway/execute/run-operation.js';
import type { SubgraphAnswer } from '#gateway/execute/subgraph-transport.js';
import { makeFrame } from './frame.js';
import type { Patience } from './patience.js';
import { readAhead } from './read-ahead.js';
import type { UpstreamItem } from './shared-stream.js';
import type { SubgraphFrame } from './subgraph-stream.js';

/** Runs the rest of the plan for the event at a cursor. It writes into what it is given. */
export type FinishEvent = (answer: SubgraphAnswer, cursor: string | undefined) => Promise<OperationResult>;

const retryMs = 100;
/** An event held longer than this is read again before it is delivered: its viewer may have lost access to it meanwhile. */
const freshMs = 900;
/** Events completed at the same time when a stream catches up: their calls overlap, their order stays. */
const ahead = 16;
/** Besides them: the connection of the stream itself, and what it hands its signal on to. */
const otherListeners = 8;

/** Ends the connection: the stream is opened again from the place before the event, which is then judged and completed anew. */
export class HeldTooLong extends Error {
  override readonly name = 'HeldTooLong';
}

/**
 * Completes the events of a stream and hands them on in the order of the log. What is delivered once is never delivered again, so
 * an event whose other half cannot be had is worth a wait. When the patience is over events come with their errors, and none of
 * them waits, until the service answers again.
 */
export function completeEvents(
  frames: AsyncIterable<SubgraphFrame>,
  finish: FinishEvent,
  signal: AbortSignal,
  patience: Patience,
): AsyncGenerator<UpstreamItem, void> {
  // Each of them listens for the end of the stream, and Node would take so many for a leak.
  setMaxListeners(ahead + otherListeners, signal);
  return readAhead(frames, ahead, async (frame) => {
    if (frame.kind === 'heartbeat') return frame;
    const { result, heldMs } = await completed(frame, finish, signal, patience);
    if (heldMs > freshMs && frame.cursor !== undefined && patience.mayReadAgain(frame.cursor)) throw new HeldTooLong();
    return { kind: 'frame', frame: makeFrame(result, frame.cursor, frame.previous) };
  });
}

interface Completed {
  readonly result: OperationResult;
  /** How long it waited for a service to come back. */
  readonly heldMs: number;
}

async function completed(
  { answer, cursor }: Pick<Extract<SubgraphFrame, { kind: 'event' }>, 'answer' | 'cursor'>,
  finish: FinishEvent,
  signal: AbortSignal,
  patience: Patience,
): Promise<Completed> {
  const since = performance.now();
  for (let failed = false; ; failed = true) {
    const result = await finish(copyOf(answer), cursor);
    if (!isPassing(result.errors)) {
      if (failed) patience.restore();
      return { result, heldMs: failed ? performance.now() - since : 0 };
    }
    if (signal.aborted || !patience.lasts()) return { result, heldMs: 0 };
    await pause(retryMs, undefined, { signal }).catch(() => undefined);
  }
}

const passing: ReadonlySet<unknown> = new Set(['SUBGRAPH_UNAVAILABLE', 'SUBGRAPH_TIMEOUT', 'UNAVAILABLE']);

function isPassing(errors: readonly GraphQLError[] = []): boolean {
  return errors.some(({ extensions }) => passing.has(extensions.code));
}
