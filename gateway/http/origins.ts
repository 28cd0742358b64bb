import type { IncomingMessage, ServerResponse } from 'node:http';
import { GraphQLError } from 'graphql';
import { answerError } from './answer-error.js';

/** Which web pages may use the endpoint: those of the hub itself, and those of the configured origins. */
export type AllowedOrigins = ReadonlySet<string>;

/**
 * Why a request is not even looked at, before anything of it is read; the same for HTTP, Server-Sent Events and WebSocket. A browser
 * names the origin of the page in every request that another page could make, and programs name none.
 */
export function refusalAtTheDoor(request: IncomingMessage, allowed: AllowedOrigins): GraphQLError | undefined {
  if (tellsTokenInAddress(request)) return tokenInAddress();
  return mayUse(request, allowed) ? undefined : originNotAllowed(request.headers.origin ?? '');
}

/** Refuses what may not come in, answers preflights, and marks the answers for pages elsewhere; true when it has answered. */
export function answerAtTheDoor(request: IncomingMessage, response: ServerResponse, allowed: AllowedOrigins): boolean {
  if (allowed.size > 0) response.setHeader('vary', 'origin');
  const refusal = refusalAtTheDoor(request, allowed);
  if (refusal) {
    answerError(response, refusal.extensions.code === 'TOKEN_IN_ADDRESS' ? 400 : 403, refusal);
    return true;
  }
  const { origin } = request.headers;
  if (origin === undefined || !allowed.has(origin)) return false;
  response.setHeader('access-control-allow-origin', origin);
  response.setHeader('access-control-expose-headers', exposed);
  if (request.method !== 'OPTIONS') return false;
  response.writeHead(204, preflight).end();
  return true;
}

const exposed = 'x-request-id, retry-after';
/** No credentials: the hub sets no cookies, and a page has to hold a token to be anybody. */
const preflight = {
  'access-control-allow-methods': 'GET, POST',
  'access-control-allow-headers':
    'authorization, content-type, apollo-require-preflight, x-apollo-operation-name, x-request-id, last-event-id',
  'access-control-max-age': '600',
};

function mayUse({ headers }: IncomingMessage, allowed: AllowedOrigins): boolean {
  const { origin } = headers;
  if (origin === undefined || allowed.has(origin)) return true;
  // Told by the browser, which lets no page set it: also right behind a proxy that names the hub differently.
  if (headers['sec-fetch-site'] === 'same-origin') return true;
  return URL.canParse(origin) && new URL(origin).host === headers.host;
}

function originNotAllowed(origin: string): GraphQLError {
  return new GraphQLError(
    `Pages of "${origin}" may not use this hub. Its operator can add this origin to ALLOWED_ORIGINS.`,
    { extensions: { code: 'ORIGIN_NOT_ALLOWED' } },
  );
}

const parameters = /[?&](access_token|token|api_key|authorization)=/i;
const ownToken = /weft_(pat|client|access)_[0-9A-Za-z]{20}/;

function tellsTokenInAddress({ url = '' }: IncomingMessage): boolean {
  return parameters.test(url) || ownToken.test(url);
}

function tokenInAddress(): GraphQLError {
  return new GraphQLError(
    'A token does not belong into an address, which proxies and logs keep. Send it in the header "authorization: Bearer <token>", and revoke this one.',
    { extensions: { code: 'TOKEN_IN_ADDRESS' } },
  );
}
