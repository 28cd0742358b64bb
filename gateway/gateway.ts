import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { answerHealth, type Checked } from '#kernel/http/health.js';
import { startHttpServer } from '#kernel/http/http-server.js';
import { createApolloServer } from './apollo-server.js';
import { createAuthenticator } from './auth/authenticate.js';
import { createApolloGateway } from './execute/apollo-gateway.js';
import { answerGraphQL, type GraphQLAnswerer } from './http/answer-graphql.js';
import { answerPage } from './page/answer-page.js';
import { loadSupergraph } from './plan/supergraph.js';
import type { GatewayRequest, MakeRequest } from './request.js';
import type { Transports } from './transports.js';

export interface GatewayOptions {
  readonly supergraphSdl: string;
  readonly transports: Transports;
  readonly makeRequest: MakeRequest;
  readonly host: string;
  readonly port: number;
  readonly log: Logger;
  /** What must work for the gateway to be ready. */
  readonly checks: readonly Checked[];
}

export interface RunningGateway {
  readonly url: string;
  stop(): Promise<void>;
}

/** The one endpoint: pages and assets, health, and GraphQL planned and executed over the subgraphs. */
export async function startGateway(options: GatewayOptions): Promise<RunningGateway> {
  const { transports, makeRequest, log } = options;
  const supergraph = loadSupergraph(options.supergraphSdl);
  const server = createApolloServer(createApolloGateway<GatewayRequest>({ supergraph, transports }), log);
  await server.start();
  const authenticator = createAuthenticator(peopleOf(transports), makeRequest);
  const answerer: GraphQLAnswerer = {
    server,
    async contextOf(request) {
      const requestId = requestIdOf(request);
      return makeRequest(await authenticator.viewerOf(request.headers.authorization, requestId), requestId);
    },
  };
  const http = await startHttpServer({
    host: options.host,
    port: options.port,
    handle: (request, response) => handle(request, response, answerer, options.checks),
    failed: (error) => log.error({ err: error }, 'request failed'),
  });
  return {
    url: http.url,
    async stop() {
      await http.stop();
      await server.stop();
    },
  };
}

async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  answerer: GraphQLAnswerer,
  checks: readonly Checked[],
): Promise<void> {
  if (await answerHealth(request, response, checks)) return;
  if (await answerPage(request, response)) return;
  if (request.url?.split('?')[0] === '/graphql') return answerGraphQL(answerer, request, response);
  response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' });
  response.end('Nothing here. The endpoint is /graphql, the start page /.\n');
}

function peopleOf(transports: Transports) {
  const people = transports.get('people');
  if (!people) throw new Error('The gateway needs the people subgraph: it knows whose token is whose.');
  return people;
}

/** A caller's own request id is kept when it is harmless, so that its log and ours can be put side by side. */
function requestIdOf(request: IncomingMessage): string {
  const given = request.headers['x-request-id']?.toString();
  return given !== undefined && /^[\w.:-]{1,64}$/.test(given) ? given : randomUUID();
}
