import type { IncomingMessage, ServerResponse } from 'node:http';
import { type ApolloServer, HeaderMap, type HTTPGraphQLRequest } from '@apollo/server';
import { GraphQLError } from 'graphql';
import type { GatewayRequest } from '#gateway/request.js';
import type { DocumentPolicy } from '#gateway/trusted/document-policy.js';
import { withTrustedText } from '#gateway/trusted/trusted-request.js';
import { answerError } from './answer-error.js';
import { BodyError, readJsonBody } from './read-body.js';

export interface GraphQLAnswerer {
  readonly server: ApolloServer<GatewayRequest>;
  readonly policy: DocumentPolicy;
  /** The signal aborts when the client has gone away. */
  contextOf(request: IncomingMessage, signal: AbortSignal): Promise<GatewayRequest>;
}

/** GraphQL over HTTP: the request becomes the plain object Apollo Server wants, and its answer a response. */
export async function answerGraphQL(
  { server, policy, contextOf }: GraphQLAnswerer,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const httpGraphQLRequest = await readRequest(request, policy);
    const gone = whenGone(response);
    const { status, headers, body } = await server.executeHTTPGraphQLRequest({
      httpGraphQLRequest,
      context: () => contextOf(request, gone),
    });
    response.writeHead(status ?? 200, Object.fromEntries(headers));
    if (body.kind === 'complete') {
      response.end(body.string);
      return;
    }
    for await (const chunk of body.asyncIterator) response.write(chunk);
    response.end();
  } catch (error) {
    const refusal = refusalOf(error);
    if (!refusal) throw error;
    answerError(response, refusal.status, refusal.error);
  }
}

async function readRequest(request: IncomingMessage, policy: DocumentPolicy): Promise<HTTPGraphQLRequest> {
  const method = request.method ?? 'GET';
  const { search } = new URL(request.url ?? '/', 'http://hub');
  const body = method === 'POST' ? await readJsonBody(request) : undefined;
  const asked = { method, search, body };
  const guarded = policy.trustedOnly && (method === 'GET' || method === 'POST'); // Apollo Server refuses other methods
  return { ...asked, ...(guarded ? withTrustedText(policy, asked) : {}), headers: headersOf(request) };
}

/** What is wrong with a request before Apollo Server sees it. */
function refusalOf(error: unknown): { readonly status: number; readonly error: GraphQLError } | undefined {
  if (error instanceof GraphQLError) return { status: 400, error };
  if (!(error instanceof BodyError)) return undefined;
  return { status: error.status, error: new GraphQLError(error.message, { extensions: { code: error.code } }) };
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
