/** Variables are checked and completed with their defaults before anything is asked of a subgraph. */
import { GraphQLError, type GraphQLSchema, getVariableValues, type OperationDefinitionNode } from 'graphql';
import type { ResponseObject } from './subgraph-transport.js';

export type CoercedVariables =
  | { readonly variables: ResponseObject; readonly errors?: undefined }
  | { readonly variables?: undefined; readonly errors: readonly GraphQLError[] };

const MAX_ERRORS = 20;

export function coerceVariables(
  schema: GraphQLSchema,
  { variableDefinitions = [] }: OperationDefinitionNode,
  given: { readonly [name: string]: unknown } | null | undefined,
): CoercedVariables {
  if (variableDefinitions.length === 0) return { variables: {} };
  const { coerced, errors } = getVariableValues(schema, variableDefinitions, given ?? {}, { maxErrors: MAX_ERRORS });
  return coerced ? { variables: coerced } : { errors: (errors ?? []).map(badInput) };
}

function badInput({ message, nodes }: GraphQLError): GraphQLError {
  return new GraphQLError(message, { nodes: nodes ?? null, extensions: { code: 'BAD_USER_INPUT' } });
}
