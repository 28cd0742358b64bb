import { hashToken, tokenKindOf } from '#kernel/auth/token-text.js';
import { anonymous, type ClientViewer, type PersonViewer, system, type Viewer } from '#kernel/auth/viewer.js';
import { mintId } from '#kernel/ids/id.js';
import { idIn, type PeopleFixture, startPeople } from '../people.fixture.js';

let hub: PeopleFixture;
let partner: string;
let ann: PersonViewer;

beforeAll(async () => {
  hub = await startPeople();
  partner = await hub.organization({ relation: 'PARTNER' });
  ann = await hub.person({ organization: partner, party: 'PARTNER' });
});

afterAll(() => hub.stop());

const facts =
  'apiClient { id name scopes spaces expiresAt revokedAt lastUsedAt organization { id } creator { id } } token';

function create(viewer: Viewer, input: object = {}) {
  const usual = { organization: partner, name: 'Dashboard', scopes: ['ideas:read'] };
  return hub.change(viewer, 'createApiClient', { ...usual, ...input }, facts);
}

const claims = 'clientId personId organizationId party administrator scopes spaces expiresAt';

async function clientOf(token: unknown, viewer: Viewer = system) {
  const variables = { hash: hashToken(String(token)) };
  return hub.ask<{ clientOf: object | null }>(
    viewer,
    `query ($hash: String!) { clientOf(tokenHash: $hash) { ${claims} } }`,
    variables,
  );
}
const knows = async (token: unknown) => (await clientOf(token)).data.clientOf !== null;

/** A space of the partner that Ann owns. */
async function spaceOfAnn(visibility: string): Promise<string> {
  const space = await hub.space(hub.admin, { visibility, owners: [partner] });
  await hub.change(hub.admin, 'addSpaceMember', { space, person: ann.personId, role: 'OWNER' });
  return space;
}

describe('createApiClient', () => {
  test('shows the token once, keeps its hash only, and says who asks with it', async () => {
    const { token, apiClient } = await create(hub.admin, { name: ' Dashboard ' });
    expect(tokenKindOf(String(token))).toBe('apiClient');
    expect(apiClient).toMatchObject({
      name: 'Dashboard',
      scopes: ['ideas:read'],
      spaces: null,
      lastUsedAt: null,
      organization: { id: partner },
      creator: { id: hub.admin.personId },
    });
    const { dataSource } = hub.service.database;
    const [row] = await dataSource.query('SELECT * FROM api_client WHERE id = $1', [idIn(apiClient)]);
    expect(row.hash).toBe(hashToken(String(token)));
    expect(JSON.stringify(row)).not.toContain(String(token));
    expect((await clientOf(token)).data.clientOf).toEqual({
      clientId: idIn(apiClient),
      personId: null,
      organizationId: partner,
      party: 'partner',
      administrator: false,
      scopes: ['ideas:read'],
      spaces: null,
      expiresAt: null,
    });
    expect(await hub.events('people.apiClient.created', idIn(apiClient))).toMatchObject([
      { actor: hub.admin.personId, data: { organization: partner } },
    ]);
  });

  test('is done once for one idempotency key, and the text does not come again', async () => {
    const first = await create(hub.admin, { idempotencyKey: 'once' });
    expect(await create(hub.admin, { idempotencyKey: 'once' })).toMatchObject({
      apiClient: { id: idIn(first.apiClient) },
      token: null,
    });
  });

  test('is for administrators of the hub and of the organisation, and nobody else', async () => {
    expect((await create(ann)).code).toBe('FORBIDDEN');
    expect((await create(anonymous)).code).toBe('UNAUTHENTICATED');
    const boss = await hub.person({ organization: partner, party: 'PARTNER' });
    await hub.change(hub.admin, 'appointOrganizationAdministrator', { organization: partner, person: boss.personId });
    expect((await create(boss)).errors).toEqual([]);
    // A partner does not learn who the other partners are.
    const other = await hub.organization({ relation: 'PARTNER' });
    const missing = [{ code: 'NOT_FOUND', path: ['input', 'organization'] }];
    expect((await create(boss, { organization: other })).errors).toMatchObject(missing);
    expect((await create(hub.admin, { organization: mintId('Organization') })).errors).toMatchObject(missing);
  });

  test('who tends spaces of their organisation makes clients of these spaces', async () => {
    const [own, open] = [await spaceOfAnn('PRIVATE'), await hub.space(hub.admin)];
    const { token } = await create(ann, { spaces: [own] });
    expect((await clientOf(token)).data.clientOf).toMatchObject({ spaces: [own] });
    expect((await create(ann, { spaces: [own, open] })).code).toBe('FORBIDDEN');
    expect((await create(ann)).code).toBe('FORBIDDEN');
  });

  test('nobody lets a client into a private space who could let no person in', async () => {
    const [space, boss] = [await spaceOfAnn('PRIVATE'), await hub.person({ organization: partner, party: 'PARTNER' })];
    await hub.change(hub.admin, 'appointOrganizationAdministrator', { organization: partner, person: boss.personId });
    expect((await create(boss, { spaces: [space] })).errors).toMatchObject([{ code: 'NOT_FOUND' }]);
    await hub.change(hub.admin, 'addSpaceMember', { space, person: boss.personId, role: 'MEMBER' });
    expect((await create(boss, { spaces: [space] })).code).toBe('FORBIDDEN');
    const strange = await hub.space(hub.admin, { visibility: 'PRIVATE', owners: [await hub.organization()] });
    expect((await create(hub.admin, { spaces: [strange] })).errors).toMatchObject([
      { code: 'INVALID', path: ['input', 'spaces'] },
    ]);
  });

  test('a client brings things in, and can be given nothing that takes a person', async () => {
    expect((await create(hub.admin, { scopes: ['ideas:write', 'conversations:write'] })).errors).toEqual([]);
    for (const scope of ['spaces:write', 'moderation:write', 'records:import', 'access:admin'])
      expect((await create(hub.admin, { scopes: ['ideas:read', scope] })).errors).toMatchObject([
        { code: 'INVALID', path: ['input', 'scopes'] },
      ]);
  });

  test('refuses an empty name, no scopes, no spaces and a past expiry', async () => {
    const expiresAt = new Date(Date.now() - 60_000).toISOString();
    for (const input of [{ name: '' }, { scopes: [] }, { spaces: [] }, { expiresAt }])
      expect((await create(hub.admin, input)).errors).toMatchObject([
        { code: 'INVALID', path: ['input', Object.keys(input)[0]] },
      ]);
  });
});

describe('a client', () => {
  test('can be rotated with an overlap, and revoked at once', async () => {
    const first = await create(hub.admin);
    const apiClient = idIn(first.apiClient);
    const second = await hub.change(hub.admin, 'rotateApiClient', { apiClient, overlapMinutes: 10 }, facts);
    expect([await knows(first.token), await knows(second.token)]).toEqual([true, true]);
    hub.wait(11 * 60_000);
    expect([await knows(first.token), await knows(second.token)]).toEqual([false, true]);
    hub.wait(-11 * 60_000);
    const revoked = await hub.change(hub.admin, 'revokeApiClient', { apiClient }, 'apiClient { revokedAt }');
    expect(revoked.apiClient).toMatchObject({ revokedAt: expect.any(String) });
    expect([await knows(first.token), await knows(second.token)]).toEqual([false, false]);
    expect(await hub.change(hub.admin, 'revokeApiClient', { apiClient })).toMatchObject({ errors: [], cursor: null });
    expect((await hub.change(hub.admin, 'rotateApiClient', { apiClient })).errors).toMatchObject([
      { code: 'NOT_FOUND' },
    ]);
  });

  test('does not exist for strangers', async () => {
    const apiClient = idIn((await create(hub.admin)).apiClient);
    for (const change of ['rotateApiClient', 'revokeApiClient']) {
      expect((await hub.change(ann, change, { apiClient })).errors).toMatchObject([{ code: 'NOT_FOUND' }]);
      expect((await hub.change(anonymous, change, { apiClient })).code).toBe('UNAUTHENTICATED');
    }
    const list = '{ apiClients { nodes { id } } }';
    expect(JSON.stringify((await hub.ask(ann, list)).data)).not.toContain(apiClient);
    expect(JSON.stringify((await hub.ask(hub.admin, list)).data)).toContain(apiClient);
    expect((await hub.ask(anonymous, list)).code).toBe('UNAUTHENTICATED');
  });

  test('notes its use to the minute, in one statement', async () => {
    const { token, apiClient } = await create(hub.admin);
    expect((await clientOf(token)).statements).toBe(1);
    const [row] = await hub.service.database.dataSource.query(
      'SELECT last_used_at AS at FROM api_client WHERE id = $1',
      [idIn(apiClient)],
    );
    expect(row.at.getTime() % 60_000).toBe(0);
    expect((await clientOf(token, hub.admin)).code).toBe('FORBIDDEN');
  });

  test('sees what its scopes and its organisation open, changes nothing, and is told what it is', async () => {
    const space = await spaceOfAnn('ORGANIZATION');
    const client: ClientViewer = {
      kind: 'client',
      clientId: mintId('ApiClient'),
      organizationId: partner,
      party: 'partner',
      scopes: ['spaces:read'],
      spaces: [space],
    };
    expect((await hub.ask(client, '{ viewer { person { id } } }')).code).toBe('FORBIDDEN'); // needs people:read
    const own = await hub.ask(client, '{ viewer { kind scopes spaces administrator party } spaces { nodes { id } } }');
    expect(own.data).toEqual({
      viewer: { kind: 'CLIENT', scopes: ['spaces:read'], spaces: [space], administrator: false, party: 'PARTNER' },
      spaces: { nodes: [{ id: space }] },
    });
    expect((await hub.ask(client, '{ people { totalCount } }')).code).toBe('FORBIDDEN');
    expect((await hub.change({ ...client, scopes: ['spaces:write'] }, 'joinSpace', { space })).code).toBe('FORBIDDEN');
  });
});

test('apiClients takes as many statements for many as for one', async () => {
  const list = '{ apiClients(first: 100) { nodes { organization { id } creator { id } } totalCount } }';
  const { statements } = await hub.ask(hub.admin, list);
  await create(hub.admin);
  await create(hub.admin, { organization: await hub.organization() });
  expect((await hub.ask(hub.admin, list)).statements).toBe(statements);
});
