/** The endpoint answers as the GraphQL over HTTP specification says, judged by the audits of graphql-http. */
import { serverAudits } from 'graphql-http';
import { startTestHub, type TestHub } from '#test/hub/test-hub.js';

let hub: TestHub;
const audits = serverAudits({ url: () => `${hub.url}/graphql` });

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
