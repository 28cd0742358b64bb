import { SpanKind } from '@opentelemetry/api';
import { type DocumentNode, type ExecutionResult, getOperationAST } from 'graphql';
import type { TraceParent } from './open-span.js';
import { withStatements } from './trace-statements.js';

/** What a service does for one fetch, or to begin a stream, with the number of its SQL statements. */
export async function traceExecution<Result extends Pick<ExecutionResult, 'errors'>>(
  parent: TraceParent,
  { service, document, operationName }: TracedExecution,
  execute: () => Promise<Result>,
): Promise<Result> {
  const type = getOperationAST(document, operationName)?.operation ?? 'query';
  const kind = parent.isRemote ? SpanKind.SERVER : SpanKind.INTERNAL;
  const span = parent.begin(type, kind, { 'weft.service': service, 'graphql.operation.type': type });
  let failed: string | undefined = 'INTERNAL';
  try {
    const result = await withStatements(execute, (count) => span.set({ 'weft.sql.statements': count }));
    failed = codeOf(result);
    return result;
  } finally {
    span.end(failed);
  }
}

export interface TracedExecution {
  readonly service: string;
  readonly document: DocumentNode;
  readonly operationName: string | undefined;
}

function codeOf({ errors }: Pick<ExecutionResult, 'errors'>): string | undefined {
  return errors?.[0] && String(errors[0].extensions.code ?? 'INTERNAL');
}
