import { createServer, type Server } from 'node:http';
import { z } from 'zod';
import { CommandError } from './command.js';
import { createHubClient } from './hub-client.js';

type Answer = { status: number; body: string };

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

/** A server that gives these answers one after the other, and counts the questions. */
async function hubAnswering(...answers: readonly Answer[]) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    request.on('data', (chunk) => asked.push(String(chunk)));
    request.on('end', () => {
      const { status, body } = answers[Math.min(asked.length, answers.length) - 1] ?? { status: 500, body: '' };
      response.writeHead(status).end(body);
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return { url: new URL(`http://127.0.0.1:${address.port}/graphql`), asked };
}

async function ask(url: URL): Promise<unknown> {
  const client = createHubClient({ url, token: 'secret' }, () => undefined, [1, 1]);
  try {
    return await client.run('{ answer }', {}, z.object({ answer: z.number() }));
  } catch (error) {
    if (error instanceof CommandError) return error.message;
    throw error;
  } finally {
    await client.close();
  }
}

const good = { status: 200, body: '{"data":{"answer":42}}' };

test.each([
  ['a restart behind a proxy', { status: 503, body: 'restarting' }],
  ['too many requests', { status: 429, body: '' }],
  [
    'a service that is away',
    { status: 200, body: '{"errors":[{"message":"away","extensions":{"code":"UNAVAILABLE"}}]}' },
  ],
])('what passes by itself is asked again: %s', async (_, passing) => {
  const { url, asked } = await hubAnswering(passing, good);
  expect([await ask(url), asked.length]).toEqual([{ answer: 42 }, 2]);
});

test('it gives up after a while and says that one can run it again', async () => {
  const { url, asked } = await hubAnswering({ status: 502, body: '' });
  expect(await ask(url)).toMatch(/^the hub does not answer \(HTTP status 502\)\. .*run the same command again$/);
  expect(asked).toHaveLength(3);
});

test('a hub that does not run is told', async () => {
  const { url } = await hubAnswering(good);
  for (const server of servers.splice(0)) server.close();
  expect(await ask(url)).toMatch(/ECONNREFUSED/);
});

test.each([
  [
    'an error of the hub',
    { status: 200, body: '{"errors":[{"message":"Sign in first"}]}' },
    /refused the request: Sign in first/,
  ],
  [
    'another server',
    { status: 404, body: '<h1>Not here</h1>' },
    /status 404 and no GraphQL response. Is --url the hub's endpoint/,
  ],
  ['another version', { status: 200, body: '{"data":{"answer":"forty-two"}}' }, /not understood/],
])('what does not pass by itself is asked once: %s', async (_, answer, message) => {
  const { url, asked } = await hubAnswering(answer);
  expect(await ask(url)).toMatch(message);
  expect(asked).toHaveLength(1);
});
