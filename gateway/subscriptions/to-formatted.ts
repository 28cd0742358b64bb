import { GraphQLError, type GraphQLFormattedError } from 'graphql';

/** An error as a client may see it: what nobody planned says no more than that. */
export function toFormatted(error: unknown): GraphQLFormattedError {
  if (error instanceof GraphQLError) return error.toJSON();
  return { message: 'Something went wrong on our side.', extensions: { code: 'INTERNAL' } };
}
