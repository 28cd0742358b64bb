import { anonymous } from '#kernel/auth/viewer.js';
import { mintId } from '#kernel/ids/id.js';
import { idIn, type PeopleFixture, startPeople } from '../people.fixture.js';

let hub: PeopleFixture;

beforeAll(async () => {
  hub = await startPeople();
});

afterAll(() => hub.stop());

const facts = 'person { id name handle party skills organization { id } }';

describe('registerPerson', () => {
  test('makes a person known', async () => {
    const organization = await hub.organization({ relation: 'PARTNER' });
    const input = { name: ' Ann ', handle: 'ann', organization, skills: ['Welding', 'Welding'] };
    const payload = await hub.change(hub.admin, 'registerPerson', input, facts);
    expect(payload.person).toMatchObject({
      name: 'Ann',
      handle: 'ann',
      party: 'PARTNER',
      skills: ['Welding'],
      organization: { id: organization },
    });
    const events = await hub.events('people.person.registered', idIn(payload.person));
    expect(events).toMatchObject([{ actor: hub.admin.personId, data: { organization, party: 'partner' } }]);
  });

  test.each([
    ['HOST', 'INTERNAL'],
    ['CUSTOMER', 'CUSTOMER'],
    ['SUPPLIER', 'SUPPLIER'],
    ['PUBLIC', 'PUBLIC'],
  ])('takes the party from an organisation in relation %s', async (relation, party) => {
    const organization = await hub.organization({ relation });
    const payload = await hub.change(hub.admin, 'registerPerson', { name: 'Somebody', organization }, facts);
    expect(payload.person).toMatchObject({ party });
  });

  test('lets who has neither party nor organisation be of the public', async () => {
    const payload = await hub.change(hub.admin, 'registerPerson', { name: 'Somebody' }, facts);
    expect(payload.person).toMatchObject({ party: 'PUBLIC', organization: null });
  });

  test('gives a handle to one person only, whatever its case', async () => {
    await hub.person({ handle: 'Taken' });
    const { errors, person } = await hub.change(hub.admin, 'registerPerson', { name: 'Late', handle: 'tAKEN' }, facts);
    expect(errors).toMatchObject([{ code: 'TAKEN', path: ['input', 'handle'] }]);
    expect(person).toBeNull();
  });

  test('is done once for one idempotency key', async () => {
    await hub.changeOnce(hub.admin, 'registerPerson', { name: 'Once', handle: 'once' }, facts, { name: 'Twice' });
  });

  test.each([
    ['an empty name', { name: '' }, 'INVALID', 'name'],
    ['a handle with white space', { handle: 'a b' }, 'INVALID', 'handle'],
    ['an empty handle', { handle: '' }, 'INVALID', 'handle'],
    ['an empty skill', { skills: [''] }, 'INVALID', 'skills'],
    ['an organisation that is not there', { organization: mintId('Organization') }, 'NOT_FOUND', 'organization'],
  ])('refuses %s', async (_case, wrong, code, field) => {
    const { errors } = await hub.change(hub.admin, 'registerPerson', { name: 'Fine', ...wrong }, facts);
    expect(errors).toMatchObject([{ code, path: ['input', field] }]);
  });

  test('is for administrators', async () => {
    expect((await hub.change(await hub.person(), 'registerPerson', { name: 'Mine' })).code).toBe('FORBIDDEN');
    expect((await hub.change(anonymous, 'registerPerson', { name: 'Mine' })).code).toBe('UNAUTHENTICATED');
  });
});

describe('revisePerson', () => {
  test('lets people change their own words', async () => {
    const ann = await hub.person({ handle: 'before', skills: ['Welding'] });
    const input = { person: ann.personId, name: 'Anna', handle: 'after' };
    const payload = await hub.change(ann, 'revisePerson', input, facts);
    expect(payload.person).toMatchObject({ name: 'Anna', handle: 'after', skills: ['Welding'], party: 'INTERNAL' });
    const [event] = await hub.events('people.person.revised', ann.personId);
    expect(event).toMatchObject({ actor: ann.personId, data: { changed: ['name', 'handle'] } });
    const gone = await hub.change(ann, 'revisePerson', { person: ann.personId, handle: null }, facts);
    expect(gone.person).toMatchObject({ name: 'Anna', handle: null });
  });

  test('keeps what decides access to administrators', async () => {
    const [ann, organization] = [await hub.person({ party: 'CUSTOMER' }), await hub.organization()];
    for (const wish of [{ party: 'INTERNAL' }, { organization }, { organization: null }, { name: 'A', organization }]) {
      const { code } = await hub.change(ann, 'revisePerson', { person: ann.personId, ...wish });
      expect(code).toBe('FORBIDDEN');
    }
    const input = { person: ann.personId, party: 'INTERNAL', organization };
    const payload = await hub.change(hub.admin, 'revisePerson', input, facts);
    expect(payload.person).toMatchObject({ party: 'INTERNAL', organization: { id: organization } });
    const out = await hub.change(hub.admin, 'revisePerson', { person: ann.personId, organization: null }, facts);
    expect(out.person).toMatchObject({ party: 'INTERNAL', organization: null });
  });

  test('gives one of two who ask for a handle at once the answer that it is taken', async () => {
    const both = await Promise.all([hub.person(), hub.person()]);
    const calls = both.map((one) => hub.change(one, 'revisePerson', { person: one.personId, handle: 'wanted' }, facts));
    const codes = (await Promise.all(calls)).map(({ errors }) => errors[0]?.code);
    expect(codes.sort()).toEqual(['TAKEN', undefined]);
  });

  test('lets a person write their handle in another case', async () => {
    const ann = await hub.person({ handle: 'casey' });
    const payload = await hub.change(ann, 'revisePerson', { person: ann.personId, handle: 'Casey' }, facts);
    expect(payload).toMatchObject({ errors: [], person: { handle: 'Casey' } });
  });

  test('is done once for one idempotency key', async () => {
    const ann = await hub.person();
    await hub.changeOnce(ann, 'revisePerson', { person: ann.personId, name: 'Once' }, facts, { name: 'Twice' });
  });

  test('refuses no change, wrong words, what is not there, other people and who is not signed in', async () => {
    const [ann, ben] = [await hub.person(), await hub.person()];
    const revise = (input: object) => hub.change(hub.admin, 'revisePerson', { person: ann.personId, ...input }, facts);
    expect((await revise({})).errors).toMatchObject([{ code: 'INVALID' }]);
    expect((await revise({ name: '' })).errors).toMatchObject([{ code: 'INVALID' }]);
    expect((await revise({ person: mintId('Person'), name: 'New' })).errors).toMatchObject([{ code: 'NOT_FOUND' }]);
    expect((await revise({ organization: mintId('Organization') })).errors).toMatchObject([{ code: 'NOT_FOUND' }]);
    const input = { person: ann.personId, name: 'Mine' };
    expect((await hub.change(ben, 'revisePerson', input)).code).toBe('FORBIDDEN');
    expect((await hub.change(anonymous, 'revisePerson', input)).code).toBe('UNAUTHENTICATED');
  });
});

describe('people', () => {
  const list = 'query ($filter: PersonFilter) { people(filter: $filter) { nodes { id } totalCount } }';
  const ids = async (filter: object) => {
    const { data } = await hub.ask<{ people: { nodes: { id: string }[] } }>(hub.admin, list, { filter });
    return data.people.nodes.map(({ id }) => id);
  };

  test('are found by name, organisation, team, party and skills', async () => {
    const [organization, team] = [await hub.organization(), await hub.team()];
    const { personId } = await hub.person({ name: 'Zoë Q.', organization, skills: ['Falconry', 'Law'] });
    await hub.change(hub.admin, 'joinTeam', { team, person: personId });
    expect(await ids({ nameContains: 'zoë q' })).toEqual([personId]);
    expect(await ids({ organization })).toEqual([personId]);
    expect(await ids({ team })).toEqual([personId]);
    expect(await ids({ skills: ['Law', 'Falconry'] })).toEqual([personId]);
    expect(await ids({ organization, parties: ['CUSTOMER'] })).toEqual([]);
  });

  test('are found by their handle in any case', async () => {
    const ann = await hub.person({ handle: 'Ann.Example' });
    const document = 'query ($handle: String!) { personByHandle(handle: $handle) { id } }';
    expect((await hub.ask(ann, document, { handle: 'ann.example' })).data).toEqual({
      personByHandle: { id: ann.personId },
    });
    expect((await hub.ask(ann, document, { handle: 'nobody' })).data).toEqual({ personByHandle: null });
    expect((await hub.ask(anonymous, document, { handle: 'ann.example' })).data).toEqual({ personByHandle: null });
  });

  test('do not exist for who is not signed in', async () => {
    const { personId: id } = await hub.person();
    const document = 'query ($id: ID!) { person(id: $id) { id } people { nodes { id } totalCount } }';
    expect((await hub.ask(anonymous, document, { id })).data).toEqual({
      person: null,
      people: { nodes: [], totalCount: 0 },
    });
  });

  test('are found by other services in one statement, and are null when they are not there', async () => {
    const [ann, ben] = [await hub.person(), await hub.person()];
    const keys = [ann.personId, mintId('Person'), ben.personId];
    const representations = keys.map((key) => ({ __typename: 'Person', key }));
    const document =
      'query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Person { id } } }';
    expect(await hub.ask(ann, document, { representations })).toMatchObject({
      data: { _entities: [{ id: ann.personId }, null, { id: ben.personId }] },
      statements: 1,
    });
    expect((await hub.ask(anonymous, document, { representations })).data).toEqual({ _entities: [null, null, null] });
  });
});

describe('viewer', () => {
  const document = '{ viewer { administrator party person { id } } }';

  test('is who asks', async () => {
    const ann = await hub.person({ party: 'SUPPLIER' });
    expect((await hub.ask(ann, document)).data).toEqual({
      viewer: { administrator: false, party: 'SUPPLIER', person: { id: ann.personId } },
    });
    expect((await hub.ask(hub.admin, document)).data).toMatchObject({ viewer: { administrator: true } });
  });

  test('is null for who is not signed in', async () => {
    expect((await hub.ask(anonymous, document)).data).toEqual({ viewer: null });
  });
});
