import { randomUUID } from 'node:crypto';
import type { ApolloGateway } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { createAuthenticator } from '#gateway/auth/authenticate.js';
import type { SubgraphTransport } from '#gateway/execute/subgraph-transport.js';
import type { GatewayRequest } from '#gateway/request.js';
import { announce, config, makeRequest } from './surroundings.js';

/** Apollo Server as its documentation starts it, with our tokens. */
export async function serveStock(
  gateway: ApolloGateway,
  people: SubgraphTransport<GatewayRequest>,
): Promise<ApolloServer<GatewayRequest>> {
  const authenticator = createAuthenticator(people, makeRequest);
  const server = new ApolloServer<GatewayRequest>({ gateway, nodeEnv: 'production', stopOnTerminationSignals: false });
  await startStandaloneServer(server, {
    listen: { host: '127.0.0.1', port: config.PORT },
    context: async ({ req }) => {
      const requestId = randomUUID();
      return makeRequest(await authenticator.viewerOf(req.headers.authorization, requestId), requestId);
    },
  });
  announce();
  return server;
}
