import { startTestHub, type TestHub } from '#test/hub/test-hub.js';
import { runCaptured } from './testing/captured-command.js';

let hub: TestHub;

beforeAll(async () => {
  hub = await startTestHub();
});

afterAll(() => hub?.stop());

const token = (...args: string[]) =>
  runCaptured(['token', '--url', `${hub.url}/graphql`, '--token', hub.admin.token ?? '', ...args]);

test('prints a token that speaks for the person, and nothing else', async () => {
  const { code, out } = await token('--as', 'admin', '--scopes', 'people:read, ideas:read', '--days', '7');
  expect(code).toBe(0);
  expect(out).toMatch(/^weft_pat_\w{36}\n$/);
  const client = hub.client(out.trim());
  expect(await client.run('{ viewer { administrator scopes } }')).toEqual({
    viewer: { administrator: true, scopes: ['people:read', 'ideas:read'] },
  });
  const { accessTokens } = await hub.admin.run<{ accessTokens: { nodes: { name: string; expiresAt: string }[] } }>(
    '{ accessTokens(first: 1) { nodes { name expiresAt } } }',
  );
  const days = (Date.parse(accessTokens.nodes[0]?.expiresAt ?? '') - Date.now()) / (24 * 3600 * 1000);
  expect(days).toBeCloseTo(7, 1);
});

test.each([
  [[], 2, 'say whose token'],
  [['--as', 'admin', '--days', '0'], 2, '--days'],
  [['--as', 'nobody'], 1, 'nobody has the handle'],
  [['--as', 'admin', '--scopes', 'all'], 1, 'There is no scope "all"'],
])('says what is wrong with %j', async (args, code, message) => {
  const { code: exitCode, err, out } = await token(...args);
  expect({ exitCode, out }).toEqual({ exitCode: code, out: '' });
  expect(err).toContain(message);
});
