/** A hub that runs registered documents only, whatever the transport. */
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readManifest } from '#gateway/trusted/read-manifest.js';
import { startTestHub, type TestHub } from '#test/hub/test-hub.js';
import { closeAll, signedIn } from '#test/wire/raw-socket.js';

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');

const name = 'query Name { name: __typename }';
const spaces = 'query Spaces($first: Int) { spaces(first: $first) { totalCount } }';
const stranger = '{ strange: __typename }';
const changes = 'subscription Changes { personChanged: __typename }';

let folder: string;
let hub: TestHub;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'weft-trusted-'));
  hub = await startTestHub({ environment: { TRUSTED_DOCUMENTS: await write('manifest.json', name, spaces) } });
});

afterEach(closeAll);

afterAll(async () => {
  await hub?.stop();
  await rm(folder, { recursive: true });
});

async function write(file: string, ...texts: string[]): Promise<string> {
  const path = join(folder, file);
  await writeFile(path, JSON.stringify(Object.fromEntries(texts.map((text) => [hashOf(text), text]))));
  return path;
}

const json = { 'content-type': 'application/json' };
const byHash = (text: string) => ({ extensions: { persistedQuery: { version: 1, sha256Hash: hashOf(text) } } });
const byId = (text: string) => ({ documentId: hashOf(text) });
const withPrefix = (text: string) => ({ documentId: `sha256:${hashOf(text)}` });
const byText = (text: string) => ({ query: text });

const known: [string, object][] = [
  ['by the hash of a persisted query', byHash(name)],
  ['by its id', byId(name)],
  ['by its id with the name of the hash', withPrefix(name)],
  ['by its text', byText(name)],
  ['by its text and its hash', { ...byText(name), ...byHash(name) }],
];

const unknown: [string, object][] = [
  ['by the hash of a persisted query', byHash(stranger)],
  ['by its id', byId(stranger)],
  ['by its text', byText(stranger)],
  ['by its text under the hash of a registered one', { ...byText(stranger), ...byHash(name) }],
  ['by its text under the id of a registered one', { ...byText(stranger), ...byId(name) }],
  ['by a registered text with one space more', byText(`${name} `)],
  ['that is introspection', byText('{ __schema { queryType { name } } }')],
];

const refused = {
  errors: [{ extensions: { code: 'DOCUMENT_NOT_TRUSTED' }, message: expect.stringContaining('operator') }],
};

describe('by POST', () => {
  const post = async (body: object) =>
    (await fetch(`${hub.url}/graphql`, { method: 'POST', headers: json, body: JSON.stringify(body) })).json();

  test.each(known)('a registered document runs %s', async (_, asked) => {
    expect(await post(asked)).toEqual({ data: { name: 'Query' } });
  });

  test('with its variables', async () => {
    expect(await post({ ...byId(spaces), operationName: 'Spaces', variables: { first: 101 } })).toMatchObject({
      errors: [{ extensions: { code: 'BAD_PAGE' } }],
    });
  });

  test.each(unknown)('another document is refused %s', async (_, asked) => {
    expect(await post(asked)).toMatchObject(refused);
  });

  test('a text that was refused once is not kept', async () => {
    await post({ ...byText(stranger), ...byHash(stranger) });
    expect(await post(byHash(stranger))).toMatchObject(refused);
  });

  test.each([['[]'], ['null'], ['[{"query":"{ strange: __typename }"}]'], ['{"query":["{ strange: __typename }"]}']])(
    'a body that is no request is refused: %s',
    async (body) => {
      const response = await fetch(`${hub.url}/graphql`, { method: 'POST', headers: json, body });
      expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_REQUEST' } }] });
    },
  );
});

describe('by GET', () => {
  const headers = { 'apollo-require-preflight': 'true' };
  const get = async (asked: object) => (await fetch(`${hub.url}/graphql?${searchOf(asked)}`, { headers })).json();

  test.each(known)('a registered document runs %s', async (_, asked) => {
    expect(await get(asked)).toEqual({ data: { name: 'Query' } });
  });

  test.each(unknown)('another document is refused %s', async (_, asked) => {
    expect(await get(asked)).toMatchObject(refused);
  });
});

describe('by WebSocket', () => {
  const ask = async (payload: object) => {
    const socket = await signedIn(hub.url, hub.admin.token);
    socket.send({ type: 'subscribe', id: '1', payload });
    return socket;
  };

  test.each(known)('a registered document runs %s', async (_, asked) => {
    const { payload } = await (await ask(asked)).take('next', '1');
    expect(payload).toEqual({ data: { name: 'Query' } });
  });

  test.each([...unknown, ['that subscribes', byText(changes)] as const])(
    'another document is refused %s',
    async (_, asked) => {
      const { payload } = await (await ask(asked)).take('error', '1');
      expect({ errors: payload }).toMatchObject(refused);
    },
  );
});

describe('by Server-Sent Events', () => {
  const ask = async (asked: object) => {
    const headers = { ...json, accept: 'text/event-stream', authorization: `Bearer ${hub.admin.token}` };
    const response = await fetch(`${hub.url}/graphql`, { method: 'POST', headers, body: JSON.stringify(asked) });
    const [, data = ''] = /^data: (.*)$/m.exec(await response.text()) ?? [];
    return JSON.parse(data);
  };

  test.each(known)('a registered document runs %s', async (_, asked) => {
    expect(await ask(asked)).toEqual({ data: { name: 'Query' } });
  });

  test.each(unknown)('another document is refused %s', async (_, asked) => {
    expect(await ask(asked)).toMatchObject(refused);
  });
});

describe('a manifest that cannot be trusted', () => {
  test('tells every wrong hash and every text that is not GraphQL', async () => {
    const path = join(folder, 'wrong.json');
    await writeFile(path, JSON.stringify({ abc: name, [hashOf('{')]: '{' }));
    await expect(readManifest(path)).rejects.toThrow(/abc: the SHA-256 of its text is [0-9a-f]{64}\n.*Syntax Error/);
  });

  test.each([
    ['is no object', '[]'],
    ['is not JSON', '{'],
  ])('that %s says so', async (_, text) => {
    const path = join(folder, 'other.json');
    await writeFile(path, text);
    await expect(readManifest(path)).rejects.toThrow(/TRUSTED_DOCUMENTS: .*cannot be used/);
  });

  test('that is not there says so', async () => {
    await expect(readManifest(join(folder, 'nowhere.json'))).rejects.toThrow(/nowhere.json.*cannot be used/);
  });
});

function searchOf(asked: object): URLSearchParams {
  return new URLSearchParams(
    Object.entries(asked).map(([key, value]): [string, string] => [
      key,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  );
}
