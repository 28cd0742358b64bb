/** Web pages of somebody else, in the browser of somebody who may do everything. */
import { request } from 'undici';
import { closeAll, rawSocket } from '#test/wire/raw-socket.js';
import { dropAll, rawStream } from '#test/wire/raw-stream.js';
import { type AttackedHub, startAttackedHub } from './attacked-hub.js';

let attacked: AttackedHub;
const friend = 'https://app.example.com';
const strangers = ['https://evil.example.com', 'null', `${friend}.evil.example`];

beforeAll(async () => {
  attacked = await startAttackedHub({ ALLOWED_ORIGINS: friend });
});
afterEach(async () => {
  await closeAll();
  await dropAll();
});
afterAll(() => attacked?.stop());

const victim = () => ({ authorization: `Bearer ${attacked.hub.admin.token}` });
const planting = 'mutation { registerPerson(input: { name: "Planted" }) { person { id } errors { message } } }';
const listening = 'subscription { ideaActivity { cursor } }';

const planted = async () => {
  const question = '{ people(filter: { nameContains: "Planted" }) { totalCount } }';
  return (await attacked.hub.admin.run<{ people: { totalCount: number } }>(question)).people.totalCount;
};

async function post(headers: Record<string, string>, body: string) {
  const { statusCode, body: answer } = await request(`${attacked.url}/graphql`, { method: 'POST', headers, body });
  return { status: statusCode, code: /"code":"(\w+)"/.exec(await answer.text())?.[1] };
}

/** What a page can send without being asked whether it may. */
const simple: readonly (readonly [string, string])[] = [
  ['text/plain', JSON.stringify({ query: planting })],
  ['application/x-www-form-urlencoded', new URLSearchParams({ query: planting }).toString()],
  [
    'multipart/form-data; boundary=b',
    `--b\r\ncontent-disposition: form-data; name="query"\r\n\r\n${planting}\r\n--b--\r\n`,
  ],
];

describe.each(strangers)('a page of %s', (origin) => {
  test('opens no WebSocket, though it knows a token', async () => {
    const token = victim();
    await attacked.beside(async () => {
      await expect(rawSocket(attacked.url, { ...token, origin })).rejects.toThrow('403');
    });
  });

  test.each(['POST', 'GET'])('opens no stream by %s', async (method) => {
    await attacked.beside(async () => {
      const headers = { ...victim(), origin };
      const stream = await rawStream(attacked.url, { method, query: listening, headers });
      await stream.ended();
      expect(stream.status).toBe(403);
      expect(stream.text()).toContain('"code":"ORIGIN_NOT_ALLOWED"');
    });
  });

  test.each([...simple, ['application/json', JSON.stringify({ query: planting })] as const])(
    'changes nothing by a request of %s',
    async (type, body) => {
      await attacked.beside(async () => {
        const refused = { status: 403, code: 'ORIGIN_NOT_ALLOWED' };
        expect(await post({ ...victim(), origin, 'content-type': type }, body)).toEqual(refused);
      });
      expect(await planted()).toBe(0);
    },
  );
});

test.each(simple)('a request of %s changes nothing, also where a browser names no origin', async (type, body) => {
  await attacked.beside(async () => {
    expect(await post({ ...victim(), 'content-type': type }, body)).toEqual({ status: 400, code: 'BAD_REQUEST' });
  });
  expect(await planted()).toBe(0);
});

test('a page that may use the hub does all of this', async () => {
  const headers = { ...victim(), origin: friend };
  const socket = await rawSocket(attacked.url, headers);
  await socket.init();
  const stream = await rawStream(attacked.url, { query: listening, headers });
  await stream.heartbeat();
  const body = JSON.stringify({ query: planting });
  expect(await post({ ...headers, 'content-type': 'application/json' }, body)).toEqual({
    status: 200,
    code: undefined,
  });
  expect(await planted()).toBe(1);
});
