/**
 * Serves any Apollo supergraph over HTTP: Apollo Server in front, our executor behind it, the subgraphs at the addresses
 * that stand in the file. It has no limits and no accounts of its own; the hub's gateway is the one to put before
 * strangers.
 */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import { createApolloGateway, type WeftGateway } from '#gateway/execute/apollo-gateway.js';
import { createHttpTransport } from '#gateway/execute/http-transport.js';
import type { SubgraphTransport } from '#gateway/execute/subgraph-transport.js';
import { loadSupergraph, type Supergraph } from '#gateway/plan/supergraph.js';
import { answerHttp } from './answer-http.js';
import type { CallerContext } from './caller-context.js';

export interface SupergraphServerOptions {
  readonly supergraphSdl: string;
  readonly host: string;
  readonly port: number;
}

export interface SupergraphServer {
  /** Where GraphQL is answered. */
  readonly url: string;
  /** Serves another supergraph from now on, or throws and goes on as before. */
  reload(supergraphSdl: string): void;
  /** Lets running requests finish, but not for longer than a few seconds. */
  stop(): Promise<void>;
}

const STOP_WITHIN_MS = 5_000;

export async function startSupergraphServer(options: SupergraphServerOptions): Promise<SupergraphServer> {
  const transports = new Map<string, AddressedTransport>();
  const supergraph = loadSupergraph(options.supergraphSdl);
  reachAll(supergraph, transports);
  const gateway = createGateway(supergraph, transports);
  const apollo = createApollo(gateway);
  await apollo.start();
  const server = createServer((request, response) => {
    // It fails only when the connection is gone, or by a bug: either way there is nothing to say any more.
    answerHttp(apollo, request, response).catch(() => response.destroy());
  });
  server.listen(options.port, options.host);
  await once(server, 'listening');
  return {
    url: urlOf(server, options.host),
    reload(supergraphSdl) {
      const next = loadSupergraph(supergraphSdl);
      reachAll(next, transports);
      gateway.replace(next);
    },
    async stop() {
      await closeServer(server);
      await apollo.stop();
    },
  };
}

interface AddressedTransport extends SubgraphTransport<CallerContext> {
  readonly url: string;
}

/** Subgraphs that moved get new connections; the old ones end by themselves once they are idle. */
function reachAll({ subgraphs }: Supergraph, transports: Map<string, AddressedTransport>): void {
  for (const { name, url } of subgraphs) {
    if (transports.get(name)?.url !== url) transports.set(name, { ...transportTo(url), url });
  }
}

function createGateway(supergraph: Supergraph, transports: ReadonlyMap<string, AddressedTransport>): WeftGateway {
  return createApolloGateway<CallerContext>({ supergraph, transports, signalOf: ({ signal }) => signal });
}

function createApollo(gateway: WeftGateway): ApolloServer<CallerContext> {
  process.env.APOLLO_TELEMETRY_DISABLED = 'true';
  return new ApolloServer<CallerContext>({
    gateway,
    introspection: true,
    // There are no cookies to abuse, and a POST must be JSON, which a browser does not send across sites unasked.
    csrfPrevention: false,
    stopOnTerminationSignals: false,
    includeStacktraceInErrorResponses: false,
    plugins: [ApolloServerPluginLandingPageDisabled()],
  });
}

function transportTo(url: string) {
  return createHttpTransport<CallerContext>({
    url,
    headers: ({ authorization }) => (authorization === undefined ? {} : { authorization }),
  });
}

function urlOf(server: Server, host: string): string {
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}/graphql`;
}

async function closeServer(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeIdleConnections();
  const force = setTimeout(() => server.closeAllConnections(), STOP_WITHIN_MS);
  await closed;
  clearTimeout(force);
}
