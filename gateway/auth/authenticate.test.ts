import type { SubgraphAnswer } from '#gateway/execute/subgraph-transport.js';
import { requestsUnsigned } from '#gateway/request.js';
import { createAuthenticator } from './authenticate.js';

function authenticator(answer: () => Promise<SubgraphAnswer>) {
  return createAuthenticator({ execute: answer }, requestsUnsigned);
}

async function codeOf(answer: () => Promise<SubgraphAnswer>): Promise<unknown> {
  const refused = await authenticator(answer)
    .viewerOf('Bearer token', 'a-request')
    .catch((error: unknown) => error);
  return (refused as { extensions?: { code?: unknown } }).extensions?.code;
}

describe('a token', () => {
  test('that nobody knows is refused', async () => {
    expect(await codeOf(async () => ({ data: { viewerOf: null } }))).toBe('UNAUTHENTICATED');
  });

  test('is not taken for unknown when the people service could not look', async () => {
    const errors = [{ message: 'no database', extensions: { code: 'UNAVAILABLE' } }];
    expect(await codeOf(async () => ({ data: { viewerOf: null }, errors }))).toBe('UNAVAILABLE');
  });

  test('is not taken for unknown when the people service cannot be reached', async () => {
    expect(await codeOf(() => Promise.reject(new Error('ECONNREFUSED')))).toBe('UNAVAILABLE');
  });
});
