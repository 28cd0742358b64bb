import { GraphQLError } from 'graphql';
import { z } from 'zod';
import type { Guard } from '#gateway/limits/guard.js';
import { BodyError } from './read-body.js';

const object = z.record(z.string(), z.unknown());

/** What every transport takes of a GraphQL request. The document comes as text, or is named. */
export const graphqlParametersShape = z
  .object({
    query: z.string().nullish(),
    /** Names a registered document. */
    documentId: z.string().nullish(),
    operationName: z.string().nullish(),
    variables: object.nullish(),
    extensions: z.looseObject({ persistedQuery: z.object({ sha256Hash: z.string() }).nullish() }).nullish(),
  })
  .refine(({ query, documentId, extensions }) => query ?? documentId ?? extensions?.persistedQuery);

export type GraphQLParameters = z.output<typeof graphqlParametersShape>;

/** The parameters of a GraphQL request, as the body or the query string gave them. */
export function graphqlParameters(given: unknown): GraphQLParameters {
  const parsed = graphqlParametersShape.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new BodyError(
    400,
    'BAD_REQUEST',
    'A GraphQL request has a "query" (text), and may have "operationName" (text), "variables" and "extensions" (objects).',
  );
}

/** The same from a query string, where objects are JSON. */
export function parametersOfSearch(search: URLSearchParams, guard: Guard): GraphQLParameters {
  return graphqlParameters({
    query: search.get('query'),
    documentId: search.get('documentId'),
    operationName: search.get('operationName'),
    variables: jsonIn(search, 'variables', guard),
    extensions: jsonIn(search, 'extensions', guard),
  });
}

function jsonIn(search: URLSearchParams, name: string, guard: Guard): unknown {
  const text = search.get(name);
  try {
    return text === null ? undefined : guard.parseJson(text);
  } catch (error) {
    if (error instanceof GraphQLError) throw error;
    throw new BodyError(400, 'BAD_JSON', `The parameter "${name}" is not JSON.`);
  }
}
