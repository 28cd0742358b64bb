import { anonymous, type PersonViewer } from '#kernel/auth/viewer.js';
import { mintId } from '#kernel/ids/id.js';
import { idIn, type PeopleFixture, startPeople } from '../people.fixture.js';

let hub: PeopleFixture;

beforeAll(async () => {
  hub = await startPeople();
});

afterAll(() => hub.stop());

const facts = 'membership { id beganAt endedAt person { id } team { id } }';

async function teamsOf({ personId }: PersonViewer): Promise<string[]> {
  const document = 'query ($id: ID!) { person(id: $id) { teams { id } } }';
  const { data } = await hub.ask<{ person: { teams: { id: string }[] } }>(hub.admin, document, { id: personId });
  return data.person.teams.map(({ id }) => id);
}

describe('joinTeam', () => {
  test('makes you a member from now on', async () => {
    const [ann, team] = [await hub.person(), await hub.team()];
    const payload = await hub.change(ann, 'joinTeam', { team }, facts);
    expect(payload.membership).toMatchObject({ endedAt: null, person: { id: ann.personId }, team: { id: team } });
    expect(await teamsOf(ann)).toEqual([team]);
    const events = await hub.events('people.membership.began', idIn(payload.membership));
    expect(events).toMatchObject([{ actor: ann.personId, data: { person: ann.personId, team } }]);
  });

  test('changes nothing for who is a member already', async () => {
    const [ann, team] = [await hub.person(), await hub.team()];
    const first = await hub.change(ann, 'joinTeam', { team }, facts);
    const again = await hub.change(ann, 'joinTeam', { team }, facts);
    expect(again).toMatchObject({ membership: first.membership, cursor: null, errors: [] });
  });

  test('begins one membership for two calls at once', async () => {
    const [ann, team] = [await hub.person(), await hub.team()];
    const calls = [1, 2, 3, 4].map(() => hub.change(ann, 'joinTeam', { team }, facts));
    const ids = new Set((await Promise.all(calls)).map(({ membership }) => idIn(membership)));
    expect(ids.size).toBe(1);
  });

  test('lets administrators name the person, and nobody else', async () => {
    const [ann, ben, team] = [await hub.person(), await hub.person(), await hub.team()];
    const input = { team, person: ann.personId };
    expect((await hub.change(ben, 'joinTeam', input)).code).toBe('FORBIDDEN');
    expect(await teamsOf(ann)).toEqual([]);
    expect((await hub.change(hub.admin, 'joinTeam', input, facts)).membership).toMatchObject({
      person: { id: ann.personId },
    });
  });

  test('is done once for one idempotency key', async () => {
    const other = { team: await hub.team() };
    await hub.changeOnce(await hub.person(), 'joinTeam', { team: await hub.team() }, facts, other);
  });

  test('refuses a team or person that is not there, and who is not signed in', async () => {
    const join = (input: object) => hub.change(hub.admin, 'joinTeam', input, facts);
    expect((await join({ team: mintId('Team') })).errors).toMatchObject([
      { code: 'NOT_FOUND', path: ['input', 'team'] },
    ]);
    expect((await join({ team: await hub.team(), person: mintId('Person') })).errors).toMatchObject([
      { code: 'NOT_FOUND', path: ['input', 'person'] },
    ]);
    expect((await hub.change(anonymous, 'joinTeam', { team: await hub.team() })).code).toBe('UNAUTHENTICATED');
  });
});

describe('leaveTeam', () => {
  test('ends the membership and keeps it as history; who comes back has a new one', async () => {
    const [ann, team] = [await hub.person(), await hub.team()];
    const joined = await hub.change(ann, 'joinTeam', { team }, facts);
    const left = await hub.change(ann, 'leaveTeam', { team }, facts);
    expect(left.membership).toMatchObject({ id: idIn(joined.membership), endedAt: expect.any(String) });
    expect(await teamsOf(ann)).toEqual([]);
    expect(await hub.events('people.membership.ended', idIn(left.membership))).toMatchObject([
      { data: { person: ann.personId, team } },
    ]);
    hub.wait(1_000);
    const back = await hub.change(ann, 'joinTeam', { team }, facts);
    const document = `query ($person: ID!, $team: ID!) {
      person(id: $person) { memberships { nodes { id } totalCount } }
      team(id: $team) { members { nodes { id } } all: members(includeFormer: true) { totalCount } }
    }`;
    expect((await hub.ask(ann, document, { person: ann.personId, team })).data).toEqual({
      person: {
        memberships: { nodes: [{ id: idIn(back.membership) }, { id: idIn(joined.membership) }], totalCount: 2 },
      },
      team: { members: { nodes: [{ id: idIn(back.membership) }] }, all: { totalCount: 2 } },
    });
  });

  test('is done once for one idempotency key', async () => {
    const [ann, team] = [await hub.person(), await hub.team()];
    await hub.change(ann, 'joinTeam', { team });
    await hub.changeOnce(ann, 'leaveTeam', { team }, facts, { team: await hub.team() });
  });

  test('refuses who is no member, a team that is not there, outsiders and who is not signed in', async () => {
    const [ann, ben, team] = [await hub.person(), await hub.person(), await hub.team()];
    expect((await hub.change(ann, 'leaveTeam', { team }, facts)).errors).toMatchObject([{ code: 'NOT_FOUND' }]);
    expect((await hub.change(ann, 'leaveTeam', { team: mintId('Team') }, facts)).errors).toMatchObject([
      { code: 'NOT_FOUND' },
    ]);
    expect((await hub.change(ben, 'leaveTeam', { team, person: ann.personId })).code).toBe('FORBIDDEN');
    expect((await hub.change(anonymous, 'leaveTeam', { team })).code).toBe('UNAUTHENTICATED');
  });
});

test('the teams of many people cost one statement', async () => {
  const team = await hub.team();
  for (let count = 0; count < 3; count += 1) await hub.change(await hub.person(), 'joinTeam', { team });
  const document = '{ people(first: 100) { nodes { name organization { name } teams { name } } } }';
  expect((await hub.ask(hub.admin, document)).statements).toBe(2);
  await hub.person({ organization: await hub.organization() });
  expect((await hub.ask(hub.admin, document)).statements).toBe(3);
});
