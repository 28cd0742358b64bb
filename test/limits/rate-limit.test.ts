/** How much a viewer may ask for, counted by the gateway itself and, in another hub, by all gateways together. */
import { type Story, seed } from '#test/hub/seed.js';
import { startTestHub, type TestHub } from '#test/hub/test-hub.js';
import { closeAll, signedIn } from '#test/wire/raw-socket.js';
import { rawStream } from '#test/wire/raw-stream.js';

const environment = { RATE_LIMIT_PERSON: '1000', RATE_LIMIT_ANONYMOUS: '200', TRUSTED_PROXIES: '1' };
const ideas = '{ ideas(first: 100) { nodes { id } } }';
const state = '{ rateLimit { limit remaining resetAt cost } }';

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: {
    readonly data?: Record<string, unknown> | null;
    readonly errors?: readonly { readonly extensions: Record<string, unknown> }[];
    readonly extensions?: Record<string, unknown>;
  };
}

describe.each(['memory', 'postgres'] as const)('counted in %s', (store) => {
  let hub: TestHub;
  let story: Story;

  beforeAll(async () => {
    hub = await startTestHub({ environment: { ...environment, RATE_LIMIT_STORE: store, RATE_LIMIT_PERSON: '10000' } });
    story = await seed(hub);
  });
  afterEach(closeAll);
  afterAll(() => hub?.stop());

  async function post(
    query: string,
    token?: string,
    more: { from?: string; extensions?: object } = {},
  ): Promise<Answer> {
    const response = await fetch(`${hub.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(more.from ? { 'x-forwarded-for': more.from } : {}),
      },
      body: JSON.stringify({ query, extensions: more.extensions }),
    });
    return { status: response.status, headers: response.headers, body: JSON.parse(await response.text()) };
  }

  const left = async (token?: string) =>
    Number((await post('{ __typename }', token)).headers.get('ratelimit')?.match(/r=(\d+)/)?.[1]);

  /** Asks until it is refused. */
  async function useUp(token?: string, from?: string): Promise<Answer> {
    for (let count = 0; count < 200; count += 1) {
      const answer = await post(ideas, token, from ? { from } : {});
      if (answer.status !== 200) return answer;
    }
    throw new Error('Never refused.');
  }

  test('a viewer sees what is left, in a field, in headers, and beside the answer on demand', async () => {
    const { token } = story.jon;
    const { headers, body } = await post(state, token, { extensions: { cost: true } });
    const rate = { limit: 10_000, remaining: expect.any(Number), resetAt: expect.any(String), cost: 1 };
    expect(body).toEqual({ data: { rateLimit: rate }, extensions: { cost: rate } });
    expect(headers.get('ratelimit-policy')).toBe('"points";q=10000;w=60');
    expect(headers.get('ratelimit')).toMatch(/^"points";r=99\d\d;t=\d+$/);
    expect((await post(state, token)).body.extensions).toBeUndefined();
  });

  test('one who asks for too much is refused with 429 and told when to come back; nothing runs, and others go on', async () => {
    const refused = await useUp(undefined, '198.51.100.7');
    expect(refused.status).toBe(429);
    const { data, errors } = refused.body;
    expect(data).toBeUndefined();
    expect(errors?.[0]?.extensions).toMatchObject({
      code: 'RATE_LIMITED',
      limit: 'rate',
      value: 101,
      maximum: expect.any(Number),
    });
    const seconds = Number(refused.headers.get('retry-after'));
    expect(seconds).toBe(errors?.[0]?.extensions.retryAfterSeconds);
    expect(seconds).toBeGreaterThan(0);
    expect(await post(ideas, undefined, { from: '198.51.100.8' })).toMatchObject({ status: 200 });
    expect(await post(ideas, story.mira.token, { from: '198.51.100.7' })).toMatchObject({ status: 200 });
  });

  test('who tries one secret of an API client after the other is told to wait', async () => {
    const attempt = () =>
      fetch(`${hub.url}/oauth/token`, {
        method: 'POST',
        headers: { 'x-forwarded-for': '198.51.100.30' },
        body: new URLSearchParams({ grant_type: 'client_credentials', client_id: 'x', client_secret: 'guessed' }),
      });
    const answers = [await attempt(), await attempt(), await attempt(), await attempt()];
    const refused = answers.at(-1);
    expect(answers.map(({ status }) => status).slice(0, 2)).toEqual([401, 401]);
    expect(refused?.status).toBe(429);
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await refused?.json()).toMatchObject({ error: 'temporarily_unavailable' });
  });

  test('whoever writes addresses of others into the header of the proxy has the budget of their own', async () => {
    await useUp(undefined, '198.51.100.9');
    expect(await post(ideas, undefined, { from: '203.0.113.1, 198.51.100.9' })).toMatchObject({ status: 429 });
  });

  test('all connections of a person share one budget, over every transport', async () => {
    const { token = '' } = story.jon;
    const before = await left(token);
    const socket = await signedIn(hub.url, token);
    socket.subscribe('1', ideas);
    await socket.take('next', '1');
    const stream = await rawStream(hub.url, { token, query: ideas });
    await stream.ended();
    expect(before - (await left(token))).toBeGreaterThan(150);
  });

  test('a mutation that is refused did nothing', async () => {
    const { token = '' } = story.mira;
    await useUp(token);
    const mutation = `mutation { openSpace(input: { name: "Never", visibility: PRIVATE }) { space { id } errors { code } } }`;
    const answers = await Promise.all(Array.from({ length: 30 }, () => post(mutation, token)));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThan(0);
    const { spaces } = await hub.admin.run<{ spaces: { nodes: { name: string }[] } }>(
      '{ spaces(first: 100) { nodes { name } } }',
    );
    expect(spaces.nodes.filter(({ name }) => name === 'Never')).toHaveLength(answers.length - refused.length);
  });

  test('an operation that may give too much is refused before it is counted', async () => {
    const query =
      '{ ideas(first: 100) { nodes { contributions(first: 100) { nodes { author { teams { name } } } } } } }';
    const { body } = await post(query, story.jon.token);
    expect(body.errors?.[0]?.extensions).toEqual({
      code: 'LIMIT_EXCEEDED',
      limit: 'cost',
      value: expect.any(Number),
      maximum: 10_000,
    });
  });

  test('reading documents that were never seen costs as well, before they are parsed', async () => {
    const wide = (index: number) => `{ nothing { a${index}: ${'b '.repeat(900)} } }`;
    const from = '198.51.100.20';
    const answers = [];
    for (let index = 0; index < 4; index += 1) answers.push((await post(wide(index), undefined, { from })).status);
    expect(answers).toEqual([200, 200, 429, 429]);
  });
});
