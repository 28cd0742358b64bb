import { setMaxListeners } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Tracer } from '@opentelemetry/api';
import { createHandler } from 'graphql-http/lib/use/http';
import type { Logger } from 'pino';
import { anonymous } from '../auth/viewer.js';
import { type Caller, type ViewerSigner, viewerHeader } from '../auth/viewer-header.js';
import { answerMetrics, type MetricsEndpoint } from '../metrics/answer-metrics.js';
import type { Handle } from '../metrics/http-metrics.js';
import { executeOperation } from '../runtime/execute-operation.js';
import { rateLimitHeader, readRateLimit } from '../runtime/rate-limit.js';
import type { RunningService } from '../runtime/service.js';
import { remoteParent, type TraceParent } from '../tracing/open-span.js';
import { traceparentHeader } from '../tracing/traceparent.js';
import { type DocumentCache, documentCache } from './document-cache.js';
import { answerHealth, notStopping } from './health.js';
import { type RunningHttpServer, startHttpServer } from './http-server.js';
import { asksForStream, serveStream } from './serve-stream.js';

export const requestIdHeader = 'x-request-id';

export interface SubgraphServerOptions {
  readonly host: string;
  readonly port: number;
  readonly signer: ViewerSigner;
  readonly log: Logger;
  /** How long a server that stops leaves idle connections to those who keep them. */
  readonly drainMs?: number | undefined;
  readonly metrics?: MetricsEndpoint;
  readonly tracer?: Tracer | undefined;
}

/**
 * Serves a service as a subgraph of its own process. Every call, `_entities` and `_service` included, needs a viewer that the
 * gateway signed: whoever can reach the port cannot therefore read it.
 */
export async function serveSubgraph(
  service: RunningService,
  options: SubgraphServerOptions,
): Promise<RunningHttpServer> {
  const stopping = new AbortController();
  setMaxListeners(0, stopping.signal); // as many as there are streams; each takes its own away when it ends
  const documents = documentCache(service.schema);
  const handleGraphQL = graphqlHandler(service, documents, options.tracer);
  const { metrics } = options;
  const checks = [service, notStopping(stopping.signal)];
  const handle: Handle = async (request, response) => {
    if (await answerHealth(request, response, checks)) return;
    if (metrics && (await answerMetrics(request, response, metrics))) return;
    const caller = await options.signer.verifyCaller(request.headers[viewerHeader]?.toString());
    if (!caller) return refuseUnsigned(response);
    if (asksForStream(request)) {
      const call = { ...caller, requestId: requestIdOf(request), trace: callerSpan(options.tracer, request) };
      return serveStream(service, documents, call, request, response, stopping.signal);
    }
    callers.set(request, caller);
    await handleGraphQL(request, response);
  };
  const http = await startHttpServer({
    ...options,
    failed: (error) => options.log.error({ err: error }, 'request failed'),
    handle: metrics ? metrics.http(service.name, handle) : handle,
  });
  return {
    ...http,
    stop() {
      stopping.abort();
      return http.stop();
    },
  };
}

const callers = new WeakMap<IncomingMessage, Caller>();
const nobody: Caller = { viewer: anonymous, address: null };

function graphqlHandler(service: RunningService, documents: DocumentCache, tracer: Tracer | undefined) {
  return createHandler({
    schema: service.schema,
    parse: (source) => documents.parse(String(typeof source === 'string' ? source : source.body)),
    validate: (_schema, document) => documents.validate(document),
    context: (request) => {
      const raw = request.raw as IncomingMessage;
      const rateLimit = readRateLimit(raw.headers[rateLimitHeader]?.toString());
      return service.createContext({
        ...(callers.get(raw) ?? nobody),
        requestId: requestIdOf(raw),
        rateLimit,
        trace: callerSpan(tracer, raw),
      }) as never;
    },
    execute: (args) =>
      executeOperation(
        service,
        args.document,
        args.operationName ?? undefined,
        args.variableValues ?? {},
        args.contextValue as never,
      ),
  });
}

function callerSpan(tracer: Tracer | undefined, { headers }: IncomingMessage): TraceParent | undefined {
  return tracer && remoteParent(tracer, headers[traceparentHeader]?.toString());
}

function requestIdOf(request: IncomingMessage): string {
  return request.headers[requestIdHeader]?.toString() ?? '';
}

function refuseUnsigned(response: ServerResponse): void {
  response.writeHead(401, { 'content-type': 'application/json' });
  const message = 'This is a subgraph of the hub: it answers calls that the gateway signed. Ask the gateway instead.';
  response.end(JSON.stringify({ errors: [{ message, extensions: { code: 'UNSIGNED_CALL' } }] }));
}
