import { GraphQLError } from 'graphql';

/**
 * What ends a whole request or field: not signed in, not allowed, too much, malformed. The codes are part of the contract and
 * listed in `docs/api/errors.md`. Everything else that is thrown is masked (see mask-errors.ts).
 */
export type RequestErrorCode =
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'BAD_PAGE'
  | 'BAD_CURSOR'
  | 'BAD_INPUT'
  | 'UNAVAILABLE';

export function requestError(code: RequestErrorCode, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code } });
}

export function notSignedIn(): GraphQLError {
  return requestError('UNAUTHENTICATED', 'Sign in first: send the header "authorization: Bearer <token>".');
}

export function notAllowed(what: string, who: string): GraphQLError {
  return requestError('FORBIDDEN', `You may not ${what}; ${who} can.`);
}

export function missingScope(missing: readonly string[]): GraphQLError {
  const names = missing.map((scope) => `"${scope}"`).join(' and ');
  return new GraphQLError(
    `This needs ${names}, which this token was not given. Ask for less, or use a token with ${missing.length > 1 ? 'these scopes' : 'this scope'}.`,
    { extensions: { code: 'FORBIDDEN', scopes: missing } },
  );
}
