import { anonymous, type PersonViewer, type Viewer } from '#kernel/auth/viewer.js';
import { mintId } from '#kernel/ids/id.js';
import { type PeopleFixture, startPeople } from '../people.fixture.js';
import { dayMs } from '../tie/decay.js';
import { eventOf, hand, met } from '../tie/ties.fixture.js';

let hub: PeopleFixture;
let teams: string[];
let people: PersonViewer[];

/** Four people, each of a team of their own: the first two meet in a space, the others elsewhere. */
beforeEach(async () => {
  hub = await startPeople();
  teams = await Promise.all([hub.team(), hub.team(), hub.team(), hub.team()]);
  people = await Promise.all(teams.map(member));
});

afterEach(() => hub.stop());

const member = async (team: string) => {
  const person = await hub.person();
  await hub.change(hub.admin, 'joinTeam', { team, person: person.personId });
  return person;
};
const ago = (days: number) => new Date(hub.now().getTime() - days * dayMs);
const person = (place: number) => people[place] ?? hub.admin;
const mentioned = (from: number, to: number, space: string, days: number) =>
  eventOf({
    ...{ type: 'conversations.message.posted', subject: mintId('Message'), actor: person(from).personId, space },
    at: ago(days).toISOString(),
    data: {
      ...{ conversation: mintId('Conversation'), idea: null, channel: 'internal', party: null },
      ...{ replyTo: null, repliedTo: null, mentions: [person(to).personId] },
    },
  });

interface Network {
  readonly complete: boolean;
  readonly nodes: readonly { readonly id: string; readonly connections: number }[];
  readonly edges: readonly { readonly between: readonly string[]; readonly weight: number }[];
}

const document = `query ($space: ID, $window: Int! = 90) { teamNetwork(space: $space, window: $window) {
  complete nodes { id connections team { ... on Team { name } } } edges { between weight tie { state pairs } } } }`;
const networkFor = (viewer: Viewer, variables: object = {}) =>
  hub.ask<{ teamNetwork: Network }>(viewer, document, variables);
const edgesOf = ({ edges }: Network) => edges.map(({ between }) => [...between].sort());
const between = (one: number, other: number) => [teams[one], teams[other]].sort();

describe('teamNetwork', () => {
  test('has the ties for which something was done in the window, the strongest first', async () => {
    await hand(hub.service, [
      ...[met(person(0), person(1), ago(3), 2), met(person(1), person(2), ago(2), 4)],
      met(person(2), person(3), ago(60), 9),
    ]);
    const { teamNetwork } = (await networkFor(person(0), { window: 30 })).data;
    expect(edgesOf(teamNetwork)).toEqual([between(1, 2), between(0, 1)]);
    expect(teamNetwork).toMatchObject({ complete: true, nodes: [{ id: teams[1], connections: 2 }, {}, {}] });
    expect(edgesOf((await networkFor(person(0))).data.teamNetwork)[0]).toEqual(between(2, 3));
  });

  test('of a space has what happened there, for those who may enter it', async () => {
    const space = await hub.space(person(0), { visibility: 'PRIVATE' });
    await hand(hub.service, [
      ...[mentioned(0, 1, space, 3), mentioned(0, 1, space, 2)],
      ...[met(person(2), person(3), ago(3)), met(person(2), person(3), ago(2))],
    ]);
    expect(edgesOf((await networkFor(person(0), { space })).data.teamNetwork)).toEqual([between(0, 1)]);
    for (const viewer of [person(1), anonymous])
      expect((await networkFor(viewer, { space })).data.teamNetwork).toMatchObject({ nodes: [], edges: [] });
  });

  test('of a space forgets what is taken back', async () => {
    const space = await hub.space(person(0));
    await hand(hub.service, [mentioned(0, 1, space, 3), mentioned(0, 1, space, 2)]);
    await hub.change(person(0), 'setConsent', { ties: false });
    expect((await networkFor(person(1), { space })).data.teamNetwork.edges).toEqual([]);
  });

  test('draws a single pair no bolder than any other', async () => {
    await hand(hub.service, [met(person(0), person(1), ago(1), 50)]);
    expect((await networkFor(person(0))).data.teamNetwork.edges).toMatchObject([{ weight: 1 }]);
    await hand(hub.service, [met(await member(teams[0] ?? ''), person(1), ago(1), 50)]);
    expect((await networkFor(person(0))).data.teamNetwork.edges).toMatchObject([{ weight: 5 }]);
  });

  test('costs the same number of statements however many ties it has', async () => {
    await hand(hub.service, [met(person(0), person(1), ago(1), 2)]);
    const one = await networkFor(person(0));
    await hand(hub.service, [met(person(0), person(2), ago(1), 2), met(person(0), person(3), ago(1), 2)]);
    const three = await networkFor(person(0));
    expect([three.data.teamNetwork.edges.length, three.statements]).toEqual([3, one.statements]);
  });

  test('refuses a window without an end', async () => {
    expect((await networkFor(person(0), { window: 0 })).code).toBe('BAD_INPUT');
  });
});
