import { setTimeout as pause } from 'node:timers/promises';
import type { GraphQLError } from 'graphql';
import { copyOf } from '#gateway/execute/merge-answer.js';
import type { OperationResult } from '#gateway/execute/run-operation.js';
import type { SubgraphAnswer } from '#gateway/execute/subgraph-transport.js';
import { makeFrame } from './frame.js';
import { readAhead } from './read-ahead.js';
import type { UpstreamItem } from './shared-stream.js';
import type { SubgraphFrame } from './subgraph-stream.js';

/** Runs the rest of the plan for one event. It writes into what it is given. */
export type FinishEvent = (answer: SubgraphAnswer) => Promise<OperationResult>;

/**
 * What is delivered once is never delivered again, so an event whose other half cannot be had is worth a wait: the restart of a
 * service. After that events come with their errors, and none of them waits, until the service answers again.
 */
const patienceMs = 10_000;
const retryMs = 100;
/** Events completed at the same time when a stream catches up: their calls overlap, their order stays. */
const ahead = 16;

/** Completes the events of a stream and hands them on in the order of the log. */
export function completeEvents(
  frames: AsyncIterable<SubgraphFrame>,
  finish: FinishEvent,
  signal: AbortSignal,
  patience = new Patience(patienceMs),
): AsyncGenerator<UpstreamItem, void> {
  return readAhead(frames, ahead, async (frame) => {
    if (frame.kind === 'heartbeat') return frame;
    const result = await completed(frame.answer, finish, signal, patience);
    return { kind: 'frame', frame: makeFrame(result, frame.cursor, frame.previous) };
  });
}

async function completed(
  answer: SubgraphAnswer,
  finish: FinishEvent,
  signal: AbortSignal,
  patience: Patience,
): Promise<OperationResult> {
  for (let failed = false; ; failed = true) {
    const result = await finish(copyOf(answer));
    if (!isPassing(result.errors)) {
      if (failed) patience.restore();
      return result;
    }
    if (signal.aborted || !patience.lasts()) return result;
    await pause(retryMs, undefined, { signal }).catch(() => undefined);
  }
}

/** How long one outage is waited for, over all events of a stream. */
export class Patience {
  private until: number | undefined;

  constructor(private readonly milliseconds: number) {}

  lasts(): boolean {
    const now = performance.now();
    this.until ??= now + this.milliseconds;
    return now < this.until;
  }

  /** An event that had failed succeeded: the outage is over, and the next one is waited for again. */
  restore(): void {
    this.until = undefined;
  }
}

const passing: ReadonlySet<unknown> = new Set(['SUBGRAPH_UNAVAILABLE', 'SUBGRAPH_TIMEOUT', 'UNAVAILABLE']);

function isPassing(errors: readonly GraphQLError[] = []): boolean {
  return errors.some(({ extensions }) => passing.has(extensions.code));
}
