import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface CollectedSpan {
  readonly name: string;
  readonly kind: number;
  readonly traceId: string;
  readonly spanId: string;
  readonly parent: string | undefined;
  /** Ids of the spans it names besides its parent. */
  readonly links: readonly string[];
  /** `service.name` of the process that sent it. */
  readonly process: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** What takes traces over OTLP/HTTP as JSON, as the hub's operator runs it. */
export interface TraceCollector {
  readonly url: string;
  readonly spans: CollectedSpan[];
  /** All that was received, as it came. */
  readonly bodies: string[];
  stop(): Promise<void>;
}

/** One that is silent takes requests and never answers them. */
export async function startTraceCollector({ silent = false } = {}): Promise<TraceCollector> {
  const bodies: string[] = [];
  const spans: CollectedSpan[] = [];
  const take = async (request: IncomingMessage) => {
    if (request.method !== 'POST' || request.url !== '/v1/traces') return 404;
    const body = await text(request);
    bodies.push(body);
    spans.push(...spansOf(JSON.parse(body)));
    return 200;
  };
  const server = createServer(async (request, response) => {
    const status = await take(request);
    if (!silent) response.writeHead(status, { 'content-type': 'application/json' }).end('{}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    spans,
    bodies,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

interface Attribute {
  readonly key: string;
  readonly value: { readonly stringValue?: string; readonly intValue?: number | string };
}

interface Sent {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly Attribute[] };
    readonly scopeSpans: readonly { readonly spans: readonly SentSpan[] }[];
  }[];
}

interface SentSpan extends Pick<CollectedSpan, 'name' | 'kind' | 'traceId' | 'spanId'> {
  readonly links?: readonly { readonly spanId: string }[];
  readonly parentSpanId?: string;
  readonly attributes: readonly Attribute[];
}

function spansOf({ resourceSpans }: Sent): CollectedSpan[] {
  return resourceSpans.flatMap(({ resource, scopeSpans }) => {
    const process = String(valuesOf(resource.attributes)['service.name']);
    return scopeSpans.flatMap(({ spans }) =>
      spans.map(({ name, kind, traceId, spanId, parentSpanId, links = [], attributes }) => ({
        name,
        kind,
        traceId,
        spanId,
        parent: parentSpanId || undefined,
        links: links.map((link) => link.spanId),
        process,
        attributes: valuesOf(attributes),
      })),
    );
  });
}

function valuesOf(attributes: readonly Attribute[]): Record<string, unknown> {
  return Object.fromEntries(
    attributes.map(({ key, value: { stringValue, intValue } }) => [key, stringValue ?? Number(intValue)]),
  );
}
