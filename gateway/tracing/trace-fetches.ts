import { SpanKind } from '@opentelemetry/api';
import { SubgraphCallError } from '#gateway/execute/subgraph-transport.js';
import type { HubTransport } from '#gateway/transports.js';

/** How a subgraph is reached. */
export type Way = 'in_process' | 'http';

/** One span for each call of a subgraph that belongs to a traced request; what the service does for it goes on under that. */
export function traceFetches(subgraph: string, way: Way, transport: HubTransport): HubTransport {
  const kind = way === 'http' ? SpanKind.CLIENT : SpanKind.INTERNAL;
  return {
    ...transport,
    execute(request, context) {
      if (!context.trace) return transport.execute(request, context);
      const span = context.trace.begin(`fetch ${subgraph}`, kind, {
        'weft.subgraph': subgraph,
        'weft.transport': way,
        'graphql.operation.type': request.kind,
      });
      return ended(
        async () => transport.execute(request, { ...context, trace: span }),
        (code) => span.end(code),
      );
    },
  };
}

async function ended<Answer>(call: () => Promise<Answer>, end: (errorCode?: string) => void): Promise<Answer> {
  try {
    const answer = await call();
    end();
    return answer;
  } catch (failure) {
    end(failure instanceof SubgraphCallError ? failure.code : 'INTERNAL');
    throw failure;
  }
}
