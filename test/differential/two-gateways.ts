import type { DocumentNode, ExecutionResult } from 'graphql';
import { createAuthenticator } from '#gateway/auth/authenticate.js';
import { fetchThrough } from '#gateway/execute/apollo-gateway.js';
import { compileOperation } from '#gateway/execute/compile-operation.js';
import { loadSupergraph, type Supergraph } from '#gateway/plan/supergraph.js';
import { startStockGatewayOver } from '#gateway/plan/testing/stock-gateway.js';
import { type GatewayRequest, requestsUnsigned } from '#gateway/request.js';
import { transportInProcess } from '#gateway/transports.js';
import { documentCache } from '#kernel/http/document-cache.js';
import { executeOperation } from '#kernel/runtime/execute-operation.js';
import type { RunningService } from '#kernel/runtime/service.js';
import { readText } from '#test/docs/documents.js';
import type { TestClient } from '#test/hub/graphql-client.js';
import type { TestHub } from '#test/hub/test-hub.js';
import { serviceNames } from '../../services/service-definitions.js';

export interface Asked {
  readonly document: DocumentNode;
  readonly variables: { readonly [name: string]: unknown };
  readonly as: TestClient;
}

/** Our gateway and the stock one in front of the services of one hub. */
export interface TwoGateways {
  readonly supergraph: Supergraph;
  ours(asked: Asked): Promise<ExecutionResult>;
  stock(asked: Asked): Promise<ExecutionResult>;
  stop(): Promise<void>;
}

export async function startTwoGateways(hub: TestHub): Promise<TwoGateways> {
  const supergraph = loadSupergraph(readText('schema/supergraph.graphql'));
  const transports = new Map(serviceNames.map((name) => [name as string, transportInProcess(hub.service(name))]));
  const authenticator = createAuthenticator(transportInProcess(hub.service('people')), requestsUnsigned);
  const requestOf = async ({ token }: TestClient): Promise<GatewayRequest> => {
    const viewer = await authenticator.viewerOf(token && `Bearer ${token}`, 'differential');
    return requestsUnsigned(viewer, 'differential');
  };
  const ask = new Map(serviceNames.map((name) => [name as string, asking(hub.service(name))]));
  const stock = await startStockGatewayOver(supergraph.sdl, ({ subgraph, ...fetch }, context) => {
    const service = ask.get(subgraph);
    if (!service) throw new Error(`There is no service "${subgraph}".`);
    return service(fetch, context as GatewayRequest);
  });
  return {
    supergraph,
    async ours({ document, variables, as }) {
      const operation = compileOperation(supergraph, document);
      if (operation.kind === 'subscription') throw new Error('Streams are not compared here.');
      return operation.run({ variables, context: await requestOf(as), fetch: fetchThrough(transports) });
    },
    stock: async ({ as, ...asked }) => stock.execute({ ...asked, context: await requestOf(as) }),
    stop: () => stock.stop(),
  };
}

/** Asks a service as the stock gateway would over a wire: with text. */
function asking(service: RunningService) {
  const documents = documentCache(service.schema);
  return async (
    { query, variables }: { query: string; variables: { readonly [name: string]: unknown } },
    { viewer, requestId }: GatewayRequest,
  ): Promise<ExecutionResult> => {
    const document = documents.parse(query);
    const context = service.createContext({ viewer, requestId });
    return executeOperation(service, document, undefined, variables, context);
  };
}
