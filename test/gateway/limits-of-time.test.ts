/** How long a hub works for one operation, and for whom. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { type RunningGateway, startGateway } from '#gateway/gateway.js';
import { requestsUnsigned } from '#gateway/request.js';
import { type Transports, transportOverHttp } from '#gateway/transports.js';
import { readText } from '#test/docs/documents.js';
import { graphqlClient } from '#test/hub/graphql-client.js';
import { closeAll, signedIn } from '#test/wire/raw-socket.js';

/** Stands for all three services, and never answers. */
let silent: Server;
let gateway: RunningGateway;

beforeAll(async () => {
  silent = createServer((request) => {
    request.resume();
    silent.emit('asked', request);
  });
  silent.listen(0, '127.0.0.1');
  await once(silent, 'listening');
  gateway = await start({ fetchTimeoutMs: 60_000, operationTimeoutMs: 60_000 });
});

afterAll(async () => {
  await closeAll();
  silent.closeAllConnections();
  await gateway.stop();
  silent.close();
});

function start(times: { fetchTimeoutMs: number; operationTimeoutMs: number }): Promise<RunningGateway> {
  const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}/graphql`;
  const transports: Transports = new Map(
    ['people', 'ideas', 'conversations'].map((name) => [name, transportOverHttp(url)]),
  );
  const supergraphSdl = readText('schema/supergraph.graphql');
  const log = pino({ level: 'silent' });
  const place = { host: '127.0.0.1', port: 0 };
  return startGateway({ supergraphSdl, transports, makeRequest: requestsUnsigned, log, checks: [], times, ...place });
}

const query = '{ spaces { totalCount } }';
const nextAsked = async () => ((await once(silent, 'asked')) as [IncomingMessage])[0];

test.each([
  ['of one answer of a service', { fetchTimeoutMs: 100, operationTimeoutMs: 60_000 }, 'SUBGRAPH_TIMEOUT'],
  ['of a whole operation', { fetchTimeoutMs: 60_000, operationTimeoutMs: 100 }, 'OPERATION_TIMEOUT'],
])('the limit %s is what was configured', async (_, times, code) => {
  const impatient = await start(times);
  expect(await graphqlClient(impatient.url).codeOf(query)).toBe(code);
  await impatient.stop();
});

test('a client that goes away ends the calls that were made for it', async () => {
  const client = new AbortController();
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ query });
  const asking = fetch(`${gateway.url}/graphql`, { method: 'POST', headers, body, signal: client.signal });
  const call = await nextAsked();
  client.abort();
  await expect(asking).rejects.toThrow();
  await once(call.socket, 'close');
});

test('a query that is completed over WebSocket ends its calls', async () => {
  const socket = await signedIn(gateway.url);
  const called = nextAsked();
  socket.subscribe('1', query);
  const call = await called;
  socket.send({ type: 'complete', id: '1' });
  await once(call.socket, 'close');
});

test('a mutation runs on when its client has gone: half of it done would be worse', async () => {
  const client = new AbortController();
  const headers = { 'content-type': 'application/json' };
  const mutation =
    'mutation { openSpace(input: { name: "A", visibility: OPEN }) { cursor } again: openSpace(input: { name: "B", visibility: OPEN }) { cursor } }';
  const body = JSON.stringify({ query: mutation });
  const asking = fetch(`${gateway.url}/graphql`, { method: 'POST', headers, body, signal: client.signal });
  const call = await nextAsked();
  client.abort();
  await expect(asking).rejects.toThrow();
  // What its client's going would have ended has been ended by the time another client's query has been.
  const other = new AbortController();
  const called = nextAsked();
  const later = fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ query }),
    signal: other.signal,
  });
  const laterCall = await called;
  other.abort();
  await expect(later).rejects.toThrow();
  await once(laterCall.socket, 'close');
  expect(call.socket.destroyed).toBe(false);
});
