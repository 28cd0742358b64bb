/** Between Node's HTTP server and Apollo Server: paths, bodies, headers. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type ApolloServer, HeaderMap, type HTTPGraphQLHead } from '@apollo/server';
import type { CallerContext } from './caller-context.js';
import { readJsonBody } from './read-json-body.js';

export async function answerHttp(
  apollo: ApolloServer<CallerContext>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { pathname, search } = new URL(request.url ?? '/', 'http://localhost');
  if (pathname === '/health') return sendJson(response, 200, { status: 'ok' });
  if (pathname !== '/graphql') return sendJson(response, 404, problem('Send GraphQL requests to /graphql.'));
  const body = await readJsonBody(request);
  if (body.refused) return sendJson(response, body.refused.status, problem(body.refused.message));
  const answer = await apollo.executeHTTPGraphQLRequest({
    httpGraphQLRequest: { method: request.method ?? 'GET', headers: headersOf(request), search, body: body.json },
    context: async () => contextOf(request, response),
  });
  writeHead(response, answer);
  if (answer.body.kind === 'complete') return void response.end(answer.body.string);
  for await (const chunk of answer.body.asyncIterator) response.write(chunk);
  response.end();
}

function contextOf({ headers }: IncomingMessage, response: ServerResponse): CallerContext {
  const gone = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) gone.abort();
  });
  return { authorization: headers.authorization, signal: gone.signal };
}

function headersOf({ headers }: IncomingMessage): HeaderMap {
  const map = new HeaderMap();
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) map.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  return map;
}

function writeHead(response: ServerResponse, { status, headers }: HTTPGraphQLHead): void {
  for (const [name, value] of headers) response.setHeader(name, value);
  response.statusCode = status ?? 200;
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  // After a refusal the rest of the request may still be under way; nobody wants it.
  if (status >= 400) response.setHeader('connection', 'close');
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(body));
}

function problem(message: string) {
  return { errors: [{ message, extensions: { code: 'BAD_REQUEST' } }] };
}
