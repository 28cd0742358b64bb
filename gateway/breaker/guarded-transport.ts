import { createHash } from 'node:crypto';
import { parse } from 'graphql';
import type { Logger } from 'pino';
import { Gauge } from 'prom-client';
import type { SubgraphCallError, SubgraphRequest } from '#gateway/execute/subgraph-transport.js';
import type { HubTransport } from '#gateway/transports.js';
import type { Metrics } from '#kernel/metrics/metrics.js';
import { Breaker, type BreakerTimes, type Waiting } from './breaker.js';

export interface GuardOptions {
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly times?: Partial<BreakerTimes>;
}

/** Puts a breaker in front of one process of a subgraph. */
export type Guard = (subgraph: string, address: string, transport: HubTransport) => HubTransport;

export function guardTransports({ log, metrics, times = {} }: GuardOptions): Guard {
  const gauge = new Gauge({
    name: 'weft_breaker_open',
    help: '1 while calls of the subgraph fail at once, because it does not answer',
    labelNames: ['subgraph', 'address'],
    registers: [metrics.registry],
  });
  return (subgraph, address, transport) => {
    const process = { subgraph, address };
    gauge.set(process, 0);
    const changed = (open: boolean) => {
      gauge.set(process, open ? 1 : 0);
      if (open) log.error(process, 'a service does not answer: its calls fail at once until it does');
      else log.info(process, 'the service answers again');
    };
    return guarded(subgraph, transport, changed, times);
  };
}

function guarded(
  subgraph: string,
  transport: HubTransport,
  changed: (open: boolean) => void,
  times: Partial<BreakerTimes>,
): HubTransport {
  // Of whoever asked last: its signature may be too old by then, but a refusal is a sign of life as well.
  let context: Parameters<HubTransport['execute']>[1] | undefined;
  const probe = async (signal: AbortSignal) => {
    // It is no part of the request that asked last, and so not of its trace.
    if (context) await transport.execute({ ...leastOf(subgraph), signal }, { ...context, trace: undefined });
  };
  const breaker = new Breaker({ subgraph, probe, changed, times });
  return {
    ...transport,
    async execute(request, asking) {
      if (breaker.isOpen) throw breaker.refusal(false);
      context = asking;
      const { over, answer } = watched(breaker, request, async (own) => transport.execute(own, asking));
      return answer.finally(over);
    },
    /** Only until it is taken: a stream that is open says nothing for as long as nothing happens. */
    async subscribe(request, asking) {
      if (breaker.isOpen) throw breaker.refusal(false);
      context = asking;
      return watched(breaker, request, (own) => transport.subscribe(own, asking)).answer;
    },
    async close() {
      breaker.stop();
      await transport.close?.();
    },
  };
}

const text = '{ __typename }';
const least = {
  document: parse(text),
  text,
  operationName: undefined,
  kind: 'query',
  hash: createHash('sha256').update(text).digest('hex'),
  variables: {},
} as const;

function leastOf(subgraph: string): Omit<SubgraphRequest, 'signal'> {
  return { subgraph, ...least };
}

/** One call, ended by whoever asked for as long as that is not over, and by the breaker until it is answered. */
function watched<Answer>(
  breaker: Breaker,
  request: SubgraphRequest,
  ask: (request: SubgraphRequest) => Promise<Answer>,
): { readonly answer: Promise<Answer>; readonly over: () => void } {
  const ending = new AbortController();
  const end = () => ending.abort(request.signal.reason);
  if (request.signal.aborted) end();
  else request.signal.addEventListener('abort', end, { once: true });
  const call: Waiting = { since: performance.now(), giveUp: (reason: SubgraphCallError) => ending.abort(reason) };
  breaker.began(call);
  const asked = async () => {
    try {
      const answer = await ask(withSignal(request, ending.signal));
      breaker.answered(call);
      return answer;
    } catch (failure) {
      const reason: unknown = ending.signal.aborted ? ending.signal.reason : failure;
      breaker.failed(call, reason);
      throw failure;
    }
  };
  return { answer: asked(), over: () => request.signal.removeEventListener('abort', end) };
}

function withSignal(request: SubgraphRequest, signal: AbortSignal): SubgraphRequest {
  const { subgraph, document, text, operationName, kind, hash, variables } = request;
  return { subgraph, document, text, operationName, kind, hash, variables, signal };
}
