/** Pretending to be somebody, and asking for what one was not given. */
import { createHmac, createPublicKey } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newToken } from '#kernel/auth/token-text.js';
import { graphqlClient } from '#test/hub/graphql-client.js';
import { audience, type OidcIssuer, startIssuer } from '#test/hub/oidc-issuer.js';
import { registerOrganization, submitIdea } from '#test/hub/seed.js';
import { closeAll, rawSocket } from '#test/wire/raw-socket.js';
import { dropAll, rawStream } from '#test/wire/raw-stream.js';
import { type AttackedHub, startAttackedHub } from './attacked-hub.js';

let issuer: OidcIssuer;
let stranger: OidcIssuer;
let folder: string;
let attacked: AttackedHub;

beforeAll(async () => {
  issuer = await startIssuer('RS256');
  stranger = await startIssuer();
  folder = await mkdtemp(join(tmpdir(), 'weft-attack-'));
  const file = join(folder, 'providers.json');
  await writeFile(
    file,
    JSON.stringify([{ issuer: issuer.url, audience, clockSkewSeconds: 5, create: { by: 'domain' } }]),
  );
  attacked = await startAttackedHub({ OIDC_PROVIDERS: file });
  await registerOrganization(attacked.hub, { domains: ['attacked.test'] });
});
afterEach(async () => {
  await closeAll();
  await dropAll();
});
afterAll(async () => {
  await attacked?.stop();
  await Promise.all([issuer?.stop(), stranger?.stop()]);
  await rm(folder, { recursive: true, force: true });
});

const now = () => Math.floor(Date.now() / 1_000);
const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
/** Somebody whom the hub lets in at their first sign-in. */
const known = { email: 'ann@attacked.test', email_verified: true, name: 'Ann' };
const claims = () => ({ iss: issuer.url, ...known, aud: audience, sub: 'mira', iat: now(), exp: now() + 300 });

/** Signed with the public key, as if it were a secret both sides know. */
function withPublicKeyAsSecret(): string {
  const secret = createPublicKey({ key: issuer.publicKey() as never, format: 'jwk' }).export({
    type: 'spki',
    format: 'pem',
  });
  const text = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims())}`;
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
}

function tampered(token: string): string {
  const [header, , signature] = token.split('.');
  return [header, part({ ...claims(), sub: 'administrator' }), signature].join('.');
}

const tokens: readonly (readonly [string, () => string | Promise<string>])[] = [
  ['nobody signed', () => `${part({ alg: 'none' })}.${part(claims())}.`],
  ['signed with the public key as a secret', withPublicKeyAsSecret],
  ['for somebody else', () => issuer.sign({ ...known, aud: 'another hub' })],
  ['expired', () => issuer.sign({ ...known, exp: now() - 60 })],
  ['not valid yet', () => issuer.sign({ ...known, nbf: now() + 60 })],
  ['of an issuer nobody trusts', () => stranger.sign(known)],
  ['of a stranger who names a trusted issuer', () => stranger.sign({ ...known, iss: issuer.url })],
  ['changed after it was signed', async () => tampered(await issuer.sign(known))],
  ['made up', () => `weft_pat_${'A'.repeat(43)}`],
  ['made up, as if it had been got for a secret', () => newToken('clientToken')],
  ['the start of a good one', () => String(attacked.mira.token).slice(0, -1)],
];

test.each(tokens)('a token that is %s is refused over every transport', async (_, make) => {
  const token = await make();
  await attacked.beside(async () => {
    expect(await graphqlClient(attacked.url, token).codeOf('{ viewer { administrator } }')).toBe('UNAUTHENTICATED');
    const socket = await rawSocket(attacked.url);
    socket.send({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } });
    expect(await socket.closed()).toMatchObject({ code: 4403 });
    expect((await rawStream(attacked.url, { token, query: '{ viewer { administrator } }' })).status).toBe(401);
  });
});

test('a good token is taken, so the others were refused for what they are', async () => {
  expect(await graphqlClient(attacked.url, await issuer.sign(known)).codeOf('{ __typename }')).toBeUndefined();
});

test.each(['access_token', 'token', 'authorization'])('a token in the address (%s) is refused', async (name) => {
  const query = '{ viewer { administrator } }';
  const search = new URLSearchParams({ query, [name]: String(attacked.mira.token) });
  const headers = { 'apollo-require-preflight': 'true' };
  const answer = await fetch(`${attacked.url}/graphql?${search}`, { headers });
  expect(await answer.json()).toMatchObject({ errors: [{ extensions: { code: 'TOKEN_IN_ADDRESS' } }] });
});

test('guessing ids tells nothing: what is hidden and what is not there look the same', async () => {
  const idea = await submitIdea(attacked.mira, attacked.space);
  const guesses = Array.from({ length: 50 }, (_, index) => `${idea.slice(0, -2)}${String(index).padStart(2, '0')}`);
  const ask = (ids: readonly string[]) =>
    attacked.hub.anonymous.send('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids });
  const nothing = (count: number) => ({ data: { nodes: Array.from({ length: count }, () => null) } });
  expect(await ask(guesses)).toEqual(nothing(50));
  expect(await ask([idea])).toEqual(nothing(1));
});

describe('a cursor', () => {
  const firstPage = 'query ($after: String) { ideas(first: 1, after: $after) { pageInfo { endCursor } } }';
  const stream = 'subscription ($after: Cursor) { ideaActivity(after: $after) { cursor } }';

  /** The same text with one character changed. */
  const changed = (text: string, place: number) =>
    `${text.slice(0, place)}${text[place] === 'A' ? 'B' : 'A'}${text.slice(place + 1)}`;

  test('of a page is refused when it is made up, or changed in any place', async () => {
    await submitIdea(attacked.mira, attacked.space);
    const { ideas } = await attacked.mira.run<{ ideas: { pageInfo: { endCursor: string } } }>(firstPage);
    const good = ideas.pageInfo.endCursor;
    const forged = [
      Buffer.from('["2026-01-01","idea_1"]').toString('base64url'),
      changed(good, 0),
      changed(good, good.length >> 1),
    ];
    for (const after of [...forged, good.slice(0, -4)])
      expect(await attacked.mira.codeOf(firstPage, { after })).toBe('BAD_CURSOR');
    expect(await attacked.mira.codeOf(firstPage, { after: good })).toBeUndefined();
  });

  test('of events is refused when it is made up, or changed in any place', async () => {
    const { ideasPosition: good } = await attacked.mira.run<{ ideasPosition: string }>('{ ideasPosition }');
    for (const after of ['made-up', changed(good, 0), changed(good, good.length >> 1), good.slice(0, -4)]) {
      const refused = await rawStream(attacked.url, {
        token: attacked.mira.token,
        query: stream,
        variables: { after },
      });
      const [event] = await refused.atLeast(1);
      expect(event?.data).toMatchObject({ errors: [{ extensions: { code: 'CURSOR_INVALID' } }] });
    }
  });
});
