/**
 * Asks a subgraph over HTTP. Connections are kept shorter than servers keep them (Node closes at 5 s), because a request
 * sent into a connection that is just being closed fails although nothing is wrong; what still meets a reset is a query
 * that can be asked again, never a mutation, which may have happened.
 */
import { Pool } from 'undici';
import { readLimited } from './read-limited.js';
import { isResponseObject } from './response-object.js';
import {
  type SubgraphAnswer,
  SubgraphCallError,
  type SubgraphError,
  type SubgraphRequest,
  type SubgraphTransport,
} from './subgraph-transport.js';

export interface HttpTransportOptions<Context> {
  readonly url: string;
  /** Headers for one call, for example the signed viewer. */
  readonly headers?: (context: Context, request: SubgraphRequest) => { readonly [name: string]: string };
  readonly maxResponseBytes?: number;
  /** Connections to this subgraph; each carries one request at a time. */
  readonly connections?: number;
  readonly connectTimeoutMs?: number;
  /** An idle connection is given up after this time. Keep it below that of the subgraph's server. */
  readonly keepAliveMs?: number;
}

const DEFAULT_KEEP_ALIVE_MS = 4_000;
const DEFAULT_MAX_RESPONSE_BYTES = 16 * 1024 * 1024;
const DEFAULT_CONNECTIONS = 128;
const DEFAULT_CONNECT_TIMEOUT_MS = 3_000;

/** The connection was there and is gone; the server has not begun to answer. */
const RESET_CODES = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET', 'UND_ERR_CLOSED']);

/** There never was a connection. */
const UNREACHED_CODES = new Set([
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
]);

interface HttpAnswer {
  readonly status: number;
  readonly text: string;
}

export function createHttpTransport<Context>(options: HttpTransportOptions<Context>): SubgraphTransport<Context> {
  const url = new URL(options.url);
  const pool = createPool(url, options);
  const maxBytes = options.maxResponseBytes ?? DEFAULT_MAX_RESPONSE_BYTES;
  return {
    async execute(request, context) {
      const headers = { ...options.headers?.(context, request), 'content-type': 'application/json', accept: ACCEPT };
      const send = () => post(pool, url, headers, request, maxBytes);
      return answerOf(request, await sendOnceMore(request, send));
    },
    close: () => pool.destroy(),
  };
}

const ACCEPT = 'application/json, application/graphql-response+json;q=0.9';

type PoolOptions = Pick<HttpTransportOptions<never>, 'connections' | 'connectTimeoutMs' | 'keepAliveMs'>;

function createPool(url: URL, options: PoolOptions): Pool {
  const { keepAliveMs = DEFAULT_KEEP_ALIVE_MS } = options;
  return new Pool(url.origin, {
    connections: options.connections ?? DEFAULT_CONNECTIONS,
    keepAliveTimeout: keepAliveMs,
    keepAliveMaxTimeout: keepAliveMs,
    connect: { timeout: options.connectTimeoutMs ?? DEFAULT_CONNECT_TIMEOUT_MS },
    // The executor has its own timeouts and aborts the call.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
}

async function post(
  pool: Pool,
  url: URL,
  headers: Record<string, string>,
  request: SubgraphRequest,
  maxBytes: number,
): Promise<HttpAnswer> {
  const { text: query, operationName, variables, signal } = request;
  const { statusCode, body } = await pool.request({
    method: 'POST',
    path: url.pathname + url.search,
    headers,
    body: JSON.stringify({ query, operationName, variables }),
    signal,
  });
  return { status: statusCode, text: await readLimited(body, maxBytes, request.subgraph) };
}

async function sendOnceMore(request: SubgraphRequest, send: () => Promise<HttpAnswer>): Promise<HttpAnswer> {
  try {
    return await send();
  } catch (failure) {
    if (request.kind === 'mutation' || !isReset(failure)) throw callError(request, failure);
  }
  try {
    return await send();
  } catch (failure) {
    throw callError(request, failure);
  }
}

/** A body that broke off is not a reset: part of the answer was there, and `readLimited` says so. */
function isReset(failure: unknown): boolean {
  return RESET_CODES.has(codeOf(failure));
}

function codeOf(failure: unknown): string {
  return typeof failure === 'object' && failure !== null && 'code' in failure ? String(failure.code) : '';
}

function callError({ subgraph, signal }: SubgraphRequest, cause: unknown): unknown {
  if (cause instanceof SubgraphCallError || signal.aborted) return cause;
  const sent = !UNREACHED_CODES.has(codeOf(cause));
  return new SubgraphCallError('SUBGRAPH_UNAVAILABLE', `The service "${subgraph}" cannot be reached.`, { cause, sent });
}

/** GraphQL errors arrive with any status; a page of text with an error status is no answer. */
function answerOf({ subgraph }: SubgraphRequest, { status, text }: HttpAnswer): SubgraphAnswer {
  const body = parseJson(text);
  if (isResponseObject(body) && ('data' in body || Array.isArray(body.errors))) {
    return { data: body.data, errors: readErrors(body.errors), extensions: body.extensions };
  }
  if (status >= 500) {
    throw new SubgraphCallError('SUBGRAPH_UNAVAILABLE', `The service "${subgraph}" answered with status ${status}.`);
  }
  const message = `The service "${subgraph}" answered with status ${status} and something that is not GraphQL.`;
  throw new SubgraphCallError('SUBGRAPH_BAD_RESPONSE', message);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function readErrors(errors: unknown): SubgraphError[] {
  if (!Array.isArray(errors)) return [];
  return errors.filter(isResponseObject).map(({ message, path, extensions }) => ({
    message: typeof message === 'string' ? message : '',
    path: Array.isArray(path) ? path : undefined,
    extensions: isResponseObject(extensions) ? extensions : undefined,
  }));
}
