import { Counter, Histogram } from 'prom-client';
import { type SubgraphAnswer, SubgraphCallError } from '#gateway/execute/subgraph-transport.js';
import type { HubTransport, Transports } from '#gateway/transports.js';
import { secondsBuckets } from '#kernel/metrics/http-metrics.js';
import type { Metrics } from '#kernel/metrics/metrics.js';

/** Counts and times the calls of each subgraph, and says how they ended. */
export function measureFetches({ registry }: Metrics, transports: Transports): Transports {
  const seconds = new Histogram({
    name: 'weft_subgraph_fetch_seconds',
    help: 'Fetches from a subgraph and how long they took',
    labelNames: ['subgraph'],
    buckets: secondsBuckets,
    registers: [registry],
  });
  const failures = new Counter({
    name: 'weft_subgraph_fetch_failures_total',
    help: 'Fetches that brought no usable answer, by the code of the error',
    labelNames: ['subgraph', 'code'],
    registers: [registry],
  });
  const measured = [...transports].map(([subgraph, transport]) => {
    const duration = seconds.labels(subgraph);
    const over = (start: number) => duration.observe((performance.now() - start) / 1000);
    const failed = (failure: unknown) =>
      failures.inc({ subgraph, code: failure instanceof SubgraphCallError ? failure.code : 'INTERNAL' });
    return [subgraph, { ...transport, execute: timed(transport, over, failed) }] as const;
  });
  return new Map(measured);
}

/** An answer that is there at once stays so: waiting a turn for nothing would cost more than the counting. */
function timed(
  transport: HubTransport,
  over: (start: number) => void,
  failed: (failure: unknown) => void,
): HubTransport['execute'] {
  return (request, context) => {
    const start = performance.now();
    const fail = (failure: unknown): never => {
      over(start);
      failed(failure);
      throw failure;
    };
    const succeed = (answer: SubgraphAnswer) => {
      over(start);
      return answer;
    };
    try {
      const answer = transport.execute(request, context);
      return 'then' in answer ? answer.then(succeed, fail) : succeed(answer);
    } catch (failure) {
      return fail(failure);
    }
  };
}
