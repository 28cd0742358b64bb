/** An API client exchanges its secret for a token that is soon worth nothing (RFC 6749, section 4.4). */
import { request } from 'undici';
import { newToken, tokenKindOf } from '#kernel/auth/token-text.js';
import { eventually } from '#test/hub/eventually.js';
import { contribute, registerOrganization, type Story, seed, submitIdea } from '#test/hub/seed.js';
import { startTestHub, type TestHub } from '#test/hub/test-hub.js';
import { contributionAdded } from '#test/wire/contributions.js';
import { closeAll, type RawSocket, signedIn } from '#test/wire/raw-socket.js';

let hub: TestHub;
let story: Story;
let idea: string;
let partner: string;
let clock = 0;

beforeAll(async () => {
  hub = await startTestHub({ now: () => new Date(Date.now() + clock) });
  story = await seed(hub);
  idea = await submitIdea(story.mira, story.space);
  partner = await registerOrganization(hub);
});
afterEach(async () => {
  clock = 0;
  await closeAll();
});
afterAll(() => hub?.stop());

interface Client {
  readonly id: string;
  readonly secret: string;
}

async function createClient(facts: object = {}): Promise<Client> {
  const usual = { organization: partner, name: 'Dashboard', scopes: ['ideas:read', 'people:read'] };
  const { createApiClient } = await hub.admin.run<{ createApiClient: { token: string; apiClient: { id: string } } }>(
    'mutation ($input: CreateApiClientInput!) { createApiClient(input: $input) { token apiClient { id } errors { message } } }',
    { input: { ...usual, ...facts } },
  );
  return { id: createApiClient.apiClient.id, secret: createApiClient.token };
}

const take = (mutation: string, input: object) =>
  hub.admin.run(`mutation { ${mutation}(input: { ${fieldsOf(input)} }) { errors { message } } }`);
const fieldsOf = (input: object) =>
  Object.entries(input)
    .map(([name, value]) => `${name}: ${JSON.stringify(value)}`)
    .join(', ');

interface Answer {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: Record<string, unknown>;
}

async function ask(parameters: string | Record<string, string>, headers: Record<string, string> = {}): Promise<Answer> {
  const answer = await request(`${hub.url}/oauth/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    body: new URLSearchParams(parameters).toString(),
  });
  const body = (await answer.body.json()) as Record<string, unknown>;
  return { status: answer.statusCode, headers: answer.headers, body };
}

const grant = { grant_type: 'client_credentials' };
const inBody = ({ id, secret }: Client) => ({ ...grant, client_id: id, client_secret: secret });
const basic = ({ id, secret }: Client) => ({
  authorization: `Basic ${Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`).toString('base64')}`,
});

async function tokenOf(client: Client, more: Record<string, string> = {}): Promise<string> {
  const { status, body } = await ask({ ...inBody(client), ...more });
  if (status !== 200) throw new Error(JSON.stringify(body));
  return String(body.access_token);
}

const whoAmI = '{ viewer { kind scopes organization { id } } }';

describe('the token endpoint', () => {
  test.each([
    ['in the body', (client: Client) => ask(inBody(client))],
    ['by HTTP Basic', (client: Client) => ask(grant, basic(client))],
  ])('gives a client that shows its secret %s a token of a quarter of an hour', async (_how, asking) => {
    const client = await createClient();
    const { status, headers, body } = await asking(client);
    expect({ status, body }).toEqual({
      status: 200,
      body: {
        access_token: expect.any(String),
        token_type: 'Bearer',
        expires_in: 900,
        scope: 'people:read ideas:read',
      },
    });
    expect(headers).toMatchObject({ 'cache-control': 'no-store', pragma: 'no-cache' });
    expect(tokenKindOf(String(body.access_token))).toBe('clientToken');
    expect(await hub.client(String(body.access_token)).run(whoAmI)).toEqual({
      viewer: { kind: 'CLIENT', scopes: ['people:read', 'ideas:read'], organization: { id: partner } },
    });
    // The secret itself goes on being good, for who wants nothing to be exchanged.
    expect(await hub.client(client.secret).codeOf(whoAmI)).toBeUndefined();
  });

  test('limits a token to the scopes asked for, and what one may write one may read', async () => {
    const client = await createClient({ scopes: ['ideas:write', 'people:read'] });
    const limited = hub.client(await tokenOf(client, { scope: 'ideas:read' }));
    expect(await limited.codeOf('{ ideas { totalCount } }')).toBeUndefined();
    expect(await limited.codeOf('{ people { totalCount } }')).toBe('FORBIDDEN');
    const submit = `mutation { submitIdea(input: { space: "${story.space}", title: "x" }) { errors { code } } }`;
    expect(await limited.codeOf(submit)).toBe('FORBIDDEN');
    const whole = hub.client(await tokenOf(client, { scope: '' }));
    expect(await whole.run(submit)).toEqual({ submitIdea: { errors: [] } });
  });

  test.each([
    ['invalid_scope', 400, { scope: 'ideas:write' }],
    ['invalid_scope', 400, { scope: 'ideas:read nonsense' }],
    ['unsupported_grant_type', 400, { grant_type: 'password' }],
    ['invalid_request', 400, { grant_type: '' }],
    ['invalid_client', 401, { client_id: 'client_00000000000000000000000000' }],
    ['invalid_client', 401, { client_secret: newToken('apiClient') }],
    ['invalid_client', 401, { client_secret: newToken('accessToken') }],
    ['invalid_client', 401, { client_secret: '' }],
    ['invalid_client', 401, { client_id: '' }],
  ])('refuses with %s (%i): %j', async (error, status, more) => {
    const answer = await ask({ ...inBody(await createClient()), ...more });
    expect([answer.status, answer.body]).toEqual([status, { error, error_description: expect.any(String) }]);
    expect(answer.headers['cache-control']).toBe('no-store');
    if (status === 401) expect(answer.headers['www-authenticate']).toContain('Basic');
  });

  test('refuses requests that are none', async () => {
    const client = await createClient();
    const twice = `${new URLSearchParams(inBody(client))}&client_id=${client.id}`;
    const other = { ...grant, client_id: 'somebody else' };
    for (const answer of [
      await ask(twice),
      await ask(inBody(client), basic(client)),
      await ask(other, basic(client)),
      await ask(JSON.stringify(inBody(client)), { 'content-type': 'application/json' }),
      await ask({ ...inBody(client), padding: 'x'.repeat(10_000) }),
    ])
      expect(answer.body).toMatchObject({ error: 'invalid_request' });
    for (const authorization of ['Basic', 'Basic ???', 'Basic bm90aGluZw==', `Bearer ${client.secret}`, 'Basic JTo6'])
      expect(await ask(grant, { authorization })).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
    const get = await request(`${hub.url}/oauth/token`);
    expect([get.statusCode, get.headers.allow]).toEqual([405, 'POST']);
    await get.body.dump();
    const inAddress = await request(`${hub.url}/oauth/token?client_secret=${client.secret}`, { method: 'POST' });
    expect([inAddress.statusCode, await inAddress.body.json()]).toMatchObject([
      400,
      { errors: [{ extensions: { code: 'TOKEN_IN_ADDRESS' } }] },
    ]);
  });

  test('is not for pages of other origins', async () => {
    const origin = 'https://elsewhere.example';
    expect((await ask(inBody(await createClient()), { origin })).status).toBe(403);
  });

  test('gives nothing to a client that is revoked, and no token that outlives its client', async () => {
    const client = await createClient({ expiresAt: new Date(Date.now() + 60_000).toISOString() });
    expect((await ask(inBody(client))).body.expires_in).toBeLessThanOrEqual(60);
    await take('revokeApiClient', { apiClient: client.id });
    expect((await ask(inBody(client))).body).toMatchObject({ error: 'invalid_client' });
  });
});

describe('a token of the endpoint', () => {
  test('is worth nothing after its time', async () => {
    const token = await tokenOf(await createClient());
    clock = 901_000;
    expect(await hub.client(token).codeOf(whoAmI)).toBe('UNAUTHENTICATED');
  });

  async function listening(token: string): Promise<RawSocket> {
    const raw = await signedIn(hub.url, token);
    raw.subscribe('live', contributionAdded, { idea });
    await raw.take('ping');
    await contribute(story.mira, idea, { body: 'heard' });
    await raw.take('next', 'live');
    return raw;
  }

  test.each(['revokeApiClient', 'rotateApiClient'])('ends within a second with %s, streams included', async (name) => {
    const client = await createClient();
    const token = await tokenOf(client);
    const raw = await listening(token);
    await take(name, { apiClient: client.id });
    const from = performance.now();
    const { code } = await raw.closed();
    expect([code, performance.now() - from < 1_200]).toEqual([4403, true]);
    expect(await hub.client(token).codeOf(whoAmI)).toBe('UNAUTHENTICATED');
  });

  test('lasts as long as the secret it was got for when that is rotated with an overlap', async () => {
    const client = await createClient();
    const token = await tokenOf(client);
    await take('rotateApiClient', { apiClient: client.id, overlapMinutes: 5 });
    expect(await hub.client(token).codeOf(whoAmI)).toBeUndefined();
    clock = 301_000;
    // What was good a moment ago is trusted for less than a second.
    const code = () => hub.client(token).codeOf(whoAmI);
    expect(await eventually(code, (found) => found !== undefined)).toBe('UNAUTHENTICATED');
  });
});
