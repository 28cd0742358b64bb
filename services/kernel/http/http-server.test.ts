import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { eventually } from '#test/hub/eventually.js';
import { type RunningHttpServer, startHttpServer } from './http-server.js';

/** Much longer than a test: whoever waits for its end fails. */
const longMs = 300_000;
const sockets = new Set<Socket>();

afterEach(() => {
  for (const socket of sockets) socket.destroy();
  sockets.clear();
});

/** Answers when it is told to. */
async function serve(drainMs: number) {
  const asked: ServerResponse[] = [];
  const server = await startHttpServer({
    host: '127.0.0.1',
    port: 0,
    drainMs,
    failed: () => undefined,
    handle: async (_, response) => void asked.push(response),
  });
  const received = () =>
    eventually(
      () => asked.length,
      (count) => count > 0,
    );
  const answer = async () => {
    await received();
    asked.pop()?.end('answered');
  };
  return { server, received, answer };
}

async function openTo({ server }: { server: RunningHttpServer }) {
  const { port } = server.server.address() as AddressInfo;
  const socket = connect(port, '127.0.0.1');
  sockets.add(socket);
  socket.on('error', () => undefined);
  let text = '';
  socket.on('data', (data) => {
    text += data;
  });
  await once(socket, 'connect');
  return {
    socket,
    ask: () => void socket.write('GET / HTTP/1.1\r\nhost: hub\r\n\r\n'),
    /** What came up to the end of so many answers. */
    heard: (answers = 1) =>
      eventually(
        () => text,
        (all) => all.split('answered').length > answers,
      ),
    closed: () =>
      eventually(
        () => socket.destroyed,
        (gone) => gone,
      ),
  };
}

test('a server that stops answers what is under way, as the last of its connection', async () => {
  const served = await serve(longMs);
  const client = await openTo(served);
  client.ask();
  await served.received();
  const stopping = served.server.stop();
  await served.answer();
  expect(await client.heard()).toMatch(/connection: close/i);
  await client.closed();
  await stopping;
});

test('a request on its way on an idle connection is answered, and nobody new gets in', async () => {
  const served = await serve(longMs);
  const client = await openTo(served);
  client.ask();
  await served.answer();
  expect(await client.heard()).not.toMatch(/connection: close/i);
  const late = served.server.server.address() as AddressInfo;
  const stopping = served.server.stop();
  await expect(once(connect(late.port, '127.0.0.1'), 'connect')).rejects.toThrow('ECONNREFUSED');
  client.ask();
  await served.answer();
  expect(await client.heard(2)).toMatch(/connection: close/i);
  await client.closed();
  await stopping;
});

test('idle connections are not waited for any longer than was asked for', async () => {
  const served = await serve(0);
  const client = await openTo(served);
  client.ask();
  await served.answer();
  await client.heard();
  await served.server.stop();
  await client.closed();
});
