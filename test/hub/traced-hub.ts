import { randomBytes } from 'node:crypto';
import { startTestHub, type TestHub, type Topology } from './test-hub.js';
import { startTraceCollector, type TraceCollector } from './trace-collector.js';

/** What a client says its own span is. */
export interface ClientTrace {
  readonly traceId: string;
  readonly spanId: string;
}

export function newTrace(): ClientTrace {
  return { traceId: randomBytes(16).toString('hex'), spanId: randomBytes(8).toString('hex') };
}

/** What a hub sends of its traces while something is done with it, and when it stops: nothing is lost then. */
export async function collectTraces(
  topology: Topology,
  work: (hub: TestHub) => Promise<void>,
): Promise<TraceCollector> {
  const collector = await startTraceCollector();
  const environment = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_SERVICE_NAME: 'weft-under-test' };
  const hub = await startTestHub({ topology, environment });
  try {
    await work(hub);
  } finally {
    await hub.stop();
  }
  return collector;
}
