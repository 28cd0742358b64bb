import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { Tracer } from '@opentelemetry/api';
import type { Logger } from 'pino';
import { readConfig } from '#kernel/config/config.js';
import type { ScopeGuard } from '#kernel/graphql/scope-guard.js';
import { answerHealth, type Checked, notStopping } from '#kernel/http/health.js';
import { startHttpServer } from '#kernel/http/http-server.js';
import { answerMetrics, type MetricsEndpoint, metricsEndpoint } from '#kernel/metrics/answer-metrics.js';
import { Metrics } from '#kernel/metrics/metrics.js';
import { createApolloServer } from './apollo-server.js';
import { askPeople } from './auth/ask-people.js';
import { type Authenticator, createAuthenticator } from './auth/authenticate.js';
import type { OidcProvider } from './auth/oidc/provider.js';
import { startRecheck } from './auth/recheck.js';
import { createApolloGateway, fetchThrough } from './execute/apollo-gateway.js';
import { answerGraphQL } from './http/answer-graphql.js';
import { type AllowedOrigins, answerAtTheDoor } from './http/origins.js';
import { type Admission, createAdmission } from './limits/admission.js';
import { limitConnections } from './limits/connections/limit-connections.js';
import { openSubscriptions } from './limits/connections/open-subscriptions.js';
import { createGuard, type Guard } from './limits/guard.js';
import { type Limits, limitsOf, type RateLimits } from './limits/limits.js';
import { addressOf } from './limits/rate/address.js';
import type { Buckets } from './limits/rate/buckets.js';
import { memoryBuckets } from './limits/rate/memory-buckets.js';
import { createRateLimiter } from './limits/rate/rate-limiter.js';
import { sharedBuckets } from './limits/rate/shared-buckets.js';
import { refusalOverHttp } from './limits/refusal-over-http.js';
import { gatewayMetrics } from './metrics/gateway-metrics.js';
import { answerToken, tokenPath } from './oauth/answer-token.js';
import { answerPage } from './page/answer-page.js';
import { loadSupergraph } from './plan/supergraph.js';
import type { GatewayRequest, MakeRequest } from './request.js';
import { createSchemas } from './served-schema.js';
import { answerStream, asksForStream } from './sse/answer-stream.js';
import { operationStarter } from './subscriptions/start-operation.js';
import { type GatewayTimes, usualTimes } from './times.js';
import type { Transports } from './transports.js';
import { anyDocument, type DocumentPolicy } from './trusted/document-policy.js';
import { serveWebSocket } from './websocket/websocket-server.js';

export interface GatewayOptions {
  readonly supergraphSdl: string;
  readonly transports: Transports;
  readonly makeRequest: MakeRequest;
  readonly host: string;
  readonly port: number;
  readonly log: Logger;
  /** What must work for the gateway to be ready. */
  readonly checks: readonly Checked[];
  readonly times?: Partial<GatewayTimes>;
  /** By default those of a hub without configuration. */
  readonly limits?: Limits;
  /** In the place of what limits requests and operations, to measure what that costs. */
  readonly unguarded?: { readonly guard: Guard; readonly admission: Admission };
  /** Which documents may run; by default any. */
  readonly policy?: DocumentPolicy;
  /** Whose sign-ins are good here; by default nobody's. */
  readonly providers?: readonly OidcProvider[];
  /** Of web pages elsewhere that may use the hub; by default none. */
  readonly allowedOrigins?: readonly string[];
  /** Where the gateway counts what it does, and who may read it. */
  readonly metrics?: MetricsEndpoint;
  /** Where the gateway tells of its requests; without one they are not traced. */
  readonly tracer?: Tracer;
}

export interface RunningGateway {
  readonly url: string;
  /** Subscriptions open at the subgraphs. */
  readonly upstreams: number;
  /**
   * Serves another schema from now on, or throws and goes on as before. Requests under way end with the schema they began with, and
   * so do streams, except those whose documents are not valid any more: they end with an error.
   */
  reload(supergraphSdl: string): void;
  stop(): Promise<void>;
}

const path = '/graphql';

/** The one endpoint: pages and assets, health, and GraphQL over HTTP, Server-Sent Events and WebSocket. */
export async function startGateway(options: GatewayOptions): Promise<RunningGateway> {
  const { makeRequest, log, policy = anyDocument, metrics = metricsEndpoint(new Metrics()) } = options;
  const measured = gatewayMetrics(metrics.metrics);
  const transports = measured.fetches(options.transports);
  const times = { ...usualTimes, ...options.times };
  const origins: AllowedOrigins = new Set(options.allowedOrigins);
  const supergraph = loadSupergraph(options.supergraphSdl);
  const gateway = createApolloGateway<GatewayRequest>({
    supergraph,
    transports,
    signalOf: ({ signal }) => signal,
    traceOf: ({ trace }) => trace,
    fetchTimeoutMs: times.fetchTimeoutMs,
    operationTimeoutMs: times.operationTimeoutMs,
    measure: measured.operation,
  });
  const limits = options.limits ?? limitsOf(readConfig({}));
  const guard = options.unguarded?.guard ?? createGuard(limits);
  const limiter = createRateLimiter(limits.rate, bucketsFor(limits.rate, transports, makeRequest));
  const admission = options.unguarded?.admission ?? createAdmission(limiter, limits.operation.cost);
  const authenticator = createAuthenticator(peopleOf(transports), makeRequest, options.providers);
  const { issueClientToken: issue } = askPeople(peopleOf(transports), makeRequest);
  const schemas = createSchemas(supergraph, {
    compiled: gateway.compiled,
    fetch: fetchThrough(transports),
    streams: transports,
    makeRequest,
    log,
    ...times,
  });
  measured.upstreams(() => schemas.upstreams);
  const guardScopes: ScopeGuard = (...asked) => schemas.present.guardScopes(...asked);
  const server = createApolloServer(gateway, log, policy, guardScopes, admission, options.tracer);
  await server.start();
  const start = operationStarter({
    server,
    guard,
    guardScopes,
    admission,
    open: openSubscriptions(limits.connection.subscriptions),
    policy,
    makeRequest,
    newRequestId: randomUUID,
    tracer: options.tracer,
    get subscriptions() {
      return measured.streams(schemas.present.subscriptions);
    },
    get documents() {
      return schemas.present.documents;
    },
    get schema() {
      return schemas.present.schema;
    },
  });
  const authenticate = (authorization: string | undefined) => authenticator.viewerOf(authorization, randomUUID());
  const recheck = startRecheck(authenticate, times.recheckMs);
  const addressOfRequest = (request: IncomingMessage) => addressOf(request, limits.rate.proxies);
  const stopping = new AbortController();
  setMaxListeners(0, stopping.signal); // as many as there are streams; each takes its own away when it ends
  const checks = [...options.checks, notStopping(stopping.signal)];
  const http = await startHttpServer({
    host: options.host,
    port: options.port,
    patience: times,
    drainMs: times.drainMs,
    failed: (error) => log.error({ err: error }, 'request failed'),
    handle: metrics.http('gateway', async (request, response) => {
      if (await answerHealth(request, response, checks)) return;
      if (await answerMetrics(request, response, metrics)) return;
      if (pathOf(request) === path && answerAtTheDoor(request, response, origins)) return;
      if (asksForStream(request) && pathOf(request) === path) {
        return answerStream(
          { authenticate, guard, addressOf: addressOfRequest, start, recheck, times, stopping: stopping.signal },
          request,
          response,
        );
      }
      if (pathOf(request) === tokenPath) {
        if (answerAtTheDoor(request, response, origins)) return;
        const endpoint = { issue, admission, addressOf: addressOfRequest, newRequestId: () => requestIdOf(request) };
        return answerToken(endpoint, request, response);
      }
      if (await answerPage(request, response)) return;
      if (pathOf(request) === path) {
        return answerGraphQL(
          {
            server,
            guard,
            policy,
            documents: schemas.present.documents,
            async contextOf(asked, signal, points) {
              const context = await contextOf(asked, addressOfRequest(asked), authenticator, makeRequest);
              const caller = { ...context, signal };
              await admission.read(caller, points).catch((error: unknown) => Promise.reject(refusalOverHttp(error)));
              return caller;
            },
          },
          request,
          response,
        );
      }
      response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' });
      response.end('Nothing here. The endpoint is /graphql, the start page /.\n');
    }),
  });
  if (limits.rate.proxies === 0) limitConnections(http.server, limits.connection.connections);
  const sockets = serveWebSocket({
    server: http.server,
    limits: limits.connection,
    path,
    origins,
    authenticate,
    guard,
    addressOf: addressOfRequest,
    start,
    recheck,
    times,
  });
  return {
    url: http.url,
    get upstreams() {
      return schemas.upstreams;
    },
    reload(supergraphSdl) {
      const next = loadSupergraph(supergraphSdl);
      gateway.replace(next);
      schemas.replace(next);
    },
    async stop() {
      const answered = http.stop();
      stopping.abort();
      recheck.stop();
      await sockets.stop();
      schemas.stop();
      await answered;
      await server.stop();
    },
  };
}

function bucketsFor({ store }: RateLimits, transports: Transports, makeRequest: MakeRequest): Buckets {
  const own = memoryBuckets();
  return store === 'memory' ? own : sharedBuckets(peopleOf(transports), makeRequest, own);
}

function pathOf(request: IncomingMessage): string {
  return request.url?.split('?')[0] ?? '';
}

async function contextOf(
  request: IncomingMessage,
  address: string,
  authenticator: Authenticator,
  makeRequest: MakeRequest,
): Promise<GatewayRequest> {
  const requestId = requestIdOf(request);
  const viewer = await authenticator.viewerOf(request.headers.authorization, requestId);
  return makeRequest(viewer, requestId, address);
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
