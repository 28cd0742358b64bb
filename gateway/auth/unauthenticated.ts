import { GraphQLError } from 'graphql';

/** Apollo Server takes the status of the response from `extensions.http`, and takes that out of the answer. */
export function unauthenticated(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'UNAUTHENTICATED', http: { status: 401 } } });
}
