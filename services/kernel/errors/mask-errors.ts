import { type ExecutionResult, GraphQLError, Kind } from 'graphql';
import type { Logger } from 'pino';
import { isOutage, sqlState } from '../database/outage.js';

/** An error that carries a code was meant for the caller; one that graphql-js raised about the request itself as well. */
function isPlanned(error: GraphQLError): boolean {
  return error.extensions.code !== undefined || isAboutRequest(error);
}

/**
 * A variable or an argument of a wrong form: graphql-js wraps its own error in another one, so the innermost decides. What it says
 * about a field, for example that our value does not fit the type, is our bug and nothing a caller could mend.
 */
function isAboutRequest({ path, originalError }: GraphQLError): boolean {
  if (originalError === undefined) return true;
  if (!(originalError instanceof GraphQLError)) return false;
  if (path === undefined) return isAboutRequest(originalError);
  const [place] = originalError.nodes ?? [];
  return place !== undefined && place.kind !== Kind.FIELD;
}

/** Replaces what nobody planned by a plain sentence and logs it once with the request id, so that an answer never shows our inside. */
export function maskError(error: GraphQLError, log: Logger, requestId: string): GraphQLError {
  if (isPlanned(error)) return error;
  if (sqlState(error.originalError) === unstorableText) return explainText(error);
  if (isOutage(error.originalError)) return explainOutage(error);
  log.error({ err: error.originalError, path: error.path, requestId }, 'unplanned error');
  return new GraphQLError(`Something went wrong on our side. Quote the request id ${requestId} when you report it.`, {
    ...(error.nodes ? { nodes: error.nodes } : {}),
    ...(error.path ? { path: error.path } : {}),
    extensions: { code: 'INTERNAL', requestId },
  });
}

/** PostgreSQL keeps no U+0000. Wherever such a text was given, as an id, in a filter or in a search, that is what is wrong. */
const unstorableText = '22021';

function explainText({ nodes, path }: GraphQLError): GraphQLError {
  return new GraphQLError(
    'A text you gave contains the character U+0000, which cannot be stored or found. Leave it out.',
    {
      ...(nodes ? { nodes } : {}),
      ...(path ? { path } : {}),
      extensions: { code: 'BAD_INPUT' },
    },
  );
}

/** Not logged for each request: during an outage there is one for every request, and what follows the log reports it anyway. */
function explainOutage({ nodes, path }: GraphQLError): GraphQLError {
  return new GraphQLError(
    'The database cannot be reached at the moment. Try again in a few seconds; a mutation with the same idempotency key, since it may have happened.',
    {
      ...(nodes ? { nodes } : {}),
      ...(path ? { path } : {}),
      extensions: { code: 'UNAVAILABLE' },
    },
  );
}

export function maskErrors(result: ExecutionResult, log: Logger, requestId: string): ExecutionResult {
  if (!result.errors) return result;
  return { ...result, errors: result.errors.map((error) => maskError(error, log, requestId)) };
}
