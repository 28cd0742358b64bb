/** An answer may be put together from parts that are each small enough, and still be too long. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { type RunningGateway, startGateway } from '#gateway/gateway.js';
import { requestsUnsigned } from '#gateway/request.js';
import { transportOverHttp } from '#gateway/transports.js';
import { readText } from '#test/docs/documents.js';
import { graphqlClient } from '#test/hub/graphql-client.js';
import { closeAll, signedIn } from '#test/wire/raw-socket.js';

const long = 'x'.repeat(9 * 1024 * 1024);
const query = '{ space(id: "a") { name } idea(id: "a") { title } }';

/** Stands for all services; every name and title is long. */
let services: Server;
let gateway: RunningGateway;

beforeAll(async () => {
  services = createServer((request, response) => {
    request.setEncoding('utf8').on('data', (text: string) => {
      const data = text.includes('idea(') ? { idea: { title: long } } : { space: { name: long } };
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ data }));
    });
  });
  services.listen(0, '127.0.0.1');
  await once(services, 'listening');
  const url = `http://127.0.0.1:${(services.address() as AddressInfo).port}/graphql`;
  gateway = await startGateway({
    supergraphSdl: readText('schema/supergraph.graphql'),
    transports: new Map(['people', 'ideas', 'conversations'].map((name) => [name, transportOverHttp(url)])),
    makeRequest: requestsUnsigned,
    host: '127.0.0.1',
    port: 0,
    log: pino({ level: 'silent' }),
    checks: [],
  });
});

afterAll(async () => {
  await closeAll();
  await gateway.stop();
  services.closeAllConnections();
  services.close();
});

const tooLarge = { errors: [{ extensions: { code: 'RESPONSE_TOO_LARGE' } }] };

test('over HTTP', async () => {
  const { data } = await graphqlClient(gateway.url).send<{ space: { name: string } }>('{ space(id: "a") { name } }');
  expect(data?.space.name).toHaveLength(long.length);
  expect(await graphqlClient(gateway.url).send(query)).toMatchObject(tooLarge);
});

test('over WebSocket', async () => {
  const socket = await signedIn(gateway.url);
  socket.subscribe('1', query);
  expect((await socket.take('next', '1')).payload).toMatchObject(tooLarge);
});
