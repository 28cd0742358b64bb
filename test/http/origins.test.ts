/** Which web pages may use the endpoint, and where a token may not stand. */
import { request } from 'undici';
import WebSocket from 'ws';
import { newToken } from '#kernel/auth/token-text.js';
import { startTestHub, type TestHub } from '#test/hub/test-hub.js';

let hub: TestHub;
const friend = 'https://app.example.com';
const stranger = 'https://evil.example.com';

beforeAll(async () => {
  hub = await startTestHub({ environment: { ALLOWED_ORIGINS: `${friend}, https://other.example.com` } });
});

afterAll(() => hub?.stop());

type Method = 'GET' | 'POST' | 'OPTIONS';

async function ask(headers: Record<string, string>, method: Method = 'POST', search = '') {
  const {
    statusCode,
    headers: answered,
    body,
  } = await request(`${hub.url}/graphql${search}`, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(method === 'POST' ? { body: JSON.stringify({ query: '{ __typename }' }) } : {}),
  });
  const text = await body.text();
  const code = /"code":"(\w+)"/.exec(text)?.[1];
  return { status: statusCode, allowed: answered['access-control-allow-origin'], code, headers: answered };
}

describe('a page of', () => {
  test('a configured origin may ask, and is told so', async () => {
    expect(await ask({ origin: friend })).toMatchObject({ status: 200, allowed: friend, code: undefined });
    const { headers, status } = await ask({ origin: friend, 'access-control-request-method': 'POST' }, 'OPTIONS');
    expect(status).toBe(204);
    expect(headers).toMatchObject({
      'access-control-allow-origin': friend,
      'access-control-allow-methods': 'GET, POST',
      'access-control-allow-headers': expect.stringContaining('authorization'),
      vary: 'origin',
    });
    expect(headers).not.toHaveProperty('access-control-allow-credentials');
  });

  test('the hub itself may ask, also behind a proxy that names it differently', async () => {
    expect(await ask({ origin: hub.url })).toMatchObject({ status: 200, allowed: undefined });
    const behind = { origin: 'https://hub.example.com', 'sec-fetch-site': 'same-origin' };
    expect(await ask(behind)).toMatchObject({ status: 200, allowed: undefined });
  });

  test.each([stranger, 'null', `${friend}.evil.example`, 'http://app.example.com', 'not an origin'])(
    'another origin is refused before anything runs: %s',
    async (origin) => {
      const refused = { status: 403, code: 'ORIGIN_NOT_ALLOWED', allowed: undefined };
      expect(await ask({ origin })).toMatchObject(refused);
      expect(await ask({ origin, 'access-control-request-method': 'POST' }, 'OPTIONS')).toMatchObject(refused);
      const stream = { origin, accept: 'text/event-stream' };
      expect(await ask(stream)).toMatchObject(refused);
      expect(await ask(stream, 'GET', `?query=${encodeURIComponent('{ __typename }')}`)).toMatchObject(refused);
    },
  );

  test('no origin at all is a program, and may ask', async () => {
    expect(await ask({})).toMatchObject({ status: 200, allowed: undefined });
  });
});

test('a request that a form of any page could send changes and reads nothing', async () => {
  expect(await ask({ 'content-type': 'text/plain' })).toMatchObject({ status: 400, code: 'BAD_REQUEST' });
  const search = `?query=${encodeURIComponent('{ __typename }')}`;
  expect(await ask({ 'content-type': 'text/plain' }, 'GET', search)).toMatchObject({ status: 400 });
});

describe('a WebSocket', () => {
  /** The status of the handshake: 101 when it was taken. */
  function shake(headers: Record<string, string>, search = ''): Promise<number | undefined> {
    return new Promise((resolve) => {
      const socket = new WebSocket(`${hub.url.replace('http', 'ws')}/graphql${search}`, 'graphql-transport-ws', {
        headers,
      });
      socket.on('error', () => undefined);
      socket.on('unexpected-response', (_, response) => {
        response.resume();
        resolve(response.statusCode);
        socket.terminate();
      });
      socket.on('open', () => {
        socket.close();
        resolve(101);
      });
    });
  }

  test('is opened by programs and by pages that may use the hub, and by no others', async () => {
    expect(await shake({})).toBe(101);
    expect(await shake({ origin: friend })).toBe(101);
    expect(await shake({ origin: hub.url })).toBe(101);
    expect(await shake({ origin: stranger })).toBe(403);
    expect(await shake({ origin: 'null' })).toBe(403);
  });

  test('takes no token in its address', async () => {
    expect(await shake({}, `?access_token=${newToken('accessToken')}`)).toBe(403);
  });
});

test.each([
  `?access_token=x`,
  `?query=x&token=x`,
  `?Authorization=x`,
  `?key=${newToken('apiClient')}`,
  `?query=${encodeURIComponent('{ viewer { party } }')}&api_key=1`,
])('a token in the address is refused, whatever carries it: %s', async (search) => {
  expect(await ask({}, 'POST', search)).toMatchObject({ status: 400, code: 'TOKEN_IN_ADDRESS' });
  expect(await ask({ accept: 'text/event-stream' }, 'GET', search)).toMatchObject({ status: 400 });
});
