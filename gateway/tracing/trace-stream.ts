import { SpanKind } from '@opentelemetry/api';
import type { OperationResult } from '#gateway/execute/run-operation.js';
import type { OpenSpan } from '#kernel/tracing/open-span.js';

/** The spans of one stream of a subgraph. It outlives the request that began it, so all but its first opening are traces of their own. */
export interface StreamTrace {
  /** Opens it under a span: first under that of the request, later under one that names it. */
  opened<Frames>(open: (trace: OpenSpan | undefined) => Promise<Frames>): Promise<Frames>;
  /** Completes one event: the fetches of other services go under its span. */
  event(complete: (trace: OpenSpan | undefined) => Promise<OperationResult>): Promise<OperationResult>;
}

/** What is not traced costs a call. */
const untraced: StreamTrace = { opened: (open) => open(undefined), event: (complete) => complete(undefined) };

export function traceStream(request: OpenSpan | undefined, subgraph: string): StreamTrace {
  if (!request) return untraced;
  let first = true;
  return {
    async opened(open) {
      if (first) {
        first = false;
        return open(request);
      }
      const span = request.beginLinked('subscription reopened', SpanKind.INTERNAL, { 'weft.subgraph': subgraph });
      return ended(span, () => open(span));
    },
    event(complete) {
      const span = request.beginLinked(`process ${subgraph}`, SpanKind.CONSUMER, attributesOf(subgraph));
      return ended(
        span,
        () => complete(span),
        ({ errors }) => errors?.[0] && String(errors[0].extensions.code ?? 'INTERNAL'),
      );
    },
  };
}

/** As the conventions for messaging have it: an event of a log is a message, and completing it is processing. */
function attributesOf(subgraph: string) {
  return {
    'messaging.system': 'weft',
    'messaging.operation.type': 'process',
    'messaging.operation.name': 'process',
    'messaging.destination.name': subgraph,
    'weft.subgraph': subgraph,
    'graphql.operation.type': 'subscription',
  };
}

async function ended<Result>(
  span: OpenSpan | undefined,
  work: () => Promise<Result>,
  codeOf: (result: Result) => string | undefined = () => undefined,
): Promise<Result> {
  let failed: string | undefined = 'INTERNAL';
  try {
    const result = await work();
    failed = codeOf(result);
    return result;
  } finally {
    span?.end(failed);
  }
}
