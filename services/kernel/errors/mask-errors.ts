import { type ExecutionResult, GraphQLError } from 'graphql';
import type { Logger } from 'pino';

const plannedByGraphQL = new Set(['GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED', 'BAD_USER_INPUT']);

/** An error that carries a code was meant for the caller; one that graphql-js raised about the request itself as well. */
function isPlanned(error: GraphQLError): boolean {
  return (
    error.extensions.code !== undefined ||
    error.originalError === undefined ||
    plannedByGraphQL.has(String(error.extensions.code))
  );
}

/** Replaces what nobody planned by a plain sentence and logs it once with the request id, so that an answer never shows our inside. */
export function maskError(error: GraphQLError, log: Logger, requestId: string): GraphQLError {
  if (isPlanned(error)) return error;
  log.error({ err: error.originalError, path: error.path, requestId }, 'unplanned error');
  return new GraphQLError(`Something went wrong on our side. Quote the request id ${requestId} when you report it.`, {
    ...(error.nodes ? { nodes: error.nodes } : {}),
    ...(error.path ? { path: error.path } : {}),
    extensions: { code: 'INTERNAL', requestId },
  });
}

export function maskErrors(result: ExecutionResult, log: Logger, requestId: string): ExecutionResult {
  if (!result.errors) return result;
  return { ...result, errors: result.errors.map((error) => maskError(error, log, requestId)) };
}
