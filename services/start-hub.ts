import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Tracer } from '@opentelemetry/api';
import type { Logger } from 'pino';
import { readProviders } from '#gateway/auth/oidc/provider.js';
import { guardTransports } from '#gateway/breaker/guarded-transport.js';
import { followSupergraph } from '#gateway/follow-supergraph.js';
import { type RunningGateway, startGateway } from '#gateway/gateway.js';
import { limitsOf } from '#gateway/limits/limits.js';
import { shareOut } from '#gateway/processes/share-out.js';
import { requestsSignedBy } from '#gateway/request.js';
import type { GatewayTimes } from '#gateway/times.js';
import { traceFetches } from '#gateway/tracing/trace-fetches.js';
import { type HubTransport, type Transports, transportInProcess, transportOverHttp } from '#gateway/transports.js';
import { anyDocument } from '#gateway/trusted/document-policy.js';
import { readManifest } from '#gateway/trusted/read-manifest.js';
import { viewerSigner } from '#kernel/auth/viewer-header.js';
import type { Config, RoleName } from '#kernel/config/config.js';
import { onceDatabaseAnswers } from '#kernel/database/await-database.js';
import { prepareServer, serviceUrl } from '#kernel/database/prepare-server.js';
import type { RunningHttpServer } from '#kernel/http/http-server.js';
import { serveSubgraph } from '#kernel/http/serve-subgraph.js';
import type { MintId } from '#kernel/ids/id.js';
import { type MetricsEndpoint, metricsEndpoint } from '#kernel/metrics/answer-metrics.js';
import { watchHeldBackEvents } from '#kernel/metrics/held-back-events.js';
import { Metrics } from '#kernel/metrics/metrics.js';
import { measureServices } from '#kernel/metrics/service-metrics.js';
import type { Clock } from '#kernel/runtime/clock.js';
import { type RunningService, type ServiceDefinition, startService } from '#kernel/runtime/service.js';
import { createWakes } from '#kernel/runtime/wakes.js';
import { traceStatements } from '#kernel/tracing/trace-statements.js';
import { openTracing } from '#kernel/tracing/tracing.js';
import { conversations } from './conversations/service.js';
import { ideas } from './ideas/service.js';
import { people } from './people/service.js';

export type ServiceName = Exclude<RoleName, 'gateway'>;

/** In the order in which they start: the others follow the log of people. */
export const serviceDefinitions: Readonly<Record<ServiceName, ServiceDefinition>> = {
  people,
  ideas,
  conversations,
};
export const serviceNames = ['people', 'ideas', 'conversations'] as const satisfies readonly ServiceName[];

export interface HubOptions {
  readonly config: Config;
  readonly roles: readonly RoleName[];
  readonly secret: string;
  /** Of somebody who may prepare the server; needed when any service runs here. */
  readonly databaseUrl: string | undefined;
  readonly log: Logger;
  readonly onProgress: (line: string) => void;
  /** How long a stream may go without telling how far it has come. */
  readonly heartbeatMs?: number;
  readonly now?: Clock;
  readonly newId?: MintId;
  readonly gatewayTimes?: Partial<GatewayTimes>;
  /** How long servers that stop leave idle connections to those who keep them; none when left out. */
  readonly drainMs?: number;
  /** Where the process counts; a fresh one when left out. */
  readonly metrics?: Metrics;
}

export interface RunningHub {
  /** Of the gateway; undefined where it runs elsewhere. */
  readonly url: string | undefined;
  /** Undefined where it runs elsewhere. */
  readonly gateway: RunningGateway | undefined;
  readonly services: ReadonlyMap<ServiceName, RunningService>;
  /** In the reverse order of the start: nothing new comes in, what is under way is finished. */
  stop(): Promise<void>;
}

/** Starts the roles of one process. With the gateway among them services are called in process, otherwise they are served over HTTP. */
export async function startHub(given: HubOptions): Promise<RunningHub> {
  const { metrics = new Metrics() } = given;
  const running: { stop(): Promise<void> }[] = [];
  const stop = async () => {
    for (const part of running.splice(0).reverse()) await part.stop();
  };
  try {
    const tracing = await openTracing(given.config);
    if (tracing) running.push(tracing);
    const counted = metricsEndpoint(metrics, given.config.METRICS_TOKEN);
    const options = { ...given, metrics: counted, tracer: tracing?.tracer };
    const services = await startServices(given, running);
    running.push(...observe(services, metrics, given.log));
    if (tracing) for (const { database } of services.values()) traceStatements(database.statements);
    if (!options.roles.includes('gateway')) running.push(...(await serveApart(options, services)));
    const gateway = options.roles.includes('gateway') ? await openGateway(options, services) : undefined;
    if (gateway) running.push(gateway);
    // A service in this process is of the version it was started with, and so has to be the schema.
    if (gateway && services.size === 0) running.push(followSchema(gateway, options.log));
    return { url: gateway?.url, gateway, services, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The figures of the services, and an eye on what holds their events back. */
function observe(services: ReadonlyMap<ServiceName, RunningService>, metrics: Metrics, log: Logger) {
  const measured = [...services].map(([name, { database }]) => {
    const { consumers } = serviceDefinitions[name];
    return { name, database, consumers };
  });
  measureServices(metrics, measured);
  return measured.map(({ name, database }) => {
    const watch = watchHeldBackEvents(database, log.child({ service: name }));
    return { stop: async () => watch.stop() };
  });
}

/** What the options of the hub become on the way to its servers. */
type Served = Omit<HubOptions, 'metrics'> & {
  readonly metrics: MetricsEndpoint;
  readonly tracer: Tracer | undefined;
};

async function startServices(
  options: HubOptions,
  running: { stop(): Promise<void> }[],
): Promise<Map<ServiceName, RunningService>> {
  const names = serviceNames.filter((name) => options.roles.includes(name));
  const services = new Map<ServiceName, RunningService>();
  if (names.length === 0) return services;
  const { databaseUrl: adminUrl, secret, config, onProgress } = options;
  if (adminUrl === undefined) throw new Error('A service needs a database: set DATABASE_URL.');
  const server = { adminUrl, secret, rolePrefix: config.HUB_ROLE_PREFIX };
  onProgress('Preparing the database …');
  const wait = { url: adminUrl, milliseconds: config.DATABASE_WAIT_MS, onProgress };
  await onceDatabaseAnswers(wait, () => prepareServer({ ...server, services: serviceNames }));
  const wakes = createWakes();
  for (const name of names) {
    const serviceOptions = {
      databaseUrl: serviceUrl(server, name),
      rolePrefix: config.HUB_ROLE_PREFIX,
      secret,
      poolSize: config.DATABASE_POOL_SIZE,
      eventRetentionDays: config.EVENT_RETENTION_DAYS,
      wakes,
      log: options.log,
      ...(options.heartbeatMs === undefined ? {} : { heartbeatMs: options.heartbeatMs }),
      ...(options.now ? { now: options.now } : {}),
      ...(options.newId ? { newId: options.newId } : {}),
    };
    const service = await onceDatabaseAnswers(wait, () => startService(serviceDefinitions[name], serviceOptions));
    running.push(service);
    services.set(name, service);
  }
  return services;
}

const ports = { people: 'PEOPLE_PORT', ideas: 'IDEAS_PORT', conversations: 'CONVERSATIONS_PORT' } as const;
const urls = { people: 'PEOPLE_URL', ideas: 'IDEAS_URL', conversations: 'CONVERSATIONS_URL' } as const;

function serveApart(
  { config, secret, log, metrics, tracer, drainMs }: Served,
  services: ReadonlyMap<ServiceName, RunningService>,
): Promise<RunningHttpServer[]> {
  const signer = viewerSigner(secret);
  return Promise.all(
    [...services].map(([name, service]) =>
      serveSubgraph(service, { host: config.HOST, port: config[ports[name]], signer, log, metrics, tracer, drainMs }),
    ),
  );
}

const supergraphPath = fileURLToPath(new URL('../../schema/supergraph.graphql', import.meta.url));

/** On SIGHUP only: the file changes with a checkout, before the services that go with it are started. */
function followSchema(gateway: RunningGateway, log: Logger): { stop(): Promise<void> } {
  const stop = followSupergraph({
    path: supergraphPath,
    reload: gateway.reload,
    onChange: false,
    said: (result) =>
      result === 'reloaded'
        ? log.info('the schema was reloaded')
        : log.error({ err: result }, 'the schema cannot be reloaded; the one before is still served'),
  });
  return { stop: async () => stop() };
}

function transportsOf(
  { config, log, metrics, tracer }: Served,
  services: ReadonlyMap<ServiceName, RunningService>,
): Transports {
  const guard = guardTransports({ log, metrics: metrics.metrics });
  const reach = (name: ServiceName): HubTransport => {
    const service = services.get(name);
    const elsewhere = () =>
      shareOut(config[urls[name]].map((url) => guard(name, new URL(url).host, transportOverHttp(url))));
    const transport = service ? transportInProcess(service) : elsewhere();
    return tracer ? traceFetches(name, service ? 'in_process' : 'http', transport) : transport;
  };
  return new Map(serviceNames.map((name) => [name, reach(name)]));
}

async function openGateway(
  served: Served,
  services: ReadonlyMap<ServiceName, RunningService>,
): Promise<RunningGateway> {
  const { config, secret, log, gatewayTimes, metrics, tracer, drainMs } = served;
  return startGateway({
    supergraphSdl: await readFile(supergraphPath, 'utf8'),
    transports: transportsOf(served, services),
    makeRequest: requestsSignedBy(viewerSigner(secret)),
    host: config.HOST,
    port: config.PORT,
    log,
    checks: [...services.values()],
    times: {
      headersMs: config.HEADERS_TIMEOUT_MS,
      initialisationMs: config.HEADERS_TIMEOUT_MS,
      requestMs: config.REQUEST_TIMEOUT_MS,
      fetchTimeoutMs: config.FETCH_TIMEOUT_MS,
      operationTimeoutMs: config.OPERATION_TIMEOUT_MS,
      ...(drainMs === undefined ? {} : { drainMs }),
      ...gatewayTimes,
    },
    limits: limitsOf(config),
    metrics,
    ...(tracer ? { tracer } : {}),
    allowedOrigins: config.ALLOWED_ORIGINS ?? [],
    ...(config.OIDC_PROVIDERS ? { providers: await readProviders(config.OIDC_PROVIDERS) } : {}),
    policy: config.TRUSTED_DOCUMENTS ? await readManifest(config.TRUSTED_DOCUMENTS) : anyDocument,
  });
}
