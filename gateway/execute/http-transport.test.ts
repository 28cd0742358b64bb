import { once } from 'node:events';
import { parse } from 'graphql';
import { createHttpTransport, type HttpTransportOptions } from './http-transport.js';
import { operationOf } from './subgraph-operation.js';
import type { SubgraphRequest, SubgraphTransport } from './subgraph-transport.js';
import { json, type Respond, type SubgraphServer, startSubgraphServer } from './testing/subgraph-server.js';

const ok: Respond = (_, response) => json(response, { data: { me: { id: '1' } } });

let server: SubgraphServer;
let transport: SubgraphTransport<string>;

async function start(respond: Respond, options: Partial<HttpTransportOptions<string>> = {}): Promise<void> {
  server = await startSubgraphServer(respond);
  transport = createHttpTransport({ url: server.url, ...options });
}

afterEach(async () => {
  await transport.close?.();
  await server.stop();
});

function request(kind: 'query' | 'mutation' = 'query', signal = new AbortController().signal): SubgraphRequest {
  const text = `${kind} Op($n: Int) { me(n: $n) { id } }`;
  const operation = operationOf({ subgraph: 'people', document: parse(text), text, operationName: 'Op', kind });
  return { ...operation, variables: { n: 1 }, signal };
}

const ask = async (kind?: 'query' | 'mutation') => transport.execute(request(kind), 'viewer-1');

test('sends text, name and variables with the headers of the caller, and gives the answer', async () => {
  await start(ok, { headers: (viewer, { subgraph }) => ({ 'x-viewer': `${viewer}@${subgraph}` }) });
  expect(await ask()).toMatchObject({ data: { me: { id: '1' } }, errors: [] });
  const [received] = server.received;
  expect(received?.body).toEqual({ query: request().text, operationName: 'Op', variables: { n: 1 } });
  expect(received?.headers).toMatchObject({ 'x-viewer': 'viewer-1@people', 'content-type': 'application/json' });
});

test('GraphQL errors come through, whatever the status', async () => {
  await start((_, response) => json(response, { errors: [{ message: 'No', extensions: { code: 'X' } }] }, 400));
  expect(await ask()).toMatchObject({ errors: [{ message: 'No', extensions: { code: 'X' } }] });
});

test.each([
  [502, '<h1>Bad gateway</h1>', 'SUBGRAPH_UNAVAILABLE'],
  [200, '<h1>Welcome</h1>', 'SUBGRAPH_BAD_RESPONSE'],
  [404, '{"message":"not here"}', 'SUBGRAPH_BAD_RESPONSE'],
])('status %i with %s is a clear error', async (status, body, code) => {
  await start((_, response) => void response.writeHead(status).end(body));
  await expect(ask()).rejects.toMatchObject({ code, message: expect.stringContaining(`status ${status}`) });
});

test('an answer over the limit is cut off', async () => {
  await start((_, response) => json(response, { data: 'x'.repeat(10_000) }), { maxResponseBytes: 1_000 });
  await expect(ask()).rejects.toMatchObject({ code: 'RESPONSE_TOO_LARGE' });
});

test('a subgraph that restarts is used again by itself', async () => {
  await start(ok);
  await ask();
  const { port } = server;
  await server.stop();
  await expect(ask()).rejects.toMatchObject({ code: 'SUBGRAPH_UNAVAILABLE', sent: false });
  server = await startSubgraphServer(ok, port);
  expect(await ask()).toMatchObject({ data: { me: { id: '1' } } });
});

describe('a connection that is reset before the answer', () => {
  /** Resets the first request, answers the others. */
  const resetOnce: Respond = (received, response) => {
    if (server.received.length === 1) response.socket?.resetAndDestroy();
    else ok(received, response);
  };

  test('makes a query be asked once more', async () => {
    await start(resetOnce);
    expect(await ask()).toMatchObject({ data: { me: { id: '1' } } });
    expect(server.received).toHaveLength(2);
  });

  test('is an error for a mutation, which may have happened', async () => {
    await start(resetOnce);
    await expect(ask('mutation')).rejects.toMatchObject({ code: 'SUBGRAPH_UNAVAILABLE', sent: true });
    expect(server.received).toHaveLength(1);
  });

  test('is an error for a query too, when it happens again', async () => {
    await start((_, response) => void response.socket?.resetAndDestroy());
    await expect(ask()).rejects.toMatchObject({ code: 'SUBGRAPH_UNAVAILABLE' });
    expect(server.received).toHaveLength(2);
  });
});

test('an answer that breaks off in the middle is not asked for again', async () => {
  await start((_, response) => {
    response.writeHead(200, { 'content-length': '100' });
    response.write('{"data":', () => response.destroy());
  });
  await expect(ask()).rejects.toMatchObject({ code: 'SUBGRAPH_UNAVAILABLE' });
  expect(server.received).toHaveLength(1);
});

test('a caller that no longer waits closes the connection', async () => {
  const caller = new AbortController();
  let closed: Promise<unknown> = Promise.resolve();
  await start((_, response) => {
    closed = once(response, 'close');
    caller.abort();
  });
  const failure = await Promise.resolve(transport.execute(request('query', caller.signal), '')).catch((error) => error);
  expect(failure).toBe(caller.signal.reason);
  await closed;
});

test('an idle connection is given up before the server does', async () => {
  await start(ok, { keepAliveMs: 30 });
  const connected = once(server.http, 'connection');
  await ask();
  const [socket] = await connected;
  await once(socket, 'end');
  expect(await ask()).toMatchObject({ data: { me: { id: '1' } } });
});
