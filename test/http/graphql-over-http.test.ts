/** The endpoint answers as the GraphQL over HTTP specification says, judged by the audits of graphql-http. */
import { serverAudits } from 'graphql-http';
import { startTestHub, type TestHub } from '#test/hub/test-hub.js';

let hub: TestHub;

/**
 * The one exception: a GET needs this header. A page of another site can make a browser send a GET without asking anybody, but not
 * with a header of its own; so no page can make a browser inside a company ask the hub there. Three audits send a plain GET, which
 * the specification lets a server refuse.
 */
const fetchFn = (url: string, init: RequestInit = {}) => {
  const headers = new Headers(init.headers);
  if ((init.method ?? 'GET') === 'GET') headers.set('apollo-require-preflight', 'true');
  return fetch(url, { ...init, headers });
};
const audits = serverAudits({ url: () => `${hub.url}/graphql`, fetchFn });

beforeAll(async () => {
  hub = await startTestHub();
});

afterAll(() => hub?.stop());

test('all audits are run', () => {
  expect(audits.length).toBeGreaterThanOrEqual(61);
});

test.each(audits.map((audit) => [`${audit.id} ${audit.name}`, audit] as const))('%s', async (_, audit) => {
  const result = await audit.fn();
  expect(result.status === 'ok' ? 'ok' : `${result.status}: ${result.reason}`).toBe('ok');
});

test('a plain GET, as a page of another site could send it, is refused', async () => {
  const response = await fetch(`${hub.url}/graphql?query={__typename}`);
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_REQUEST' } }] });
});
