import { createHttpTransport } from '#gateway/execute/http-transport.js';
import { createInProcessTransport } from '#gateway/execute/in-process-transport.js';
import type { SubgraphTransport } from '#gateway/execute/subgraph-transport.js';
import { viewerHeader } from '#kernel/auth/viewer-header.js';
import { requestIdHeader } from '#kernel/http/serve-subgraph.js';
import { executeOperation } from '#kernel/runtime/execute-operation.js';
import { rateLimitHeader, writeRateLimit } from '#kernel/runtime/rate-limit.js';
import type { RunningService } from '#kernel/runtime/service.js';
import { traceparentHeader } from '#kernel/tracing/traceparent.js';
import type { GatewayRequest } from './request.js';
import { streamInProcess } from './subscriptions/stream-in-process.js';
import { streamOverHttp } from './subscriptions/stream-over-http.js';
import type { StreamTransport } from './subscriptions/subgraph-stream.js';

/** How the gateway reaches a subgraph: for one answer, and for a stream. */
export type HubTransport = SubgraphTransport<GatewayRequest> & StreamTransport<GatewayRequest>;

/** By the names of the subgraphs in the supergraph. */
export type Transports = ReadonlyMap<string, HubTransport>;

/** Calls a service that runs in this process with the document itself; the viewer needs no signature on the way. */
export function transportInProcess(service: RunningService): HubTransport {
  const calls = createInProcessTransport<GatewayRequest>({
    schema: service.schema,
    contextValue: ({ viewer, requestId, address, rate, trace }) =>
      service.createContext({ viewer, requestId, address: address ?? null, rateLimit: rate, trace }),
    prepare: (_schema, document, operationName) => (variables, context) =>
      executeOperation(service, document, operationName, variables, context as never),
  });
  return { ...calls, ...streamInProcess(service) };
}

/** Calls a service of another process; the viewer travels signed. */
export function transportOverHttp(url: string): HubTransport {
  const headers = ({ signedViewer, requestId, rate, trace }: GatewayRequest) => ({
    [viewerHeader]: signedViewer,
    [requestIdHeader]: requestId,
    ...(rate ? { [rateLimitHeader]: writeRateLimit(rate) } : {}),
    ...(trace ? { [traceparentHeader]: trace.traceparent } : {}),
  });
  return { ...createHttpTransport<GatewayRequest>({ url, headers }), ...streamOverHttp({ url, headers }) };
}
