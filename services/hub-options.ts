import type { Tracer } from '@opentelemetry/api';
import type { Logger } from 'pino';
import type { GatewayTimes } from '#gateway/times.js';
import type { Config, RoleName } from '#kernel/config/config.js';
import type { MintId } from '#kernel/ids/id.js';
import type { MetricsEndpoint } from '#kernel/metrics/answer-metrics.js';
import type { Metrics } from '#kernel/metrics/metrics.js';
import type { Clock } from '#kernel/runtime/clock.js';

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

/** What the options of the hub become on the way to its servers. */
export type Served = Omit<HubOptions, 'metrics'> & {
  readonly metrics: MetricsEndpoint;
  readonly tracer: Tracer | undefined;
};

export interface Stoppable {
  stop(): Promise<void>;
}
