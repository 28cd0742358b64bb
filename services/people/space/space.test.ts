import { anonymous } from '#kernel/auth/viewer.js';
import { mintId } from '#kernel/ids/id.js';
import { idIn, type PeopleFixture, startPeople } from '../people.fixture.js';

let hub: PeopleFixture;

beforeAll(async () => {
  hub = await startPeople();
});

afterAll(() => hub.stop());

const facts = 'space { id name purpose visibility owners { id } isMember viewerRole }';

describe('openSpace', () => {
  test('opens a space of the own organisation and makes the opener its owner', async () => {
    const organization = await hub.organization();
    const ann = await hub.person({ organization });
    const input = { name: ' Lab ', purpose: 'Try.', visibility: 'ORGANIZATION' };
    const payload = await hub.change(ann, 'openSpace', input, facts);
    expect(payload.space).toMatchObject({
      name: 'Lab',
      purpose: 'Try.',
      visibility: 'ORGANIZATION',
      owners: [{ id: organization }],
      isMember: true,
      viewerRole: 'OWNER',
    });
    const id = idIn(payload.space);
    expect(await hub.events('people.space.opened', id)).toMatchObject([
      { space: id, actor: ann.personId, data: { visibility: 'organization', owners: [organization] } },
    ]);
    expect(await hub.events('people.space.memberAdded', id)).toMatchObject([
      { space: id, data: { person: ann.personId, role: 'owner' } },
    ]);
  });

  test('is done once for one idempotency key', async () => {
    const input = { name: 'Once', visibility: 'OPEN' };
    await hub.changeOnce(await hub.person(), 'openSpace', input, facts, { name: 'Twice' });
  });

  test.each([
    ['an empty name', { name: '' }, 'INVALID', 'name'],
    ['a purpose of 65,537 characters', { purpose: 'x'.repeat(65_537) }, 'INVALID', 'purpose'],
    ['a space of nobody for its owners', { visibility: 'ORGANIZATION', owners: [] }, 'INVALID', 'owners'],
    ['an owner that is not there', { owners: [mintId('Organization')] }, 'NOT_FOUND', 'owners'],
  ])('refuses %s', async (_case, wrong, code, field) => {
    const input = { name: 'Fine', visibility: 'OPEN', ...wrong };
    const { errors } = await hub.change(await hub.person(), 'openSpace', input, facts);
    expect(errors).toMatchObject([{ code, path: ['input', field] }]);
  });

  test('is for people of the host and administrators', async () => {
    const input = { name: 'Mine', visibility: 'OPEN' };
    expect((await hub.change(await hub.person({ party: 'CUSTOMER' }), 'openSpace', input)).code).toBe('FORBIDDEN');
    expect((await hub.change(anonymous, 'openSpace', input)).code).toBe('UNAUTHENTICATED');
    expect((await hub.change(hub.admin, 'openSpace', input)).code).toBeUndefined();
  });
});

describe('reviseSpace', () => {
  test('changes what is named and tells what holds from then on', async () => {
    const [ann, organization] = [await hub.person(), await hub.organization()];
    const space = await hub.space(ann, { name: 'Lab', purpose: 'Stay.' });
    const input = { space, visibility: 'ORGANIZATION', owners: [organization] };
    const payload = await hub.change(ann, 'reviseSpace', input, facts);
    expect(payload.space).toMatchObject({ name: 'Lab', purpose: 'Stay.', visibility: 'ORGANIZATION' });
    expect(await hub.events('people.space.revised', space)).toMatchObject([
      {
        space,
        actor: ann.personId,
        data: { changed: ['visibility', 'owners'], visibility: 'organization', owners: [organization] },
      },
    ]);
  });

  test('is for owners, facilitators and administrators', async () => {
    const [owner, facilitator, member, stranger] = await Promise.all([1, 2, 3, 4].map(() => hub.person()));
    if (!owner || !facilitator || !member || !stranger) throw new Error('Four people are needed.');
    const space = await hub.space(owner);
    await hub.change(owner, 'addSpaceMember', { space, person: facilitator.personId, role: 'FACILITATOR' });
    await hub.change(member, 'joinSpace', { space });
    const revise = async (viewer: typeof owner | typeof anonymous) =>
      (await hub.change(viewer, 'reviseSpace', { space, name: 'New' })).code;
    expect(await revise(facilitator)).toBeUndefined();
    expect(await revise(hub.admin)).toBeUndefined();
    expect(await revise(member)).toBe('FORBIDDEN');
    expect(await revise(stranger)).toBe('FORBIDDEN');
    expect(await revise(anonymous)).toBe('UNAUTHENTICATED');
  });

  test('is done once for one idempotency key', async () => {
    const ann = await hub.person();
    const input = { space: await hub.space(ann), name: 'Once' };
    await hub.changeOnce(ann, 'reviseSpace', input, facts, { name: 'Twice' });
  });

  test('refuses no change, wrong words, losing the last owner, and does not tell hidden from missing spaces', async () => {
    const [ann, ben] = [await hub.person(), await hub.person()];
    const space = await hub.space(ann, { visibility: 'PRIVATE' });
    const revise = (input: object, viewer = ann) => hub.change(viewer, 'reviseSpace', { space, ...input }, facts);
    expect((await revise({})).errors).toMatchObject([{ code: 'INVALID' }]);
    expect((await revise({ name: ' ' })).errors).toMatchObject([{ code: 'INVALID' }]);
    expect((await revise({ visibility: 'ORGANIZATION' })).errors).toMatchObject([{ code: 'INVALID' }]);
    expect((await revise({ owners: [mintId('Organization')] })).errors).toMatchObject([{ code: 'NOT_FOUND' }]);
    const hidden = await revise({ name: 'New' }, ben);
    const missing = mintId('Space');
    const none = await revise({ space: missing, name: 'New' }, ben);
    expect(hidden.errors).toEqual(
      none.errors.map((error) => ({ ...error, message: error.message.replace(missing, space) })),
    );
    expect(hidden.errors).toMatchObject([{ code: 'NOT_FOUND', path: ['input', 'space'] }]);
  });
});

describe('spaces', () => {
  const list = 'query ($filter: SpaceFilter) { spaces(filter: $filter) { nodes { id } totalCount } }';

  test('are seen by whom their visibility admits, in lists, counts, single reads and references alike', async () => {
    const organization = await hub.organization();
    const [ann, colleague, stranger] = [
      await hub.person({ organization }),
      await hub.person({ organization, party: 'PARTNER' }),
      await hub.person(),
    ];
    const open = await hub.space(ann, { name: 'Visible open' });
    const shared = await hub.space(ann, { name: 'Visible shared', visibility: 'ORGANIZATION' });
    const secret = await hub.space(ann, { name: 'Visible secret', visibility: 'PRIVATE' });
    const everything = `query ($filter: SpaceFilter, $ids: [ID!]!, $representations: [_Any!]!, $ann: ID!) {
      spaces(filter: $filter, orderBy: LATEST) { nodes { id } totalCount }
      nodes(ids: $ids) { id }
      _entities(representations: $representations) { ... on Space { id } }
      person(id: $ann) { spaces(orderBy: LATEST) { nodes { id } totalCount } }
    }`;
    const ids = [secret, shared, open];
    const variables = {
      filter: { nameContains: 'Visible ' },
      ids,
      representations: ids.map((key) => ({ __typename: 'Space', key })),
      ann: ann.personId,
    };
    for (const [viewer, visible] of [
      [ann, [secret, shared, open]],
      [hub.admin, [secret, shared, open]],
      [colleague, [shared, open]],
      [stranger, [open]],
      [anonymous, []],
    ] as const) {
      const nodes = visible.map((id) => ({ id }));
      const found = ids.map((id) => (visible.some((seen) => seen === id) ? { id } : null));
      const page = { nodes, totalCount: nodes.length };
      expect((await hub.ask(viewer, everything, variables)).data).toEqual({
        spaces: page,
        nodes: found,
        _entities: found,
        person: viewer === anonymous ? null : { spaces: page },
      });
    }
  });

  test('are found by name, visibility, owner and member', async () => {
    const [ann, organization] = [await hub.person(), await hub.organization()];
    const space = await hub.space(ann, { name: 'Peculiar place', visibility: 'PRIVATE', owners: [organization] });
    const ids = async (filter: object) => {
      const { data } = await hub.ask<{ spaces: { nodes: { id: string }[] } }>(ann, list, { filter });
      return data.spaces.nodes.map(({ id }) => id);
    };
    expect(await ids({ nameContains: 'culiar PL' })).toEqual([space]);
    expect(await ids({ owner: organization })).toEqual([space]);
    expect(await ids({ member: ann.personId })).toEqual([space]);
    expect(await ids({ owner: organization, visibilities: ['OPEN'] })).toEqual([]);
  });

  test('cost one statement a level, however many they are', async () => {
    const organization = await hub.organization();
    const ann = await hub.person({ organization });
    await hub.space(ann);
    await hub.space(ann);
    const document = `{ spaces(first: 100) { nodes {
      name owners { name } isMember viewerRole members { totalCount nodes { role person { name } } }
    } } }`;
    expect((await hub.ask(ann, document)).statements).toBe(5);
  });
});
