/** A subgraph over HTTP for tests: answers what the test says, can be stopped and started again on the same port. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { execute, type GraphQLSchema, parse } from 'graphql';

export interface ReceivedRequest {
  readonly headers: IncomingMessage['headers'];
  readonly body: {
    readonly query: string;
    readonly operationName?: string;
    readonly variables?: Record<string, unknown>;
  };
}

export type Respond = (received: ReceivedRequest, response: ServerResponse) => void | Promise<void>;

export interface SubgraphServer {
  readonly url: string;
  readonly port: number;
  readonly received: readonly ReceivedRequest[];
  readonly http: Server;
  stop(): Promise<void>;
}

export async function startSubgraphServer(respond: Respond, port = 0): Promise<SubgraphServer> {
  const received: ReceivedRequest[] = [];
  const http = createServer(async (request, response) => {
    const entry = { headers: request.headers, body: JSON.parse(await textOf(request)) as ReceivedRequest['body'] };
    received.push(entry);
    await respond(entry, response);
  });
  http.listen(port, '127.0.0.1');
  await once(http, 'listening');
  const address = http.address();
  const actual = typeof address === 'object' && address ? address.port : 0;
  return { url: `http://127.0.0.1:${actual}/graphql`, port: actual, received, http, stop: () => stop(http) };
}

/** Executes every request against a schema. */
export function respondFrom(schema: GraphQLSchema, contextValue: unknown = { journal: [] }): Respond {
  return async ({ body }, response) => {
    const { query, operationName, variables } = body;
    const document = parse(query);
    json(response, await execute({ schema, document, operationName, variableValues: variables, contextValue }));
  };
}

export function json(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

async function stop(http: Server): Promise<void> {
  const closed = once(http, 'close');
  http.close();
  http.closeAllConnections();
  await closed;
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
