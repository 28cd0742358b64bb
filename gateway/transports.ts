import { createHttpTransport } from '#gateway/execute/http-transport.js';
import { createInProcessTransport } from '#gateway/execute/in-process-transport.js';
import type { SubgraphTransport } from '#gateway/execute/subgraph-transport.js';
import { viewerHeader } from '#kernel/auth/viewer-header.js';
import { requestIdHeader } from '#kernel/http/serve-subgraph.js';
import { executeOperation } from '#kernel/runtime/execute-operation.js';
import type { RunningService } from '#kernel/runtime/service.js';
import type { GatewayRequest } from './request.js';

/** How the gateway reaches its subgraphs, by their names in the supergraph. */
export type Transports = ReadonlyMap<string, SubgraphTransport<GatewayRequest>>;

/** Calls a service that runs in this process with the document itself; the viewer needs no signature on the way. */
export function transportInProcess(service: RunningService): SubgraphTransport<GatewayRequest> {
  return createInProcessTransport<GatewayRequest>({
    schema: service.schema,
    contextValue: ({ viewer, requestId }) => service.createContext({ viewer, requestId }),
    prepare: (_schema, document, operationName) => (variables, context) =>
      executeOperation(service, document, operationName, variables, context as never),
  });
}

/** Calls a service of another process; the viewer travels signed. */
export function transportOverHttp(url: string): SubgraphTransport<GatewayRequest> {
  return createHttpTransport<GatewayRequest>({
    url,
    headers: ({ signedViewer, requestId }) => ({ [viewerHeader]: signedViewer, [requestIdHeader]: requestId }),
  });
}
