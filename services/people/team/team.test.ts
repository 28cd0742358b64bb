import { anonymous } from '#kernel/auth/viewer.js';
import { mintId } from '#kernel/ids/id.js';
import { idIn, type PeopleFixture, startPeople } from '../people.fixture.js';

let hub: PeopleFixture;

beforeAll(async () => {
  hub = await startPeople();
});

afterAll(() => hub.stop());

const facts = 'team { id name purpose organization { id } parent { id } }';

describe('formTeam', () => {
  test('forms a team of an organisation, as part of another team', async () => {
    const [organization, parent] = [await hub.organization(), await hub.team()];
    const input = { name: ' Care ', purpose: 'Listen.', organization, parent };
    const payload = await hub.change(hub.admin, 'formTeam', input, facts);
    expect(payload.team).toMatchObject({
      name: 'Care',
      purpose: 'Listen.',
      organization: { id: organization },
      parent: { id: parent },
    });
    const events = await hub.events('people.team.formed', idIn(payload.team));
    expect(events).toMatchObject([{ actor: hub.admin.personId, data: { organization, parent } }]);
  });

  test('is done once for one idempotency key', async () => {
    await hub.changeOnce(hub.admin, 'formTeam', { name: 'Once' }, facts, { name: 'Twice' });
  });

  test.each([
    ['an empty name', { name: '' }, 'INVALID', 'name'],
    ['a purpose of 65,537 characters', { purpose: 'x'.repeat(65_537) }, 'INVALID', 'purpose'],
    ['an organisation that is not there', { organization: mintId('Organization') }, 'NOT_FOUND', 'organization'],
    ['a parent that is not there', { parent: mintId('Team') }, 'NOT_FOUND', 'parent'],
  ])('refuses %s', async (_case, wrong, code, field) => {
    const { errors } = await hub.change(hub.admin, 'formTeam', { name: 'Fine', ...wrong }, facts);
    expect(errors).toMatchObject([{ code, path: ['input', field] }]);
  });

  test('is for administrators', async () => {
    expect((await hub.change(await hub.person(), 'formTeam', { name: 'Mine' })).code).toBe('FORBIDDEN');
    expect((await hub.change(anonymous, 'formTeam', { name: 'Mine' })).code).toBe('UNAUTHENTICATED');
  });
});

describe('reviseTeam', () => {
  test('changes what is named; null takes organisation and parent away', async () => {
    const input = { organization: await hub.organization(), parent: await hub.team(), purpose: 'Stay.' };
    const team = await hub.team(input);
    const renamed = await hub.change(hub.admin, 'reviseTeam', { team, name: 'New' }, facts);
    expect(renamed.team).toMatchObject({ name: 'New', purpose: 'Stay.', parent: { id: input.parent } });
    const freed = await hub.change(hub.admin, 'reviseTeam', { team, organization: null, parent: null }, facts);
    expect(freed.team).toMatchObject({ name: 'New', organization: null, parent: null });
    const events = await hub.events('people.team.revised', team);
    expect(events.map(({ data }) => data)).toEqual([
      { changed: ['name'], organization: input.organization },
      { changed: ['organizationId', 'parentId'], organization: null },
    ]);
  });

  test('keeps teams out of circles', async () => {
    const top = await hub.team();
    const below = await hub.team({ parent: await hub.team({ parent: top }) });
    for (const parent of [top, below]) {
      const { errors } = await hub.change(hub.admin, 'reviseTeam', { team: top, parent }, facts);
      expect(errors).toMatchObject([{ code: 'INVALID', path: ['input', 'parent'] }]);
    }
  });

  test('is done once for one idempotency key', async () => {
    const input = { team: await hub.team(), name: 'Once' };
    await hub.changeOnce(hub.admin, 'reviseTeam', input, facts, { name: 'Twice' });
  });

  test('refuses no change, a wrong name and what is not there', async () => {
    const team = await hub.team();
    const revise = (input: object) => hub.change(hub.admin, 'reviseTeam', { team, ...input }, facts);
    expect((await revise({})).errors).toMatchObject([{ code: 'INVALID' }]);
    expect((await revise({ name: ' ' })).errors).toMatchObject([{ code: 'INVALID' }]);
    expect((await revise({ team: mintId('Team'), name: 'New' })).errors).toMatchObject([{ code: 'NOT_FOUND' }]);
    expect((await revise({ parent: mintId('Team') })).errors).toMatchObject([{ code: 'NOT_FOUND' }]);
    expect((await revise({ organization: mintId('Organization') })).errors).toMatchObject([{ code: 'NOT_FOUND' }]);
  });

  test('is for administrators', async () => {
    const input = { team: await hub.team(), name: 'Mine' };
    expect((await hub.change(await hub.person(), 'reviseTeam', input)).code).toBe('FORBIDDEN');
    expect((await hub.change(anonymous, 'reviseTeam', input)).code).toBe('UNAUTHENTICATED');
  });
});

describe('teams', () => {
  const list = 'query ($filter: TeamFilter) { teams(filter: $filter) { nodes { id } totalCount } }';
  const ids = async (filter: object) => {
    const { data } = await hub.ask<{ teams: { nodes: { id: string }[] } }>(hub.admin, list, { filter });
    return data.teams.nodes.map(({ id }) => id);
  };

  test('are found by name, organisation, parent and member', async () => {
    const [organization, parent] = [await hub.organization(), await hub.team()];
    const team = await hub.team({ name: 'Unmistakable crew', organization, parent });
    const member = await hub.person();
    await hub.change(member, 'joinTeam', { team });
    expect(await ids({ nameContains: 'mistakable CREW' })).toEqual([team]);
    expect(await ids({ organization })).toEqual([team]);
    expect(await ids({ parent })).toEqual([team]);
    expect(await ids({ member: member.personId })).toEqual([team]);
    await hub.change(member, 'leaveTeam', { team });
    expect(await ids({ member: member.personId })).toEqual([]);
  });

  test('do not exist for who is not signed in', async () => {
    const id = await hub.team();
    const document = 'query ($id: ID!) { team(id: $id) { id } teams { nodes { id } totalCount } }';
    expect((await hub.ask(anonymous, document, { id })).data).toEqual({
      team: null,
      teams: { nodes: [], totalCount: 0 },
    });
  });

  test('cost one statement a level, however many they are', async () => {
    const parent = await hub.team({ organization: await hub.organization() });
    await hub.team({ parent, organization: await hub.organization() });
    const document = `{ teams(first: 100) { nodes {
      name organization { name } parent { name } children { totalCount nodes { name } } members { totalCount nodes { person { name } } }
    } } }`;
    const { statements } = await hub.ask(hub.admin, document);
    expect(statements).toBeLessThanOrEqual(8);
    await hub.team({ parent, organization: await hub.organization() });
    expect((await hub.ask(hub.admin, document)).statements).toBe(statements);
  });
});
