import { createHash } from 'node:crypto';
import { type JWTPayload, SignJWT } from 'jose';
import { audience, type OidcIssuer, startIssuer } from '#test/hub/oidc-issuer.js';
import { type Identity, identityVerifier, type VerifyIdentity } from './identity-verifier.js';
import { type OidcProvider, parseProviders } from './provider.js';

let issuer: OidcIssuer;
let other: OidcIssuer;

beforeAll(async () => {
  issuer = await startIssuer();
  other = await startIssuer('RS256');
});

afterAll(async () => {
  await issuer.stop();
  await other.stop();
});

const now = () => Math.floor(Date.now() / 1000);
const rule = { audience, clockSkewSeconds: 5 };
/** Without a cooldown, so that a test needs not wait for it. */
const eager = { freshMs: 600_000, cooldownMs: 0 };

function verifier(options: object = {}, times = eager): VerifyIdentity {
  const list = [issuer, other].map(({ url }) => ({ issuer: url, ...rule, ...options }));
  return identityVerifier(parseProviders(JSON.stringify(list), 'providers.json'), times);
}

const hashOf = (token: string) => createHash('sha256').update(token).digest('hex');
const verify = (token: string, by = verifier()): Promise<Identity> => by(token, hashOf(token));

async function refusalOf(token: string, by = verifier()): Promise<{ code: unknown; message: string }> {
  const error = await verify(token, by).catch((error: unknown) => error);
  const { message, extensions } = error as { message: string; extensions?: { code?: unknown } };
  return { code: extensions?.code, message };
}

function unsigned(header: object, claims: JWTPayload): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part(header)}.${part(claims)}.`;
}

describe('a token of a provider', () => {
  test('says whom the issuer means, and until when', async () => {
    const exp = now() + 100;
    expect(await verify(await issuer.sign({ sub: 'ann', name: 'Ann', exp }))).toEqual({
      signIn: { issuer: issuer.url, subject: 'ann', name: 'Ann', email: null, organization: null, domain: null },
      expiresAt: (exp + 5) * 1000,
    });
  });

  test.each(['RS256', 'EdDSA'] as const)('may be signed with %s', async (algorithm) => {
    const third = await startIssuer(algorithm);
    const list = JSON.stringify([{ issuer: third.url, ...rule }]);
    const identity = await verify(await third.sign(), identityVerifier(parseProviders(list, 'a file')));
    await third.stop();
    expect(identity.signIn.issuer).toBe(third.url);
  });

  test('means another person with each issuer, and no issuer speaks for another', async () => {
    const [first, second] = [await issuer.sign({ sub: 'ann' }), await other.sign({ sub: 'ann' })];
    expect((await verify(first)).signIn.issuer).not.toBe((await verify(second)).signIn.issuer);
    expect(await refusalOf(await other.sign({ iss: issuer.url }))).toMatchObject({ code: 'UNAUTHENTICATED' });
    const strange = await issuer.sign({ iss: 'https://elsewhere.example' });
    expect(await refusalOf(strange)).toMatchObject({ message: expect.stringContaining('issuer') });
  });

  test.each<[string, () => JWTPayload, string]>([
    ['for somebody else', () => ({ aud: 'another app' }), '"aud"'],
    ['for nobody in particular', () => ({ aud: undefined as never }), '"aud"'],
    ['that has expired', () => ({ exp: now() - 6 }), 'expired'],
    ['that never expires', () => ({ exp: undefined as never }), '"exp"'],
    ['from the future', () => ({ nbf: now() + 60 }), 'not valid yet'],
    ['about nobody', () => ({ sub: undefined as never }), '"sub"'],
    ['about an empty subject', () => ({ sub: '' }), '"sub"'],
  ])('%s is refused, and says why', async (_, claims, reason) => {
    const refused = await refusalOf(await issuer.sign(claims()));
    expect(refused).toEqual({ code: 'UNAUTHENTICATED', message: expect.stringContaining(reason) });
  });

  test('is good while clocks differ by less than the skew', async () => {
    await verify(await issuer.sign({ exp: now() - 2, nbf: now() + 2 }));
  });

  test('without a signature is refused', async () => {
    const claims = { iss: issuer.url, aud: audience, sub: 'ann', exp: now() + 100 };
    for (const alg of ['none', 'None', 'NONE'])
      expect((await refusalOf(unsigned({ alg }, claims))).code).toBe('UNAUTHENTICATED');
  });

  test('signed with the public key as if it were a secret is refused', async () => {
    const key = issuer.publicKey();
    for (const secret of [JSON.stringify(key), key.x ?? '']) {
      const token = await new SignJWT({ iss: issuer.url, aud: audience, sub: 'ann', exp: now() + 100 })
        .setProtectedHeader({ alg: 'HS256', kid: key.kid ?? '' })
        .sign(new TextEncoder().encode(secret.padEnd(32)));
      expect((await refusalOf(token)).code).toBe('UNAUTHENTICATED');
    }
  });

  test('with a claim changed, or no token at all, is refused', async () => {
    const [head, , tag] = (await issuer.sign()).split('.');
    const body = Buffer.from(JSON.stringify({ iss: issuer.url, aud: audience, sub: 'boss', exp: now() + 9 }));
    expect((await refusalOf(`${head}.${body.toString('base64url')}.${tag}`)).code).toBe('UNAUTHENTICATED');
    for (const text of ['a.b.c', 'e30.e30.e30', '..']) expect((await refusalOf(text)).code).toBe('UNAUTHENTICATED');
  });

  test('is kept for a while, and never beyond its end', async () => {
    const by = verifier({ clockSkewSeconds: 0 });
    const token = await issuer.sign({ exp: now() + 1 });
    const first = await verify(token, by);
    expect(await verify(token, by)).toBe(first);
    await eventuallyRefused(token, by);
    expect(Date.now()).toBeLessThan(first.expiresAt + 1_000);
  });
});

async function eventuallyRefused(token: string, by: VerifyIdentity): Promise<void> {
  const until = Date.now() + 5_000;
  while (Date.now() < until) {
    if ((await refusalOf(token, by)).code === 'UNAUTHENTICATED') return;
    await new Promise((resolve) => setImmediate(resolve));
  }
  throw new Error('The token is still good.');
}

describe('the keys of an issuer', () => {
  test('are read once, and again when a token names one that is not among them', async () => {
    const by = verifier();
    const before = issuer.reads;
    for (let count = 0; count < 5; count += 1) await verify(await issuer.sign({ sub: `person ${count}` }), by);
    expect(issuer.reads - before).toBe(1);
    await issuer.rotate();
    await verify(await issuer.sign({ sub: 'after' }), by);
    expect(issuer.reads - before).toBe(2);
    const taken = await refusalOf(await issuer.sign({ sub: 'late' }, { old: true }), by);
    expect(taken.code).toBe('UNAUTHENTICATED');
  });

  test('are not read again for every key id that strangers make up', async () => {
    const by = verifier({}, { freshMs: 600_000, cooldownMs: 600_000 });
    await verify(await issuer.sign({ sub: 'first' }), by);
    const before = issuer.reads;
    for (let count = 0; count < 10; count += 1) {
      const refused = await refusalOf(await issuer.sign({}, { kid: `made up ${count}` }), by);
      expect(refused.code).toBe('UNAUTHENTICATED');
    }
    expect(issuer.reads).toBe(before);
  });

  test('serve on while the issuer is away, also when they are due to be read again', async () => {
    const by = verifier({}, { freshMs: 0, cooldownMs: 0 });
    await verify(await issuer.sign({ sub: 'before' }), by);
    issuer.away(true);
    await verify(await issuer.sign({ sub: 'meanwhile' }), by);
    issuer.away(false);
  });

  test('that were never read are no reason to call a token bad', async () => {
    issuer.away(true);
    expect((await refusalOf(await issuer.sign())).code).toBe('UNAVAILABLE');
    issuer.away(false);
    issuer.pretend('https://elsewhere.example');
    expect((await refusalOf(await issuer.sign())).code).toBe('UNAVAILABLE');
    issuer.pretend(issuer.url);
    await verify(await issuer.sign());
  });
});

describe('the rule of a provider', () => {
  const by = (options: object) => verifier(options);
  const mail = { email: 'Ann@Customer.example', email_verified: true };

  test('hands on an address only where it may link, and only a verified one', async () => {
    const address = async (options: object, claims: JWTPayload) =>
      (await verify(await issuer.sign(claims), by(options))).signIn.email;
    expect(await address({ linkByEmail: true }, mail)).toBe('Ann@Customer.example');
    expect(await address({}, mail)).toBeNull();
    for (const email_verified of [false, undefined, 'true', 1])
      expect(await address({ linkByEmail: true }, { ...mail, email_verified })).toBeNull();
  });

  test('says whose somebody new is, by the domain of a verified address or by a claim', async () => {
    const signIn = async (create: OidcProvider['create'], claims: JWTPayload) =>
      (await verify(await issuer.sign(claims), by({ create }))).signIn;
    expect(await signIn({ by: 'domain' }, mail)).toMatchObject({ domain: 'customer.example', email: null });
    expect(await signIn({ by: 'domain' }, { ...mail, email_verified: false })).toMatchObject({ domain: null });
    const byClaim = { by: 'claim', claim: 'company', organizations: { acme: 'org_1' } } as const;
    expect(await signIn(byClaim, { company: 'acme' })).toMatchObject({ organization: 'org_1' });
    for (const company of ['other', 'constructor', ['acme'], undefined])
      expect(await signIn(byClaim, { company })).toMatchObject({ organization: null, domain: null });
  });
});

test.each<[string, unknown]>([
  ['no JSON', undefined],
  ['an empty list', []],
  ['an issuer over an open line', [{ issuer: 'http://login.example.com', audience }]],
  ['no audience', [{ issuer: 'https://login.example.com' }]],
  ['a mistyped option', [{ issuer: 'https://login.example.com', audience, linkByEmial: true }]],
  ['an issuer twice', [1, 2].map(() => ({ issuer: 'https://login.example.com', audience }))],
])('a file of providers with %s is refused', (_, content) => {
  expect(() => parseProviders(JSON.stringify(content) ?? '{', 'providers.json')).toThrow(
    'OIDC_PROVIDERS names providers.json',
  );
});
