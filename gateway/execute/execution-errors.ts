/** The errors a client may read in `errors`: each with a path where one is known, a stable code, and the service. */
import { GraphQLError } from 'graphql';
import type { ResponsePathKeys } from './explained-paths.js';
import { SubgraphCallError, type SubgraphError } from './subgraph-transport.js';

export function errorOfSubgraph(error: SubgraphError, service: string, path: ResponsePathKeys | undefined) {
  const code = error.extensions?.code ?? 'SUBGRAPH_ERROR';
  return new GraphQLError(error.message || `The service "${service}" reported an error without a message.`, {
    path,
    extensions: { ...error.extensions, code, service },
    originalError: error instanceof Error ? error : null,
  });
}

export function errorOfCall(failure: unknown, service: string, path: ResponsePathKeys | undefined): GraphQLError {
  const known = failure instanceof SubgraphCallError ? failure : undefined;
  const message = known?.message ?? `The service "${service}" could not answer. Try again in a moment.`;
  return new GraphQLError(message, {
    path,
    extensions: { code: known?.code ?? 'SUBGRAPH_UNAVAILABLE', service },
    originalError: failure instanceof Error ? failure : null,
  });
}

export function errorOfValue(
  code: 'NULL_IN_NON_NULL_FIELD' | 'INVALID_VALUE',
  message: string,
  path: ResponsePathKeys,
) {
  return new GraphQLError(message, { path, extensions: { code } });
}
