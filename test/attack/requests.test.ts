/** Requests that are no good as such, whatever document they carry. */
import { closeAll, signedIn } from '#test/wire/raw-socket.js';
import { dropAll, rawStream } from '#test/wire/raw-stream.js';
import { type AttackedHub, startAttackedHub } from './attacked-hub.js';

let attacked: AttackedHub;

beforeAll(async () => {
  attacked = await startAttackedHub();
});
afterEach(async () => {
  await closeAll();
  await dropAll();
});
afterAll(() => attacked?.stop());

const deep = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;
const query = '"query":"{ __typename }"';
const mebibyte = 1024 * 1024;

const bodies: readonly (readonly [string, string | Buffer, number, string, string?])[] = [
  ['a batch of operations', `[${`{${query}},`.repeat(200)}{${query}}]`, 400, 'BAD_REQUEST'],
  ['JSON in JSON in JSON', `{${query},"variables":${deep(100_000)}}`, 400, 'LIMIT_EXCEEDED', 'jsonDepth'],
  ['brackets that never close', '['.repeat(1_000_000), 400, 'LIMIT_EXCEEDED', 'jsonDepth'],
  [
    'a million empty lists',
    `{${query},"variables":{"a":[${'[],'.repeat(1_000_000)}[]]}}`,
    400,
    'LIMIT_EXCEEDED',
    'jsonValues',
  ],
  [
    'huge variables',
    `{${query},"variables":{"a":"${'x'.repeat(3.5 * mebibyte)}"}}`,
    400,
    'LIMIT_EXCEEDED',
    'variables',
  ],
  ['a huge body', `{${query},"variables":{"a":"${'x'.repeat(5 * mebibyte)}"}}`, 413, 'REQUEST_TOO_LARGE', 'bytes'],
  ['half a character', Buffer.from([0x7b, 0x22, 0xc3, 0x22, 0x7d]), 400, 'BAD_UTF8'],
  ['characters longer than need be', Buffer.from([0x7b, 0x22, 0xc0, 0xaf, 0x22, 0x7d]), 400, 'BAD_UTF8'],
  ['half a surrogate pair in UTF-8', Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]), 400, 'BAD_UTF8'],
  ['JSON that breaks off', `{${query}`, 400, 'BAD_JSON'],
  ['JSON with a comment', `{${query} /* */}`, 400, 'BAD_JSON'],
  ['variables that are a list', `{${query},"variables":[1]}`, 400, 'BAD_REQUEST'],
];

test.each(bodies.map((attack) => [attack[0], attack] as const))(
  '%s is refused, and nobody else notices',
  async (_, attack) => {
    const [, body, status, code, limit] = attack;
    await attacked.beside(async () => {
      const refusal = limit ? { code, limit } : { code };
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${attacked.mira.token}` };
      const sent = typeof body === 'string' ? body : new Uint8Array(body);
      const response = await fetch(`${attacked.url}/graphql`, { method: 'POST', headers, body: sent });
      expect(response.status).toBe(status);
      expect(JSON.parse(await response.text()).errors[0].extensions).toMatchObject(refusal);
      const stream = await rawStream(attacked.url, { body, token: attacked.mira.token });
      await stream.ended();
      expect(stream.status).toBe(status);
      expect(stream.text()).toContain(`"code":"${code}"`);
    });
  },
);

test.each([
  ['JSON in JSON in JSON', `{"type":"ping","payload":${deep(1_000)}}`, 4400],
  ['brackets that never close', '['.repeat(100_000), 4400],
  ['bytes for a text', Buffer.from([0x7b, 0xff, 0x7d]), 4400],
  ['a huge message', `{"type":"ping","payload":{"a":"${'x'.repeat(2 * mebibyte)}"}}`, 1009],
])('a message with %s ends its connection, and nobody else notices', async (_, message, code) => {
  await attacked.beside(async () => {
    const socket = await signedIn(attacked.url, attacked.mira.token);
    socket.send(message);
    expect(await socket.closed()).toMatchObject({ code });
  });
});

test('nothing of it all is kept', () => attacked.forgotten());
