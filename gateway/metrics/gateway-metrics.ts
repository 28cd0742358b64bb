import { Gauge } from 'prom-client';
import type { Subscriptions } from '#gateway/subscriptions/subscriptions.js';
import type { Transports } from '#gateway/transports.js';
import type { Metrics } from '#kernel/metrics/metrics.js';
import { measureFetches } from './measure-fetches.js';
import { type MeasureOperation, measureOperations } from './measure-operations.js';
import { measureStreams } from './measure-streams.js';

/** What the gateway counts. Each part is put around what it counts, which knows nothing of it. */
export interface GatewayMetrics {
  fetches(transports: Transports): Transports;
  readonly operation: MeasureOperation;
  streams(subscriptions: Subscriptions): Subscriptions;
  /** Subscriptions open at the subgraphs. */
  upstreams(count: () => number): void;
}

export function gatewayMetrics(metrics: Metrics): GatewayMetrics {
  return {
    fetches: (transports) => measureFetches(metrics, transports),
    operation: measureOperations(metrics),
    streams: measureStreams(metrics),
    upstreams(count) {
      const upstreams = new Gauge({
        name: 'weft_upstreams',
        help: 'Subscriptions open at the subgraphs: equal ones of clients share one',
        registers: [metrics.registry],
      });
      metrics.beforeScrape(() => upstreams.set(count()));
    },
  };
}
