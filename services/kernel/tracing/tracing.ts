import { setTimeout as pause } from 'node:timers/promises';
import type { Tracer } from '@opentelemetry/api';
import type { NodeTracerConfig } from '@opentelemetry/sdk-trace-node';
import type { Config } from '../config/config.js';

/** The traces of one process, sent to a collector. */
export interface Tracing {
  readonly tracer: Tracer;
  /** Sends what is left, as far as the collector takes it in time. */
  stop(): Promise<void>;
}

/** A collector that is away must not hold up the end of the process. */
const stopMs = 3_000;
const exportTimeoutMs = 5_000;
/** The name of an operation is chosen by its client: long enough to find it, too short to carry anything off. */
const attributeCharacters = 200;

/** Undefined without a collector: then nothing is measured, and the code for it is not even loaded. */
export async function openTracing(
  config: Pick<Config, 'OTEL_EXPORTER_OTLP_ENDPOINT' | 'OTEL_SERVICE_NAME'>,
): Promise<Tracing | undefined> {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_SERVICE_NAME: name } = config;
  if (endpoint === undefined) return undefined;
  const [{ BatchSpanProcessor, NodeTracerProvider }, { OTLPTraceExporter }] = await Promise.all([
    import('@opentelemetry/sdk-trace-node'),
    import('@opentelemetry/exporter-trace-otlp-http'),
  ]);
  const url = `${endpoint.replace(/\/+$/, '')}/v1/traces`;
  const provider = new NodeTracerProvider({
    resource: resourceOf({ 'service.name': name }),
    spanLimits: { attributeValueLengthLimit: attributeCharacters },
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter({ url, timeoutMillis: exportTimeoutMs }))],
  });
  const flush = () => provider.shutdown().catch(() => undefined); // the collector is away: its loss, not ours
  return {
    tracer: provider.getTracer('weft'),
    stop: () => Promise.race([flush(), pause(stopMs, undefined, { ref: false })]),
  };
}

type Resource = NonNullable<NodeTracerConfig['resource']>;

/** The package that makes resources is no dependency of ours, and this is all that one that never changes has to be. */
function resourceOf(attributes: Readonly<Record<string, string>>): Resource {
  const resource: Resource = {
    attributes,
    merge: () => resource,
    getRawAttributes: () => Object.entries(attributes),
  };
  return resource;
}
