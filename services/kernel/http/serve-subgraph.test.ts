import { pino } from 'pino';
import { request } from 'undici';
import { startTestHub, type TestHub } from '#test/hub/test-hub.js';
import { anonymous, system, type Viewer } from '../auth/viewer.js';
import { viewerHeader, viewerSigner } from '../auth/viewer-header.js';
import type { RunningHttpServer } from './http-server.js';
import { serveSubgraph } from './serve-subgraph.js';

let hub: TestHub;
let server: RunningHttpServer;
const signer = viewerSigner('what gateway and subgraph share');

beforeAll(async () => {
  hub = await startTestHub();
  server = await serveSubgraph(hub.service('ideas'), {
    host: '127.0.0.1',
    port: 0,
    signer,
    log: pino({ level: 'silent' }),
  });
});

afterAll(async () => {
  await server?.stop();
  await hub?.stop();
});

interface Answer {
  readonly status: number;
  readonly data?: Record<string, unknown> | null;
  readonly errors?: { message: string; extensions?: { code?: string } }[];
}

async function post(query: string, headers: Record<string, string>, variables: object = {}): Promise<Answer> {
  const { statusCode, body } = await request(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query, variables }),
  });
  return { status: statusCode, ...((await body.json()) as object) };
}

const postAs = async (viewer: Viewer, query: string, variables?: object) =>
  post(query, { [viewerHeader]: await signer.sign(viewer), 'x-request-id': 'request-9' }, variables);

describe('a stream', () => {
  const streaming = async () => ({
    [viewerHeader]: await signer.sign(somebody),
    accept: 'text/event-stream',
  });
  const subscription = 'subscription ($idea: ID) { ideaActivity(idea: $idea) { time } }';
  const search = (parameters: Record<string, string>) => `${server.url}/graphql?${new URLSearchParams(parameters)}`;

  test('is asked for by POST', async () => {
    const headers = { 'content-type': 'application/json', ...(await streaming()) };
    const body = JSON.stringify({ query: subscription });
    const answer = await request(`${server.url}/graphql`, { method: 'POST', headers, body });
    expect(answer.headers['content-type']).toContain('text/event-stream');
    answer.body.destroy();
  });

  test('is asked for by GET, as other gateways do', async () => {
    const answer = await request(search({ query: subscription, variables: '{"idea":null}' }), {
      headers: await streaming(),
    });
    expect(answer.headers['content-type']).toContain('text/event-stream');
    answer.body.destroy();
  });

  test.each([
    ['nothing', {}, 'This is no GraphQL request.'],
    ['variables that are not JSON', { query: subscription, variables: '{' }, 'This is no GraphQL request.'],
    ['a query', { query: '{ __typename }' }, 'Only subscriptions are streamed.'],
  ])('is refused when what is asked for is %s', async (_, parameters: Record<string, string>, message) => {
    const { body } = await request(search(parameters), { headers: await streaming() });
    expect(await body.json()).toEqual({ errors: [{ message }] });
  });
});

const somebody = {
  kind: 'person',
  personId: 'person_1',
  organizationId: null,
  party: 'internal',
  administrator: false,
} as const;

describe('a subgraph that is reached directly', () => {
  const queries = [
    '{ ideas { totalCount } }',
    '{ _service { sdl } }',
    '{ __schema { types { name } } }',
    '{ _entities(representations: [{ __typename: "Idea", key: "idea_1" }]) { __typename } }',
  ];

  test.each(queries)('refuses an unsigned call: %s', async (query) => {
    expect(await post(query, {})).toMatchObject({
      status: 401,
      errors: [{ extensions: { code: 'UNSIGNED_CALL' } }],
    });
  });

  test.each(queries)('refuses a forged call: %s', async (query) => {
    const forged = await viewerSigner('guessed').sign(system);
    expect((await post(query, { [viewerHeader]: forged })).status).toBe(401);
  });

  test('refuses an unsigned call by GET as well', async () => {
    const { statusCode, body } = await request(
      `${server.url}/graphql?query=${encodeURIComponent('{ _service { sdl } }')}`,
    );
    await body.dump();
    expect(statusCode).toBe(401);
  });

  test('tells whether it is ready to anybody, and nothing else', async () => {
    const { statusCode, body } = await request(`${server.url}/ready`);
    expect([statusCode, await body.text()]).toEqual([200, '{"status":"ok","failing":[]}']);
  });
});

describe('a signed call', () => {
  test('is answered for the viewer it carries', async () => {
    expect((await postAs(anonymous, '{ ideas { totalCount } }')).data).toEqual({ ideas: { totalCount: 0 } });
  });

  test('with a variable of a wrong form is told what is wrong with it', async () => {
    const query = 'query ($since: DateTime) { ideas(filter: { submittedSince: $since }) { totalCount } }';
    const { errors } = await postAs(system, query, { since: 'yesterday' });
    expect(errors?.[0]?.message).toContain('ISO 8601');
  });

  test('with a text that no database keeps is told so', async () => {
    const { errors } = await postAs(system, 'query ($id: ID!) { idea(id: $id) { title } }', { id: 'a\u0000' });
    expect(errors).toMatchObject([{ message: expect.stringContaining('U+0000'), extensions: { code: 'BAD_INPUT' } }]);
  });

  test('that cannot be parsed or is not of the schema is refused readably', async () => {
    expect((await postAs(system, '{ ideas {')).errors?.[0]?.message).toContain('Syntax Error');
    expect((await postAs(system, '{ dragons }')).errors?.[0]?.message).toContain('Cannot query field');
  });
});
