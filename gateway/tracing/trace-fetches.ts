import { SpanKind } from '@opentelemetry/api';
import { SubgraphCallError, type SubgraphRequest } from '#gateway/execute/subgraph-transport.js';
import { SubscriptionRefused } from '#gateway/subscriptions/subgraph-stream.js';
import type { HubTransport } from '#gateway/transports.js';
import type { OpenSpan } from '#kernel/tracing/open-span.js';

/** How a subgraph is reached. */
export type Way = 'in_process' | 'http';

/** One span for each call of a subgraph that belongs to a traced request; what the service does for it goes on under that. */
export function traceFetches(subgraph: string, way: Way, transport: HubTransport): HubTransport {
  const kind = way === 'http' ? SpanKind.CLIENT : SpanKind.INTERNAL;
  const begin = (name: string, trace: OpenSpan, request: SubgraphRequest) =>
    trace.begin(`${name} ${subgraph}`, kind, {
      'weft.subgraph': subgraph,
      'weft.transport': way,
      'graphql.operation.type': request.kind,
    });
  return {
    ...transport,
    execute(request, context) {
      if (!context.trace) return transport.execute(request, context);
      const span = begin('fetch', context.trace, request);
      return ended(span, async () => transport.execute(request, { ...context, trace: span }));
    },
    /** Until it is taken: of the stream itself nobody could say when it is done. */
    subscribe(request, context) {
      if (!context.trace) return transport.subscribe(request, context);
      const span = begin('subscribe', context.trace, request);
      return ended(span, () => transport.subscribe(request, { ...context, trace: span }));
    },
  };
}

async function ended<Answer>(span: OpenSpan, call: () => Promise<Answer>): Promise<Answer> {
  try {
    const answer = await call();
    span.end();
    return answer;
  } catch (failure) {
    span.end(codeOf(failure));
    throw failure;
  }
}

function codeOf(failure: unknown): string {
  if (failure instanceof SubgraphCallError) return failure.code;
  if (failure instanceof SubscriptionRefused) return String(failure.errors[0]?.extensions?.code ?? 'INTERNAL');
  return 'INTERNAL';
}
