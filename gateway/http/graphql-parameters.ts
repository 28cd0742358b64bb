import { z } from 'zod';
import { BodyError } from './read-body.js';

const parameters = z.object({
  query: z.string(),
  operationName: z.string().nullish(),
  variables: z.record(z.string(), z.unknown()).nullish(),
});

export type GraphQLParameters = z.output<typeof parameters>;

/** The parameters of a GraphQL request, as the body or the query string gave them. */
export function graphqlParameters(given: unknown): GraphQLParameters {
  const parsed = parameters.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new BodyError(
    400,
    'BAD_REQUEST',
    'A GraphQL request has a "query" (text), and may have "operationName" (text) and "variables" (an object).',
  );
}
