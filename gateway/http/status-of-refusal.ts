/**
 * To clients that take `application/json` only, a well-formed request is answered with 200, whatever is wrong with its document: a proxy
 * may have made another status of it, so such clients read errors of GraphQL at 200 only.
 */
export function statusOfRefusal(codes: readonly unknown[], accept: string | undefined): 200 | 400 {
  if (accept?.includes('application/graphql-response+json')) return 400;
  return codes.every((code) => ofTheDocument.has(code)) ? 200 : 400;
}

const ofTheDocument = new Set<unknown>(['GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED', 'BAD_USER_INPUT']);
