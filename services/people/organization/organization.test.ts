import { anonymous } from '#kernel/auth/viewer.js';
import { mintId } from '#kernel/ids/id.js';
import { idIn, type PeopleFixture, startPeople } from '../people.fixture.js';

let hub: PeopleFixture;

beforeAll(async () => {
  hub = await startPeople();
});

afterAll(() => hub.stop());

const facts = 'organization { id name relation domains }';

describe('registerOrganization', () => {
  test('makes an organisation known', async () => {
    const input = { name: ' Acme ', relation: 'CUSTOMER', domains: ['Acme.example', 'acme.example'] };
    const payload = await hub.change(hub.admin, 'registerOrganization', input, facts);
    expect(payload).toMatchObject({
      errors: [],
      organization: { name: 'Acme', relation: 'CUSTOMER', domains: ['acme.example'] },
    });
    const events = await hub.events('people.organization.registered', idIn(payload.organization));
    expect(events).toMatchObject([{ actor: hub.admin.personId, data: { relation: 'customer' } }]);
  });

  test('is done once for one idempotency key', async () => {
    await hub.changeOnce(hub.admin, 'registerOrganization', { name: 'Once', relation: 'HOST' }, facts, {
      name: 'Twice',
    });
  });

  test.each([
    ['an empty name', { name: ' ' }, 'name'],
    ['a name of 301 characters', { name: 'x'.repeat(301) }, 'name'],
    ['an empty domain', { domains: [''] }, 'domains'],
  ])('refuses %s', async (_case, wrong, field) => {
    const input = { name: 'Fine', relation: 'HOST', ...wrong };
    const { errors, organization } = await hub.change(hub.admin, 'registerOrganization', input, facts);
    expect(errors).toMatchObject([{ code: 'INVALID', path: ['input', field] }]);
    expect(organization).toBeNull();
  });

  test('is for administrators', async () => {
    const input = { name: 'Mine', relation: 'HOST' };
    expect((await hub.change(await hub.person(), 'registerOrganization', input)).code).toBe('FORBIDDEN');
    expect((await hub.change(anonymous, 'registerOrganization', input)).code).toBe('UNAUTHENTICATED');
  });
});

describe('reviseOrganization', () => {
  test('changes what is named and leaves the rest', async () => {
    const organization = await hub.organization({ name: 'Old', relation: 'PARTNER', domains: ['a.example'] });
    const payload = await hub.change(hub.admin, 'reviseOrganization', { organization, name: 'New' }, facts);
    expect(payload.organization).toMatchObject({ name: 'New', relation: 'PARTNER', domains: ['a.example'] });
    const [event] = await hub.events('people.organization.revised', organization);
    expect(event?.data).toEqual({ changed: ['name'] });
  });

  test('is done once for one idempotency key', async () => {
    const input = { organization: await hub.organization(), name: 'Once' };
    await hub.changeOnce(hub.admin, 'reviseOrganization', input, facts, { name: 'Twice' });
  });

  test('refuses no change, a wrong name and an organisation that is not there', async () => {
    const organization = await hub.organization();
    const revise = (input: object) => hub.change(hub.admin, 'reviseOrganization', input, facts);
    expect((await revise({ organization })).errors).toMatchObject([{ code: 'INVALID' }]);
    expect((await revise({ organization, name: '' })).errors).toMatchObject([{ code: 'INVALID' }]);
    expect((await revise({ organization: mintId('Organization'), name: 'New' })).errors).toMatchObject([
      { code: 'NOT_FOUND', path: ['input', 'organization'] },
    ]);
  });

  test('is for administrators', async () => {
    const input = { organization: await hub.organization(), name: 'Mine' };
    expect((await hub.change(await hub.person(), 'reviseOrganization', input)).code).toBe('FORBIDDEN');
    expect((await hub.change(anonymous, 'reviseOrganization', input)).code).toBe('UNAUTHENTICATED');
  });
});

describe('organizations', () => {
  const list = `query ($filter: OrganizationFilter, $orderBy: OrganizationOrder!, $first: Int, $after: String) {
    organizations(filter: $filter, orderBy: $orderBy, first: $first, after: $after) {
      nodes { id name } pageInfo { hasNextPage endCursor } totalCount
    }
  }`;
  interface Page {
    organizations: {
      nodes: { id: string; name: string }[];
      pageInfo: { hasNextPage: boolean; endCursor: string };
      totalCount: number;
    };
  }

  test('are found by a part of the name, relation and domain, in pages, whatever is in the name', async () => {
    const reader = await hub.person();
    await hub.organization({ name: 'beta 50%_works', relation: 'SUPPLIER', domains: ['beta.example'] });
    await hub.organization({ name: 'Alpha 50%_WORKS', relation: 'PARTNER' });
    await hub.organization({ name: 'Gamma 505works', relation: 'SUPPLIER' });
    const ask = (filter: object, more: object = {}) =>
      hub.ask<Page>(reader, list, { filter, orderBy: 'NAME', ...more }).then(({ data }) => data.organizations);
    const byName = await ask({ nameContains: '50%_works' }, { first: 1 });
    expect(byName).toMatchObject({
      nodes: [{ name: 'Alpha 50%_WORKS' }],
      pageInfo: { hasNextPage: true },
      totalCount: 2,
    });
    const second = await ask({ nameContains: '50%_works' }, { first: 1, after: byName.pageInfo.endCursor });
    expect(second).toMatchObject({ nodes: [{ name: 'beta 50%_works' }], pageInfo: { hasNextPage: false } });
    expect((await ask({ relations: ['SUPPLIER'] }, { orderBy: 'LATEST' })).nodes.map(({ name }) => name)).toEqual([
      'Gamma 505works',
      'beta 50%_works',
    ]);
    expect((await ask({ domain: 'beta.example' })).nodes).toMatchObject([{ name: 'beta 50%_works' }]);
  });

  test('do not exist for who is not signed in', async () => {
    const id = await hub.organization();
    const { data } = await hub.ask<Page>(anonymous, list, { orderBy: 'NAME' });
    expect(data.organizations).toMatchObject({ nodes: [], totalCount: 0 });
    expect((await hub.ask(anonymous, 'query ($id: ID!) { organization(id: $id) { name } }', { id })).data).toEqual({
      organization: null,
    });
  });

  test('cost one statement a level, however many they are', async () => {
    const organization = await hub.organization({ name: 'Crowd' });
    await hub.team({ organization });
    await hub.person({ organization });
    const document = `{ organizations(first: 100) { nodes {
      name teams { totalCount nodes { name } } people { totalCount nodes { name } }
    } } }`;
    expect((await hub.ask(hub.admin, document)).statements).toBe(3);
  });
});
