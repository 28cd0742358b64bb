import { Histogram } from 'prom-client';
import { secondsBuckets } from '#kernel/metrics/http-metrics.js';
import type { Metrics } from '#kernel/metrics/metrics.js';

/** Told of each query and mutation that was executed, over whatever transport. */
export type MeasureOperation = (kind: 'query' | 'mutation', withErrors: boolean, milliseconds: number) => void;

export function measureOperations({ registry }: Metrics): MeasureOperation {
  const seconds = new Histogram({
    name: 'weft_operation_seconds',
    help: 'Queries and mutations executed and how long they took; errors: some or all of the answer is missing',
    labelNames: ['kind', 'outcome'],
    buckets: secondsBuckets,
    registers: [registry],
  });
  const of = (kind: string, outcome: string) => seconds.labels(kind, outcome);
  const known = {
    query: [of('query', 'ok'), of('query', 'errors')],
    mutation: [of('mutation', 'ok'), of('mutation', 'errors')],
  } as const;
  return (kind, withErrors, milliseconds) => known[kind][withErrors ? 1 : 0].observe(milliseconds / 1000);
}
