import type { SubgraphAnswer } from '#gateway/execute/subgraph-transport.js';
import { requestsUnsigned } from '#gateway/request.js';
import { newToken } from '#kernel/auth/token-text.js';
import { createAuthenticator } from './authenticate.js';

function authenticator(answer: () => Promise<SubgraphAnswer>) {
  return createAuthenticator({ execute: answer }, requestsUnsigned);
}

async function codeOf(answer: () => Promise<SubgraphAnswer>, token = newToken('accessToken')): Promise<unknown> {
  const refused = await authenticator(answer)
    .viewerOf(`Bearer ${token}`, 'a-request')
    .catch((error: unknown) => error);
  return (refused as { extensions?: { code?: unknown } }).extensions?.code;
}

describe('a token', () => {
  test('that nobody knows is refused', async () => {
    expect(await codeOf(async () => ({ data: { answer: null } }))).toBe('UNAUTHENTICATED');
  });

  test('is not taken for unknown when the people service could not look', async () => {
    const errors = [{ message: 'no database', extensions: { code: 'UNAVAILABLE' } }];
    expect(await codeOf(async () => ({ data: { answer: null }, errors }))).toBe('UNAVAILABLE');
  });

  test('is not taken for unknown when the people service cannot be reached', async () => {
    expect(await codeOf(() => Promise.reject(new Error('ECONNREFUSED')))).toBe('UNAVAILABLE');
  });

  test.each(['token', 'weft_pat_mistyped', newToken('apiClient').slice(0, -1), ''])(
    'that cannot be one is refused without asking anybody: %j',
    async (text) => {
      const asked = () => Promise.reject(new Error('asked'));
      expect(await codeOf(asked, text)).toBe('UNAUTHENTICATED');
    },
  );

  test('is asked for again only after a moment, however many ask with it', async () => {
    let asked = 0;
    const people = authenticator(async () => {
      asked += 1;
      return { data: { answer: claims } };
    });
    const token = `Bearer ${newToken('accessToken')}`;
    const viewers = await Promise.all(Array.from({ length: 20 }, () => people.viewerOf(token, 'a-request')));
    expect(asked).toBe(1);
    expect(viewers[0]).toEqual({
      kind: 'person',
      personId: 'person_1',
      organizationId: null,
      party: 'internal',
      administrator: false,
    });
  });

  test('of a client makes a client of who asks, with its limits', async () => {
    const client = { ...claims, personId: null, clientId: 'client_1', organizationId: 'org_1', scopes: ['ideas:read'] };
    const people = authenticator(async () => ({ data: { answer: { ...client, spaces: ['space_1'] } } }));
    expect(await people.viewerOf(`Bearer ${newToken('apiClient')}`, 'a-request')).toEqual({
      kind: 'client',
      clientId: 'client_1',
      organizationId: 'org_1',
      party: 'internal',
      scopes: ['ideas:read'],
      spaces: ['space_1'],
    });
  });
});

const claims = {
  personId: 'person_1',
  clientId: null,
  organizationId: null,
  party: 'internal',
  administrator: false,
  scopes: null,
  spaces: null,
  expiresAt: null,
};
