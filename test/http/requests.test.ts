/** What the endpoint says to requests that are not as they should be. */
import { connect } from 'node:net';
import { startTestHub, type TestHub } from '#test/hub/test-hub.js';

let hub: TestHub;

beforeAll(async () => {
  hub = await startTestHub();
});

afterAll(() => hub?.stop());

const json = { 'content-type': 'application/json' };

async function post(body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = json) {
  const response = await fetch(`${hub.url}/graphql`, { method: 'POST', headers, body });
  const { errors } = JSON.parse(await response.text());
  return { status: response.status, code: errors?.[0]?.extensions?.code, message: errors?.[0]?.message };
}

test.each([
  ['several operations in one request', '[{"query":"{ __typename }"},{"query":"{ __typename }"}]', 400, 'BAD_REQUEST'],
  ['a body that is not JSON', '{"query":', 400, 'BAD_JSON'],
  ['a body that is not UTF-8', new Uint8Array([0x7b, 0xff, 0xfe]), 400, 'BAD_UTF8'],
  ['a body without a query', '{"variables":{}}', 400, 'BAD_REQUEST'],
  ['a query that is no text', '{"query":5}', 400, 'BAD_REQUEST'],
  ['variables that are no object', '{"query":"{ __typename }","variables":"a"}', 400, 'BAD_REQUEST'],
  ['an empty body', '', 400, 'BAD_REQUEST'],
  ['JSON that is no object', 'null', 400, 'BAD_REQUEST'],
])('%s', async (_, body, status, code) => {
  expect(await post(body)).toMatchObject({ status, code, message: expect.stringMatching(/\w+/) });
});

test.each(['text/plain', 'application/x-www-form-urlencoded', 'application/xml', 'application/graphql'])(
  'a body of the type %s is not read as a request',
  async (type) => {
    const refused = await post('{"query":"{ __typename }"}', { 'content-type': type });
    expect(refused).toMatchObject({ code: 'BAD_REQUEST' });
    expect(refused.status).toBeGreaterThanOrEqual(400);
  },
);

test('a body over 4 MiB is refused with how much there may be, and the connection can tell it', async () => {
  const query = `{ __typename } #${'x'.repeat(4 * 1024 * 1024)}`;
  expect(await post(JSON.stringify({ query }))).toMatchObject({
    status: 413,
    code: 'REQUEST_TOO_LARGE',
    message: expect.stringContaining('4194304 bytes'),
  });
});

test('a client that breaks off in its body does no harm', async () => {
  const { hostname, port } = new URL(hub.url);
  const socket = connect(Number(port), hostname);
  socket.write(
    'POST /graphql HTTP/1.1\r\nhost: hub\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{"qu',
  );
  await new Promise((resolve) => socket.once('connect', resolve));
  socket.destroy();
  expect(await hub.anonymous.run('{ __typename }')).toEqual({ __typename: 'Query' });
});

test.each([
  'subscription ($s: Boolean!) { messagePosted @include(if: $s) { message { body } } }',
  'subscription ($s: Boolean!) { ... @skip(if: $s) { messagePosted { message { body } } } }',
  'query { __typename } subscription S($s: Boolean!) { messagePosted @include(if: $s) { message { body } } }',
])('a document whose rules cannot be checked is refused, and no fault of ours: %s', async (query) => {
  const refused = { status: 400, code: 'BAD_SUBSCRIPTION' };
  expect(await post(JSON.stringify({ query, variables: { s: true } }))).toMatchObject(refused);
});

test.each([
  ['not GraphQL', '{ viewer', 'GRAPHQL_PARSE_FAILED'],
  ['not of the schema', '{ wishes }', 'GRAPHQL_VALIDATION_FAILED'],
])(
  'a document that is %s has 400 for clients that know what that means, and 200 for the others',
  async (_, query, code) => {
    const body = JSON.stringify({ query });
    expect(await post(body, { ...json, accept: 'application/graphql-response+json' })).toMatchObject({
      status: 400,
      code,
    });
    expect(await post(body, { ...json, accept: 'application/json' })).toMatchObject({ status: 200, code });
  },
);
