import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { createGatewayRuntime, type GatewayPlugin, getGraphQLWSOptions } from '@graphql-hive/gateway-runtime';
import { useServer as serveSockets } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import { createAuthenticator } from '#gateway/auth/authenticate.js';
import { transportOverHttp } from '#gateway/transports.js';
import { viewerHeader } from '#kernel/auth/viewer-header.js';
import { announce, config, makeRequest, peopleUrl, readSupergraph, stopOnSignal } from './surroundings.js';

const authenticator = createAuthenticator(transportOverHttp(peopleUrl), makeRequest);

/** Sends the signed viewer along with every call of a subgraph. */
const signViewer: GatewayPlugin = {
  async onFetch({ context, options, setOptions }) {
    const requestId = randomUUID();
    const viewer = await authenticator.viewerOf(authorizationOf(context), requestId);
    const { signedViewer } = await makeRequest(viewer, requestId);
    setOptions({ ...options, headers: { ...(options.headers as object), [viewerHeader]: signedViewer } });
  },
};

function authorizationOf(context: object): string | undefined {
  const { headers, connectionParams } = context as {
    headers?: Record<string, string>;
    connectionParams?: Record<string, string>;
  };
  return connectionParams?.authorization ?? headers?.authorization;
}

/**
 * Our subgraphs take a stream by POST only. Equal calls under way are told apart before the viewer is added, so joining them
 * would give one person the answer of another.
 */
const subgraphCalls = { method: 'POST', deduplicateInflightRequests: false };

const gateway = createGatewayRuntime({
  supergraph: await readSupergraph(),
  plugins: () => [signViewer],
  transportEntries: { '*.http': { options: subgraphCalls } },
  logging: false,
  maskedErrors: false,
});
const server = createServer(gateway);
const sockets = new WebSocketServer({ server, path: '/graphql' });
serveSockets(
  getGraphQLWSOptions(gateway, (ctx) => ({ connectionParams: ctx.connectionParams })),
  sockets,
);
server.listen(config.PORT, '127.0.0.1', announce);
stopOnSignal(async () => {
  server.closeAllConnections();
  server.close();
  await gateway[Symbol.asyncDispose]();
});
