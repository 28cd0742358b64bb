import { hashToken, newToken } from '#kernel/auth/token-text.js';
import { system } from '#kernel/auth/viewer.js';
import { type PeopleFixture, startPeople } from '../people.fixture.js';
import { ensureAdministratorToken } from './administrator-token.js';

let hub: PeopleFixture;

beforeAll(async () => {
  hub = await startPeople();
});

afterAll(() => hub.stop());

test('a new hub has an administrator', async () => {
  const { data } = await hub.ask(
    hub.admin,
    '{ personByHandle(handle: "admin") { id name party organization { id } } }',
  );
  expect(data).toEqual({
    personByHandle: { id: hub.admin.personId, name: 'Administrator', party: 'INTERNAL', organization: null },
  });
  expect(await hub.events('people.person.registered', hub.admin.personId)).toMatchObject([{ actor: null }]);
});

test('the token of the first start speaks for the administrator, however often it is brought', async () => {
  const token = newToken('accessToken');
  await Promise.all([ensureAdministratorToken(hub.service, token), ensureAdministratorToken(hub.service, token)]);
  await ensureAdministratorToken(hub.service, token);
  const document = 'query ($hash: String!) { viewerOf(tokenHash: $hash) { personId administrator } }';
  expect((await hub.ask(system, document, { hash: hashToken(token) })).data).toEqual({
    viewerOf: { personId: hub.admin.personId, administrator: true },
  });
  const { data } = await hub.ask(hub.admin, '{ accessTokens { totalCount } people { totalCount } }');
  expect(data).toEqual({ accessTokens: { totalCount: 1 }, people: { totalCount: 1 } });
});

test('a revoked token stays revoked', async () => {
  const token = newToken('accessToken');
  await ensureAdministratorToken(hub.service, token);
  const { data } = await hub.ask<{ accessTokens: { nodes: { id: string }[] } }>(
    hub.admin,
    '{ accessTokens { nodes { id } } }',
  );
  await hub.change(hub.admin, 'revokeAccessToken', { accessToken: data.accessTokens.nodes[0]?.id });
  await ensureAdministratorToken(hub.service, token);
  const document = 'query ($hash: String!) { viewerOf(tokenHash: $hash) { personId } }';
  expect((await hub.ask(system, document, { hash: hashToken(token) })).data).toEqual({ viewerOf: null });
});
