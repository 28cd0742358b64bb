import type { ServerResponse } from 'node:http';

/**
 * Server-Sent Events as the GraphQL over SSE protocol frames them (distinct connections mode). The `id` of an event is its
 * cursor: a browser that reconnects sends the last one as `Last-Event-ID` by itself.
 */
export interface EventStream {
  next(payload: string, id?: string): void;
  /** Moves the last event id without an event, and keeps the connection from being taken for dead. */
  heartbeat(id?: string): void;
  complete(): void;
  /** Bytes that wait for a slow reader. */
  readonly waiting: number;
}

export function openEventStream(response: ServerResponse): EventStream {
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache, no-transform',
    connection: 'keep-alive',
    'x-accel-buffering': 'no',
  });
  response.write(':\n\n');
  return {
    next: (payload, id) => void response.write(`${idLine(id)}event: next\ndata: ${payload}\n\n`),
    heartbeat: (id) => void response.write(`${idLine(id)}:\n\n`),
    complete: () => void response.end('event: complete\ndata:\n\n'),
    get waiting() {
      return response.writableLength;
    },
  };
}

function idLine(id: string | undefined): string {
  return id === undefined ? '' : `id: ${id}\n`;
}
