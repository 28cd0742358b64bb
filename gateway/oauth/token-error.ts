/** Why a client gets no token, as RFC 6749 (section 5.2) says it. */
export type TokenErrorCode =
  | 'invalid_request'
  | 'invalid_client'
  | 'invalid_scope'
  | 'unsupported_grant_type'
  | 'temporarily_unavailable';

export class TokenError extends Error {
  override readonly name = 'TokenError';

  constructor(
    readonly status: number,
    readonly code: TokenErrorCode,
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }
}

export function invalidRequest(message: string): TokenError {
  return new TokenError(400, 'invalid_request', message);
}

/** One answer for whatever is wrong: who guesses learns neither which clients there are nor how near they came. */
export function invalidClient(): TokenError {
  const message =
    'This is no client with its secret. Send the id of the API client and its token, by HTTP Basic or as client_id and client_secret in the body.';
  return new TokenError(401, 'invalid_client', message, { 'www-authenticate': 'Basic realm="weft"' });
}
