/** Who gets in with what, what it opens, and that taking it back ends what is open with it within a second. */

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newToken } from '#kernel/auth/token-text.js';
import { audience, type OidcIssuer, startIssuer } from '#test/hub/oidc-issuer.js';
import { contribute, type Story, seed, submitIdea } from '#test/hub/seed.js';
import { startTestHub, type TestHub } from '#test/hub/test-hub.js';
import { contributionAdded } from '#test/wire/contributions.js';
import { closeAll, type RawSocket, rawSocket, signedIn } from '#test/wire/raw-socket.js';
import { onBusyMachine } from '../hub/on-busy-machine.js';

let hub: TestHub;
let issuer: OidcIssuer;
let folder: string;
let story: Story;
let idea: string;
let partner: string;

beforeAll(async () => {
  issuer = await startIssuer();
  folder = await mkdtemp(join(tmpdir(), 'weft-oidc-'));
  const path = join(folder, 'providers.json');
  const provider = { issuer: issuer.url, audience, linkByEmail: true, create: { by: 'domain' } };
  await writeFile(path, JSON.stringify([provider]));
  hub = await startTestHub({ environment: { OIDC_PROVIDERS: path } });
  story = await seed(hub);
  idea = await submitIdea(story.mira, story.space);
  const { registerOrganization } = await hub.admin.run<{ registerOrganization: { organization: { id: string } } }>(
    'mutation ($input: RegisterOrganizationInput!) { registerOrganization(input: $input) { organization { id } } }',
    { input: { name: 'Partner', relation: 'PARTNER', domains: ['partner.example'] } },
  );
  partner = registerOrganization.organization.id;
});
afterEach(closeAll);
afterAll(async () => {
  await hub?.stop();
  await issuer?.stop();
  await rm(folder, { recursive: true, force: true });
});

type Changed = Record<string, { token?: string; errors: object[] } & Record<string, { id: string }>>;

async function change(name: string, input: object, fields: string): Promise<Changed[string]> {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const document = `mutation ($input: ${type}!) { ${name}(input: $input) { ${fields} errors { code message } } }`;
  const payload = (await hub.admin.run<Changed>(document, { input }))[name];
  if (!payload || payload.errors.length > 0) throw new Error(JSON.stringify(payload));
  return payload;
}

async function createClient(scopes: string[]): Promise<{ token: string; id: string }> {
  const input = { organization: partner, name: 'Dashboard', scopes };
  const { token, apiClient } = await change('createApiClient', input, 'token apiClient { id }');
  return { token: token ?? '', id: apiClient?.id ?? '' };
}

const whoAmI = '{ viewer { kind party scopes person { id name } organization { id } } }';

/** Listens with a credential, and shows that it is given what happens. */
async function listening(token: string): Promise<RawSocket> {
  const raw = await signedIn(hub.url, token);
  raw.subscribe('live', contributionAdded, { idea });
  await raw.take('ping');
  await contribute(story.mira, idea, { body: 'heard' });
  await raw.take('next', 'live');
  return raw;
}

/** The code with which the socket closes, and how long that took. */
async function closeAfter(raw: RawSocket, takeBack: () => Promise<unknown>) {
  await takeBack();
  const from = performance.now();
  const { code } = await raw.closed();
  await contribute(story.mira, idea, { body: 'unheard' });
  return {
    code,
    withinASecond: performance.now() - from < onBusyMachine(1_000),
    heard: JSON.stringify(raw.inbox).includes('unheard'),
  };
}

const ended = { code: 4403, withinASecond: true, heard: false };

describe('a sign-in of a provider', () => {
  test('lets in who belongs to an organisation with the domain, as the same person from then on', async () => {
    const claims = { sub: 'zoe', name: 'Zoe', email: 'zoe@partner.example', email_verified: true };
    const first = await hub.client(await issuer.sign(claims)).run(whoAmI);
    expect(first).toMatchObject({
      viewer: { kind: 'PERSON', party: 'PARTNER', person: { name: 'Zoe' }, organization: { id: partner } },
    });
    expect(await hub.client(await issuer.sign({ sub: 'zoe', jti: 'another' })).run(whoAmI)).toEqual(first);
  });

  test('of somebody unknown is refused with what to do', async () => {
    const { errors } = await hub.client(await issuer.sign({ sub: 'nobody' })).send(whoAmI);
    expect(errors).toMatchObject([
      { message: expect.stringContaining('administrator'), extensions: { code: 'UNAUTHENTICATED' } },
    ]);
  });

  test('ends what is open with it when the person is shut out, and when the sign-in is unlinked', async () => {
    const person = story.jon.id;
    const link = () => change('linkIdentity', { person, issuer: issuer.url, subject: 'jon' }, 'identity { id }');
    const { identity } = await link();
    const token = await issuer.sign({ sub: 'jon' });
    const shutOut = () => change('suspendPerson', { person }, 'person { id }');
    expect(await closeAfter(await listening(token), shutOut)).toEqual(ended);
    expect(await hub.client(token).codeOf(whoAmI)).toBe('UNAUTHENTICATED');
    await change('reinstatePerson', { person }, 'person { id }');
    const unlink = () => change('unlinkIdentity', { identity: identity?.id }, 'cursor');
    expect(await closeAfter(await listening(token), unlink)).toEqual(ended);
  });

  test('that ends while somebody listens ends the connection', async () => {
    await change('linkIdentity', { person: story.jon.id, issuer: issuer.url, subject: 'short' }, 'identity { id }');
    const exp = Math.floor(Date.now() / 1000) - 30 + 3; // clocks may differ by 30 s
    const raw = await listening(await issuer.sign({ sub: 'short', exp }));
    expect((await raw.closed(8_000)).code).toBe(4403);
  });
});

describe('an API client', () => {
  test('reads by its scopes, and is told which one it lacks', async () => {
    const client = hub.client((await createClient(['ideas:read', 'people:read'])).token);
    expect(await client.run(whoAmI)).toMatchObject({ viewer: { kind: 'CLIENT', party: 'PARTNER', person: null } });
    expect(await client.run('{ ideas { totalCount nodes { title authors { name } } } }')).toMatchObject({
      ideas: { totalCount: 1 },
    });
    const { errors, data } = await client.send('{ ideas { nodes { title space { name } } } }');
    expect(data).toBeUndefined();
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN', scopes: ['spaces:read'] } }]);
    const submit = `mutation { submitIdea(input: { space: "${story.space}", title: "x" }) { idea { id } } }`;
    expect(await client.codeOf(submit)).toBe('FORBIDDEN');
  });

  test('listens by its scopes, and is ended when it is revoked', async () => {
    const { token, id } = await createClient(['ideas:read']);
    const revoke = () => change('revokeApiClient', { apiClient: id }, 'cursor');
    expect(await closeAfter(await listening(token), revoke)).toEqual(ended);
    const raw = await signedIn(hub.url, (await createClient(['people:read'])).token);
    raw.subscribe('live', contributionAdded, { idea });
    expect(await raw.take('error', 'live')).toMatchObject({
      payload: [{ extensions: { code: 'FORBIDDEN', scopes: ['ideas:read'] } }],
    });
  });

  test('goes on listening with its new token, and with the old one no longer than the overlap', async () => {
    const { token, id } = await createClient(['ideas:read']);
    const raw = await listening(token);
    const rotated = await change('rotateApiClient', { apiClient: id }, 'token');
    expect((await raw.closed()).code).toBe(4403);
    await listening(rotated.token ?? '');
  });
});

test('a limited access token opens what it was given, over every transport', async () => {
  const { token } = await change(
    'issueAccessToken',
    { name: 'x', person: story.mira.id, scopes: ['ideas:read'] },
    'token',
  );
  const limited = hub.client(token ?? '');
  expect(await limited.codeOf('{ ideas { totalCount } }')).toBeUndefined();
  expect(await limited.codeOf('{ spaces { totalCount } }')).toBe('FORBIDDEN');
  const raw = await signedIn(hub.url, token);
  raw.subscribe('one', '{ spaces { totalCount } }');
  expect(await raw.take('error', 'one')).toMatchObject({ payload: [{ extensions: { code: 'FORBIDDEN' } }] });
});

test('a WebSocket takes credentials once: with the upgrade or with connection_init', async () => {
  const raw = await rawSocket(hub.url, { authorization: `Bearer ${story.mira.token}` });
  raw.send({ type: 'connection_init', payload: { authorization: `Bearer ${story.mira.token}` } });
  expect(await raw.closed()).toMatchObject({ code: 4400, reason: expect.stringContaining('not with both') });
  const unknown = await rawSocket(hub.url);
  unknown.send({ type: 'connection_init', payload: { authorization: `Bearer ${newToken('accessToken')}` } });
  expect(await unknown.closed()).toMatchObject({ code: 4403, reason: expect.stringContaining('unknown') });
});
