import { GraphQLError, type GraphQLFormattedError } from 'graphql';

/** An error as a client may see it: what nobody planned says no more than that. */
export function toFormatted(error: unknown): GraphQLFormattedError {
  if (error instanceof GraphQLError) return withoutStatus(error.toJSON());
  return { message: 'Something went wrong on our side.', extensions: { code: 'INTERNAL' } };
}

/** The status is for transports that have one. */
function withoutStatus(error: GraphQLFormattedError): GraphQLFormattedError {
  if (!error.extensions) return error;
  const { http: _, ...extensions } = error.extensions;
  return { ...error, extensions };
}
