import { jest } from '@jest/globals';
import { SignJWT } from 'jose';
import { anonymous, system, type Viewer } from './viewer.js';
import { viewerSigner } from './viewer-header.js';

const secret = 'what gateway and subgraphs share';
const signer = viewerSigner(secret);
const mira: Viewer = {
  kind: 'person',
  personId: 'person_1',
  organizationId: null,
  party: 'partner',
  administrator: false,
};

afterEach(() => {
  jest.useRealTimers();
});

describe('a signed viewer', () => {
  test.each<[string, Viewer]>([
    ['a person', mira],
    ['a person by a limited token', { ...mira, scopes: ['ideas:read'] }],
    [
      'a client',
      {
        kind: 'client',
        clientId: 'client_1',
        organizationId: 'org_1',
        party: 'partner',
        scopes: [],
        spaces: ['space_1'],
      },
    ],
    ['nobody', anonymous],
    ['the hub itself', system],
  ])('arrives as it was sent: %s', async (_, viewer) => {
    expect(await signer.verify(await signer.sign(viewer))).toEqual(viewer);
  });

  test('of another secret is nobody at all', async () => {
    expect(await signer.verify(await viewerSigner('guessed').sign(system))).toBeUndefined();
  });

  test('is worth nothing when a claim was changed', async () => {
    const [head, , tag] = (await signer.sign(mira)).split('.');
    const claims = { viewer: { ...mira, administrator: true }, iss: 'weft-gateway', exp: Date.now() / 1000 + 60 };
    const body = Buffer.from(JSON.stringify(claims)).toString('base64url');
    expect(await signer.verify(`${head}.${body}.${tag}`)).toBeUndefined();
  });

  test('without a signature is refused, whatever algorithm it claims', async () => {
    const head = Buffer.from(JSON.stringify({ alg: 'none' })).toString('base64url');
    const body = Buffer.from(JSON.stringify({ viewer: system, iss: 'weft-gateway' })).toString('base64url');
    expect(await signer.verify(`${head}.${body}.`)).toBeUndefined();
  });

  test('signed with the shared secret for something else is refused', async () => {
    const token = await new SignJWT({ viewer: system })
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuer('weft-gateway')
      .setExpirationTime('60s')
      .sign(new TextEncoder().encode(secret));
    expect(await signer.verify(token)).toBeUndefined();
  });

  test('is good for one minute and a little, and then no more', async () => {
    jest.useFakeTimers({ now: Date.UTC(2026, 0, 1), doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
    const header = await signer.sign(mira);
    jest.setSystemTime(Date.UTC(2026, 0, 1, 0, 1, 4));
    expect(await signer.verify(header)).toEqual(mira);
    jest.setSystemTime(Date.UTC(2026, 0, 1, 0, 1, 6));
    expect(await signer.verify(header)).toBeUndefined();
  });

  test.each([undefined, '', 'no token', 'a.b.c'])('is not read from %j', async (header) => {
    expect(await signer.verify(header)).toBeUndefined();
  });
});
