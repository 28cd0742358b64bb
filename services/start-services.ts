import { viewerSigner } from '#kernel/auth/viewer-header.js';
import { onceDatabaseAnswers } from '#kernel/database/await-database.js';
import { prepareServer, serviceUrl } from '#kernel/database/prepare-server.js';
import { serveSubgraph } from '#kernel/http/serve-subgraph.js';
import { watchHeldBackEvents } from '#kernel/metrics/held-back-events.js';
import { measureServices } from '#kernel/metrics/service-metrics.js';
import { type RunningService, startService } from '#kernel/runtime/service.js';
import { createWakes } from '#kernel/runtime/wakes.js';
import { traceStatements } from '#kernel/tracing/trace-statements.js';
import type { Served, Stoppable } from './hub-options.js';
import { loadDefinition, type ServiceName, serviceNames } from './service-definitions.js';

/** Starts the services among the roles, and puts what has to be stopped later into `running`. */
export async function startServices(options: Served, running: Stoppable[]): Promise<Map<ServiceName, RunningService>> {
  const names = serviceNames.filter((name) => options.roles.includes(name));
  const services = new Map<ServiceName, RunningService>();
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
    const definition = await loadDefinition(name);
    const service = await onceDatabaseAnswers(wait, () => startService(definition, serviceOptions));
    running.push(service);
    services.set(name, service);
  }
  return services;
}

/** The figures of the services, their statements in traces, and an eye on what holds their events back. */
export async function observe(
  { metrics, log, tracer }: Served,
  services: ReadonlyMap<ServiceName, RunningService>,
): Promise<Stoppable[]> {
  const measured = await Promise.all(
    [...services].map(async ([name, { database }]) => {
      const { consumers } = await loadDefinition(name);
      return { name, database, consumers };
    }),
  );
  measureServices(metrics.metrics, measured);
  return measured.map(({ name, database }) => {
    if (tracer) traceStatements(database.statements);
    const watch = watchHeldBackEvents(database, log.child({ service: name }));
    return { stop: async () => watch.stop() };
  });
}

const ports = { people: 'PEOPLE_PORT', ideas: 'IDEAS_PORT', conversations: 'CONVERSATIONS_PORT' } as const;

/** Serves each over HTTP, for a gateway in another process. */
export function serveApart(
  { config, secret, log, metrics, tracer, drainMs }: Served,
  services: ReadonlyMap<ServiceName, RunningService>,
): Promise<Stoppable[]> {
  const signer = viewerSigner(secret);
  return Promise.all(
    [...services].map(([name, service]) =>
      serveSubgraph(service, { host: config.HOST, port: config[ports[name]], signer, log, metrics, tracer, drainMs }),
    ),
  );
}
