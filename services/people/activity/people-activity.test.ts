import { openStream, presentOf, viewerOf } from '#test/hub/open-stream.js';
import {
  addMember,
  openSpace,
  registerOrganization,
  registerPerson,
  removeMember,
  type Story,
  seed,
} from '#test/hub/seed.js';
import { change } from '#test/hub/talk.js';
import { startTestHub, type TestHub } from '#test/hub/test-hub.js';

let hub: TestHub;
let story: Story;

beforeAll(async () => {
  hub = await startTestHub({ heartbeatMs: 20 });
  story = await seed(hub);
});

afterAll(() => hub.stop());

describe('peopleActivity', () => {
  const activity = `subscription ($after: Cursor, $space: ID, $organization: ID, $team: ID) {
    peopleActivity(after: $after, space: $space, organization: $organization, team: $team) {
      kind personId person { id } team { id } organization { id } space { id } role changed actor { id } } }`;
  const open = async (filter: object = {}) => {
    const service = hub.service('people');
    const from = { after: await presentOf(service) };
    return openStream(service, viewerOf(story.jon.id), activity, { ...from, ...filter });
  };
  type Stream = Awaited<ReturnType<typeof open>>;
  const toldUpTo = async (stream: Stream, cursor: string) => {
    const events = await stream.eventsUpTo(cursor);
    stream.end();
    expect(events.map(({ result }) => result.errors)).toEqual(events.map(() => undefined));
    return events.map(({ result }) => result.data?.peopleActivity);
  };
  const nothing = {
    personId: null,
    person: null,
    team: null,
    organization: null,
    space: null,
    role: null,
    changed: [],
  };

  test('tells what happens to an organisation, its people and its teams', async () => {
    const all = await open();
    const id = await registerOrganization(hub);
    const organization = { id };
    const ofOrganization = await open({ organization: id });
    await change(hub.admin, 'reviseOrganization', { organization: id, name: 'Another name' });
    const person = { id: (await registerPerson(hub, { organization: id })).id };
    await change(hub.admin, 'revisePerson', { person: person.id, name: 'Ann' });
    const team = { id: await formTeam({ organization: id }) };
    await change(hub.admin, 'reviseTeam', { team: team.id, purpose: 'Mend it' });
    await change(hub.admin, 'joinTeam', { team: team.id, person: person.id });
    await change(hub.admin, 'leaveTeam', { team: team.id, person: person.id });
    await registerPerson(hub);
    const last = await change(hub.admin, 'reviseTeam', { team: team.id, organization: null });
    const actor = { id: await administrator() };
    const about = { ...nothing, organization, actor };
    const expected = [
      { ...about, kind: 'ORGANIZATION_REVISED', changed: ['name'] },
      { ...about, kind: 'PERSON_REGISTERED', person },
      { ...about, kind: 'PERSON_REVISED', person, changed: ['name'] },
      { ...about, kind: 'TEAM_FORMED', team },
      { ...about, kind: 'TEAM_REVISED', team, changed: ['purpose'] },
      { ...about, kind: 'MEMBERSHIP_BEGAN', person, team },
      { ...about, kind: 'MEMBERSHIP_ENDED', person, team },
    ];
    expect(await toldUpTo(ofOrganization, last)).toEqual(expected);
    const leaving = { ...about, kind: 'TEAM_REVISED', team, organization: null, changed: ['organization'] };
    const told = await toldUpTo(all, last);
    expect(told).toEqual([
      { ...about, kind: 'ORGANIZATION_REGISTERED' },
      ...expected,
      expect.objectContaining({ kind: 'PERSON_REGISTERED', organization: null }),
      leaving,
    ]);
  });

  test('tells what happens to one team', async () => {
    const [team, other] = [await formTeam(), await formTeam()];
    const stream = await open({ team });
    await change(hub.admin, 'joinTeam', { team: other, person: story.jon.id });
    const last = await change(hub.admin, 'joinTeam', { team, person: story.jon.id });
    const facts = {
      ...nothing,
      team: { id: team },
      person: { id: story.jon.id },
      actor: { id: await administrator() },
    };
    expect(await toldUpTo(stream, last)).toEqual([{ ...facts, kind: 'MEMBERSHIP_BEGAN' }]);
  });

  test('tells what happens to a space and its members', async () => {
    const stream = await open();
    const id = await openSpace(hub, story.mira);
    await change(story.mira, 'addSpaceMember', { space: id, person: story.jon.id, role: 'GUEST' });
    await change(story.mira, 'removeSpaceMember', { space: id, person: story.jon.id });
    const last = await change(story.mira, 'reviseSpace', { space: id, purpose: 'To meet' });
    const [mira, person] = [{ id: story.mira.id }, { id: story.jon.id }];
    const about = { ...nothing, space: { id }, actor: mira };
    expect(await toldUpTo(stream, last)).toEqual([
      { ...about, kind: 'SPACE_OPENED' },
      { ...about, kind: 'SPACE_MEMBER_ADDED', personId: mira.id, person: mira, role: 'OWNER' },
      { ...about, kind: 'SPACE_MEMBER_ADDED', personId: person.id, person, role: 'GUEST' },
      { ...about, kind: 'SPACE_MEMBER_REMOVED', personId: person.id, person },
      { ...about, kind: 'SPACE_REVISED', changed: ['purpose'] },
    ]);
  });

  test('tells of a space of an organisation to who asks for that, and of one space to who asks for that', async () => {
    const organization = await registerOrganization(hub);
    const streams = [await open({ organization })];
    const space = await openSpace(hub, story.mira, { owners: [organization] });
    streams.push(await open({ space }));
    await openSpace(hub, story.mira);
    const last = await change(story.mira, 'reviseSpace', { space, name: 'Another name' });
    const told = await Promise.all(streams.map((stream) => toldUpTo(stream, last)));
    expect(told).toMatchObject([[{ kind: 'SPACE_OPENED' }, { kind: 'SPACE_REVISED' }], [{ kind: 'SPACE_REVISED' }]]);
  });

  test('says of whom nobody else can find that they left a space, to those who saw them there', async () => {
    const guest = await registerPerson(hub, { party: 'CUSTOMER', organization: await registerOrganization(hub) });
    const space = await openSpace(hub, story.mira, { visibility: 'PRIVATE' });
    for (const { id } of [guest, story.jon]) await addMember(hub, story.mira, space, id);
    const service = hub.service('people');
    const left = 'subscription ($after: Cursor) { peopleActivity(after: $after) { kind personId person { id } } }';
    const viewer = viewerOf(guest.id, { party: 'customer' });
    const stream = await openStream(service, viewer, left, { after: await presentOf(service) });
    const last = await change(story.mira, 'removeSpaceMember', { space, person: story.jon.id });
    const told = { kind: 'SPACE_MEMBER_REMOVED', personId: story.jon.id, person: null };
    expect(await toldUpTo(stream, last)).toEqual([told]);
    const known = await open();
    const joined = await change(hub.admin, 'joinTeam', { team: await formTeam(), person: guest.id });
    expect(await toldUpTo(known, joined)).not.toContainEqual(expect.objectContaining({ personId: guest.id }));
  });

  test('is silent about spaces the viewer may not enter, from the removal on also about that', async () => {
    const stream = await open();
    const space = await openSpace(hub, story.mira, { visibility: 'PRIVATE' });
    await addMember(hub, story.mira, space, story.jon.id);
    expect((await stream.nextEvent()).result.data?.peopleActivity).toMatchObject({ space: { id: space } });
    const known = await change(story.mira, 'reviseSpace', { space, purpose: 'For two' });
    await stream.eventsUpTo(known);
    await removeMember(hub, story.mira, space, story.jon.id);
    const last = await change(story.mira, 'reviseSpace', { space, purpose: 'For one' });
    expect(await toldUpTo(stream, last)).toEqual([]);
  });

  test('tells nothing of access tokens', async () => {
    const stream = await open();
    const { id } = await registerPerson(hub);
    await change(hub.admin, 'issueAccessToken', { name: 'one more', person: id });
    const last = await change(hub.admin, 'revisePerson', { person: id, name: 'Ann' });
    expect(await toldUpTo(stream, last)).toMatchObject([{ kind: 'PERSON_REGISTERED' }, { kind: 'PERSON_REVISED' }]);
  });
});

async function formTeam(team: object = {}): Promise<string> {
  const { formTeam } = await hub.admin.run<{ formTeam: { team: { id: string } } }>(
    'mutation ($input: FormTeamInput!) { formTeam(input: $input) { team { id } errors { message } } }',
    { input: { name: 'Some team', ...team } },
  );
  return formTeam.team.id;
}

async function administrator(): Promise<string> {
  const { viewer } = await hub.admin.run<{ viewer: { person: { id: string } } }>('{ viewer { person { id } } }');
  return viewer.person.id;
}
