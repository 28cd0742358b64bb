import type { OperationResult } from '#gateway/execute/run-operation.js';

/** One event of a subscription as clients get it: its text is made once for all of them. */
export interface Frame {
  /** Absent only for events of foreign subgraphs, which cannot be resumed. */
  readonly cursor: string | undefined;
  readonly previous: string | undefined;
  /** The execution result as JSON. */
  readonly text: string;
  readonly bytes: number;
  /** The same with another `previous`, for a client that joined behind a place that is no frame. */
  withPrevious(previous: string): string;
}

export function makeFrame(result: OperationResult, cursor: string | undefined, previous: string | undefined): Frame {
  const body = JSON.stringify(result);
  const text = cursor === undefined ? body : addCursor(body, cursor, previous ?? null);
  return {
    cursor,
    previous,
    text,
    bytes: Buffer.byteLength(text),
    withPrevious: (other) => (cursor === undefined ? body : addCursor(body, cursor, other)),
  };
}

/** `extensions.weft`: the place of this event and of the one before it, so that a client can prove that nothing is missing. */
function addCursor(body: string, cursor: string, previous: string | null): string {
  return `${body.slice(0, -1)},"extensions":${JSON.stringify({ weft: { cursor, previous } })}}`;
}
