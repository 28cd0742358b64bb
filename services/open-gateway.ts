import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Logger } from 'pino';
import { readProviders } from '#gateway/auth/oidc/provider.js';
import { guardTransports } from '#gateway/breaker/guarded-transport.js';
import { followSupergraph } from '#gateway/follow-supergraph.js';
import { type RunningGateway, startGateway } from '#gateway/gateway.js';
import { limitsOf } from '#gateway/limits/limits.js';
import { shareOut } from '#gateway/processes/share-out.js';
import { requestsSignedBy } from '#gateway/request.js';
import { traceFetches } from '#gateway/tracing/trace-fetches.js';
import { type HubTransport, type Transports, transportInProcess, transportOverHttp } from '#gateway/transports.js';
import { anyDocument } from '#gateway/trusted/document-policy.js';
import { readManifest } from '#gateway/trusted/read-manifest.js';
import { viewerSigner } from '#kernel/auth/viewer-header.js';
import type { RunningService } from '#kernel/runtime/service.js';
import type { Served, Stoppable } from './hub-options.js';
import { type ServiceName, serviceNames } from './service-definitions.js';

const supergraphPath = fileURLToPath(new URL('../../schema/supergraph.graphql', import.meta.url));

/** Opens the gateway in front of the services of this process, and of those that run elsewhere. */
export async function openGateway(
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

const urls = { people: 'PEOPLE_URL', ideas: 'IDEAS_URL', conversations: 'CONVERSATIONS_URL' } as const;

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

/** On SIGHUP only: the file changes with a checkout, before the services that go with it are started. */
export function followSchema(gateway: RunningGateway, log: Logger): Stoppable {
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
