import type { RunningGateway } from '#gateway/gateway.js';
import { metricsEndpoint } from '#kernel/metrics/answer-metrics.js';
import { Metrics } from '#kernel/metrics/metrics.js';
import type { RunningService } from '#kernel/runtime/service.js';
import { openTracing } from '#kernel/tracing/tracing.js';
import type { HubOptions, Served, Stoppable } from './hub-options.js';
import type { ServiceName } from './service-definitions.js';

export interface RunningHub {
  /** Of the gateway; undefined where it runs elsewhere. */
  readonly url: string | undefined;
  /** Undefined where it runs elsewhere. */
  readonly gateway: RunningGateway | undefined;
  readonly services: ReadonlyMap<ServiceName, RunningService>;
  /** In the reverse order of the start: nothing new comes in, what is under way is finished. */
  stop(): Promise<void>;
}

/**
 * Starts the roles of one process. With the gateway among them services are called in process, otherwise they are served over HTTP.
 * What a role needs is loaded only where it runs: a process starts in half the time, and is smaller.
 */
export async function startHub({ metrics = new Metrics(), ...options }: HubOptions): Promise<RunningHub> {
  const running: Stoppable[] = [];
  const stop = async () => {
    for (const part of running.splice(0).reverse()) await part.stop();
  };
  try {
    const tracing = await openTracing(options.config);
    if (tracing) running.push(tracing);
    const counted = metricsEndpoint(metrics, options.config.METRICS_TOKEN);
    const served = { ...options, metrics: counted, tracer: tracing?.tracer };
    const services = await runServices(served, running);
    const gateway = await runGateway(served, services, running);
    return { url: gateway?.url, gateway, services, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

type Services = ReadonlyMap<ServiceName, RunningService>;

async function runServices(served: Served, running: Stoppable[]): Promise<Services> {
  if (served.roles.every((role) => role === 'gateway')) return new Map();
  const { observe, serveApart, startServices } = await import('./start-services.js');
  const services = await startServices(served, running);
  running.push(...(await observe(served, services)));
  if (!served.roles.includes('gateway')) running.push(...(await serveApart(served, services)));
  return services;
}

async function runGateway(
  served: Served,
  services: Services,
  running: Stoppable[],
): Promise<RunningGateway | undefined> {
  if (!served.roles.includes('gateway')) return undefined;
  const { followSchema, openGateway } = await import('./open-gateway.js');
  const gateway = await openGateway(served, services);
  running.push(gateway);
  // A service in this process is of the version it was started with, and so has to be the schema.
  if (services.size === 0) running.push(followSchema(gateway, served.log));
  return gateway;
}
