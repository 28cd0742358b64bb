/** Automatic persisted queries: a client sends a text once and its hash from then on. */
import { createHash } from 'node:crypto';
import { startTestHub, type TestHub } from '#test/hub/test-hub.js';

let hub: TestHub;

beforeAll(async () => {
  hub = await startTestHub();
});

afterAll(() => hub?.stop());

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');
const extensions = (sha256Hash: string) => ({ persistedQuery: { version: 1, sha256Hash } });

async function post(body: object) {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${hub.url}/graphql`, { method: 'POST', headers, body: JSON.stringify(body) });
  return { status: response.status, ...(JSON.parse(await response.text()) as object) };
}

test('a hash that nobody registered is missed, so that the client sends the text', async () => {
  expect(await post({ extensions: extensions(hashOf('{ missed: __typename }')) })).toMatchObject({
    status: 200,
    errors: [{ extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } }],
  });
});

test('a text is registered with its hash, and then the hash is enough: by POST and by GET', async () => {
  const query = 'query Kept { kept: __typename }';
  const asked = { extensions: extensions(hashOf(query)) };
  const kept = { data: { kept: 'Query' } };
  expect(await post({ query, ...asked })).toMatchObject(kept);
  expect(await post(asked)).toMatchObject(kept);
  const search = new URLSearchParams({ extensions: JSON.stringify(asked.extensions) });
  const headers = { 'apollo-require-preflight': 'true' };
  expect(await (await fetch(`${hub.url}/graphql?${search}`, { headers })).json()).toEqual(kept);
});

test('a text under the hash of another is refused and not kept', async () => {
  const other = extensions(hashOf('{ other: __typename }'));
  expect(await post({ query: '{ wrong: __typename }', extensions: other })).toMatchObject({
    status: 400,
    errors: [{ extensions: { code: 'BAD_REQUEST' }, message: 'provided sha does not match query' }],
  });
  expect(await post({ extensions: other })).toMatchObject({
    errors: [{ extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } }],
  });
});

test('a version nobody knows is refused', async () => {
  const unknown = { persistedQuery: { version: 2, sha256Hash: hashOf('{ __typename }') } };
  expect(await post({ query: '{ __typename }', extensions: unknown })).toMatchObject({
    status: 400,
    errors: [{ extensions: { code: 'BAD_REQUEST' } }],
  });
});
