import { request } from 'undici';
import { answerHealth, type Checked } from './health.js';
import { type RunningHttpServer, startHttpServer } from './http-server.js';

let server: RunningHttpServer;
let parts: Checked[] = [];
const failures: unknown[] = [];

beforeAll(async () => {
  server = await startHttpServer({
    host: '127.0.0.1',
    port: 0,
    failed: (error) => void failures.push(error),
    async handle(incoming, response) {
      if (await answerHealth(incoming, response, parts)) return;
      if (incoming.url === '/broken') throw new Error('a secret of ours');
      response.end('something else');
    },
  });
});

afterAll(async () => {
  await server.stop();
});

async function ask(path: string) {
  const { statusCode, body } = await request(`${server.url}${path}`);
  return { statusCode, text: await body.text() };
}

describe('health', () => {
  test('is good as long as the process lives, whatever its parts say', async () => {
    parts = [{ name: 'ideas', ready: async () => false }];
    expect(await ask('/health')).toEqual({ statusCode: 200, text: '{"status":"ok","failing":[]}' });
  });

  test('leaves other paths to others', async () => {
    expect((await ask('/healthy')).text).toBe('something else');
  });
});

describe('readiness', () => {
  test('is good when every part is', async () => {
    parts = [{ name: 'ideas', ready: async () => true }, { name: 'gateway' }];
    expect(await ask('/ready?verbose')).toEqual({ statusCode: 200, text: '{"status":"ok","failing":[]}' });
  });

  test('names the parts that cannot answer', async () => {
    parts = [
      { name: 'people', ready: async () => true },
      { name: 'ideas', ready: async () => false },
      { name: 'conversations', ready: () => Promise.reject(new Error('no database')) },
    ];
    const { statusCode, text } = await ask('/ready');
    expect(statusCode).toBe(503);
    expect(JSON.parse(text)).toEqual({ status: 'unavailable', failing: ['ideas', 'conversations'] });
  });

  test('does not wait for a part that hangs', async () => {
    parts = [{ name: 'ideas', ready: () => new Promise(() => undefined) }];
    expect((await ask('/ready')).statusCode).toBe(503);
  });
});

describe('a request that breaks us', () => {
  test('gets a bare answer, and the cause goes to the log', async () => {
    parts = [];
    const { statusCode, text } = await ask('/broken');
    expect(statusCode).toBe(500);
    expect(text).not.toContain('secret');
    expect(String(failures)).toContain('a secret of ours');
  });
});

describe('a port that is taken', () => {
  test('is reported with what to do', async () => {
    const port = Number(new URL(server.url).port);
    const second = startHttpServer({
      host: '127.0.0.1',
      port,
      handle: async () => undefined,
      failed: () => undefined,
    });
    await expect(second).rejects.toThrow(`Port ${port} of 127.0.0.1 is taken`);
  });
});
