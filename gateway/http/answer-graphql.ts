import type { IncomingMessage, ServerResponse } from 'node:http';
import { type ApolloServer, HeaderMap } from '@apollo/server';
import { GraphQLError } from 'graphql';
import type { GatewayRequest } from '#gateway/request.js';
import { answerError } from './answer-error.js';
import { BodyError, readJsonBody } from './read-body.js';

export interface GraphQLAnswerer {
  readonly server: ApolloServer<GatewayRequest>;
  contextOf(request: IncomingMessage): Promise<GatewayRequest>;
}

/** GraphQL over HTTP: the request becomes the plain object Apollo Server wants, and its answer a response. */
export async function answerGraphQL(
  { server, contextOf }: GraphQLAnswerer,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const url = new URL(request.url ?? '/', 'http://hub');
    const { status, headers, body } = await server.executeHTTPGraphQLRequest({
      httpGraphQLRequest: {
        method: request.method ?? 'GET',
        headers: headersOf(request),
        search: url.search,
        body: request.method === 'POST' ? await readJsonBody(request) : undefined,
      },
      context: () => contextOf(request),
    });
    response.writeHead(status ?? 200, Object.fromEntries(headers));
    if (body.kind === 'complete') {
      response.end(body.string);
      return;
    }
    for await (const chunk of body.asyncIterator) response.write(chunk);
    response.end();
  } catch (error) {
    if (!(error instanceof BodyError)) throw error;
    answerError(response, error.status, new GraphQLError(error.message, { extensions: { code: error.code } }));
  }
}

function headersOf(request: IncomingMessage): HeaderMap {
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  return headers;
}
