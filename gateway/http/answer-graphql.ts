import type { IncomingMessage, ServerResponse } from 'node:http';
import { type ApolloServer, HeaderMap, type HTTPGraphQLRequest } from '@apollo/server';
import { GraphQLError } from 'graphql';
import type { Guard } from '#gateway/limits/guard.js';
import type { GatewayRequest } from '#gateway/request.js';
import { refuseHardStreams } from '#gateway/subscriptions/stream-operation.js';
import type { DocumentPolicy } from '#gateway/trusted/document-policy.js';
import { withTrustedText } from '#gateway/trusted/trusted-request.js';
import type { DocumentCache } from '#kernel/http/document-cache.js';
import { answerError, errorOf } from './answer-error.js';
import { BodyError, readJsonBody } from './read-body.js';
import { statusOfRefusal } from './status-of-refusal.js';

export interface GraphQLAnswerer {
  readonly server: ApolloServer<GatewayRequest>;
  readonly guard: Guard;
  readonly policy: DocumentPolicy;
  readonly documents: DocumentCache;
  /** With the points of reading the document. The signal aborts when the client has gone away. */
  contextOf(request: IncomingMessage, signal: AbortSignal, points: number): Promise<GatewayRequest>;
}

/** GraphQL over HTTP: the request becomes the plain object Apollo Server wants, and its answer a response. */
export async function answerGraphQL(
  answerer: GraphQLAnswerer,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const { points, ...httpGraphQLRequest } = await readRequest(request, answerer);
    const gone = whenGone(response);
    const { status, headers, body } = await answerer.server.executeHTTPGraphQLRequest({
      httpGraphQLRequest,
      context: () => answerer.contextOf(request, gone, points),
    });
    response.writeHead(status ?? 200, Object.fromEntries(headers));
    if (body.kind === 'complete') {
      response.end(body.string);
      return;
    }
    for await (const chunk of body.asyncIterator) response.write(chunk);
    response.end();
  } catch (error) {
    const refusal = refusalOf(error, request);
    if (!refusal) throw error;
    answerError(response, refusal.status, refusal.error);
  }
}

async function readRequest(
  request: IncomingMessage,
  { guard, policy, documents }: GraphQLAnswerer,
): Promise<HTTPGraphQLRequest & { readonly points: number }> {
  const method = request.method ?? 'GET';
  const { search, searchParams } = new URL(request.url ?? '/', 'http://hub');
  const body = method === 'POST' ? await readJsonBody(request, guard) : undefined;
  for (const name of ['variables', 'extensions']) guard.checkJson(searchParams.get(name) ?? '');
  const asked = { method, search, body };
  const trusted = policy.trustedOnly && (method === 'GET' || method === 'POST'); // Apollo Server refuses other methods
  const given = { ...asked, ...(trusted ? withTrustedText(policy, asked, guard) : {}) };
  const text = textIn(given);
  const points = guard.checkDocument(text);
  refuseHardStreams(documents, text);
  return { ...given, headers: headersOf(request), points };
}

/** Empty where there is none, or none that Apollo Server would take. */
function textIn({ search, body }: Pick<HTTPGraphQLRequest, 'search' | 'body'>): string {
  const given: unknown =
    typeof body === 'object' && body !== null && 'query' in body
      ? body.query
      : new URLSearchParams(search).get('query');
  return typeof given === 'string' ? given : '';
}

/** What is wrong with a request before Apollo Server sees it. */
function refusalOf(
  error: unknown,
  { headers }: IncomingMessage,
): { readonly status: number; readonly error: GraphQLError } | undefined {
  if (error instanceof GraphQLError) return { status: statusOfRefusal([error.extensions.code], headers.accept), error };
  if (!(error instanceof BodyError)) return undefined;
  return { status: error.status, error: errorOf(error) };
}

function whenGone(response: ServerResponse): AbortSignal {
  const gone = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) gone.abort();
  });
  return gone.signal;
}

function headersOf(request: IncomingMessage): HeaderMap {
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  return headers;
}
