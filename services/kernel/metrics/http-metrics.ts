import type { IncomingMessage, ServerResponse } from 'node:http';
import { Histogram } from 'prom-client';
import type { Metrics } from './metrics.js';

export type Handle = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Fine where the hub should be, coarse where it should not. */
export const secondsBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** Times the answers of one server of the process. */
export type MeasureHttp = (server: string, handle: Handle) => Handle;

/** Counts and times what servers answer, by status. Streams last as long as their readers like: they are counted elsewhere. */
export function measureHttp({ registry }: Metrics): MeasureHttp {
  const seconds = new Histogram({
    name: 'weft_http_request_seconds',
    help: 'Requests answered over HTTP and how long they took, streams left out',
    labelNames: ['server', 'status'],
    buckets: secondsBuckets,
    registers: [registry],
  });
  return (server, handle) => (request, response) => {
    const start = performance.now();
    response.once('close', () => {
      if (isStream(response)) return;
      const status = response.writableFinished ? String(response.statusCode) : 'gone';
      seconds.observe({ server, status }, (performance.now() - start) / 1000);
    });
    return handle(request, response);
  };
}

function isStream(response: ServerResponse): boolean {
  return String(response.getHeader('content-type') ?? '').startsWith('text/event-stream');
}
