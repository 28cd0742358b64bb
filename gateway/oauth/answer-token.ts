import type { IncomingMessage, ServerResponse } from 'node:http';
import { GraphQLError } from 'graphql';
import type { AskPeople } from '#gateway/auth/ask-people.js';
import { BodyError, readBytes } from '#gateway/http/read-body.js';
import type { Admission } from '#gateway/limits/admission.js';
import { anonymous } from '#kernel/auth/viewer.js';
import { invalidClient, invalidRequest, TokenError } from './token-error.js';
import { readTokenRequest } from './token-request.js';

export const tokenPath = '/oauth/token';

export interface TokenEndpoint {
  readonly issue: AskPeople['issueClientToken'];
  readonly admission: Admission;
  addressOf(request: IncomingMessage): string;
  newRequestId(): string;
}

const maxBytes = 8_192;
/** Of the budget of an address: dear enough that nobody tries many secrets, cheap enough for a site with many programs. */
export const pointsOfAttempt = 100;
/** Nothing on the way may keep a token (RFC 6749, section 5.1). */
const unkept = { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store', pragma: 'no-cache' };

/** The token endpoint: an API client shows its secret and gets a token that is soon worth nothing. */
export async function answerToken(
  endpoint: TokenEndpoint,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const answer = await issue(endpoint, request);
    response.writeHead(200, unkept).end(JSON.stringify(answer));
  } catch (error) {
    const refusal = refusalOf(error);
    if (!refusal) throw error;
    response.writeHead(refusal.status, { ...unkept, ...refusal.headers });
    response.end(JSON.stringify({ error: refusal.code, error_description: refusal.message }));
  }
}

async function issue(endpoint: TokenEndpoint, request: IncomingMessage): Promise<object> {
  if (request.method !== 'POST')
    throw new TokenError(405, 'invalid_request', 'Ask for a token with POST.', { allow: 'POST' });
  await endpoint.admission.read({ viewer: anonymous, address: endpoint.addressOf(request) }, pointsOfAttempt);
  const asked = readTokenRequest(await readForm(request), request.headers.authorization);
  const { token, scopes, expiresInSeconds, refusal } = await endpoint.issue(asked, endpoint.newRequestId());
  if (refusal === 'invalid_scope') throw invalidScope();
  if (token === null) throw invalidClient();
  return { access_token: token, token_type: 'Bearer', expires_in: expiresInSeconds, scope: scopes.join(' ') };
}

async function readForm(request: IncomingMessage): Promise<string> {
  if (request.url?.includes('?')) throw invalidRequest('Send the parameters in the body: addresses end in logs.');
  if (!/^application\/x-www-form-urlencoded\b/i.test(request.headers['content-type'] ?? ''))
    throw invalidRequest('Send the parameters as application/x-www-form-urlencoded.');
  return (await readBytes(request, maxBytes)).toString();
}

function invalidScope(): TokenError {
  const message = 'A scope is not one of the client: leave "scope" out for all it has, or name some of them.';
  return new TokenError(400, 'invalid_scope', message);
}

function refusalOf(error: unknown): TokenError | undefined {
  if (error instanceof TokenError) return error;
  if (error instanceof BodyError) return new TokenError(error.status, 'invalid_request', error.message);
  if (!(error instanceof GraphQLError)) return undefined;
  const seconds = error.extensions.retryAfterSeconds;
  const limited = error.extensions.code === 'RATE_LIMITED';
  const retry = typeof seconds === 'number' ? { 'retry-after': String(seconds) } : undefined;
  return new TokenError(limited ? 429 : 503, 'temporarily_unavailable', error.message, retry);
}
