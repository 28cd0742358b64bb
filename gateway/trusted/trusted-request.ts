import type { HTTPGraphQLRequest } from '@apollo/server';
import { type GraphQLParameters, graphqlParameters, parametersOfSearch } from '#gateway/http/graphql-parameters.js';
import type { Guard } from '#gateway/limits/guard.js';
import type { DocumentPolicy } from './document-policy.js';

type Asked = Pick<HTTPGraphQLRequest, 'method' | 'search' | 'body'>;

/** The request with the text of its document in the place of whatever named it. Nothing else of it can choose another. */
export function withTrustedText(
  policy: DocumentPolicy,
  asked: Asked,
  guard: Guard,
): Pick<HTTPGraphQLRequest, 'search' | 'body'> {
  if (asked.method !== 'GET') {
    return { search: '', body: plain(policy, graphqlParameters(asked.body)) };
  }
  const { query, operationName, variables } = plain(
    policy,
    parametersOfSearch(new URLSearchParams(asked.search), guard),
  );
  const search = new URLSearchParams({ query });
  if (operationName) search.set('operationName', operationName);
  if (variables) search.set('variables', JSON.stringify(variables));
  return { search: `?${search}`, body: undefined };
}

function plain(policy: DocumentPolicy, parameters: GraphQLParameters) {
  const { operationName, variables } = parameters;
  return {
    query: policy.textOf(parameters),
    ...(operationName ? { operationName } : {}),
    ...(variables ? { variables } : {}),
  };
}
