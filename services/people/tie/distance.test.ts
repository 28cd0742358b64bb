import type { PersonViewer, Viewer } from '#kernel/auth/viewer.js';
import { type PeopleFixture, startPeople } from '../people.fixture.js';
import { dayMs } from './decay.js';
import { hand, met } from './ties.fixture.js';

let hub: PeopleFixture;
let [ann, bob, cem, dan, eva]: PersonViewer[] = [];

beforeAll(async () => {
  hub = await startPeople();
});

/** Ann knows bob, bob knows cem, cem knows dan, dan knows eva. */
beforeEach(async () => {
  const names = ['Ann', 'Bob', 'Cem', 'Dan', 'Eva'];
  const people = await Promise.all(names.map((name) => hub.person({ name })));
  [ann, bob, cem, dan, eva] = people;
  const chain = people.slice(1).map((person, place) => met(people[place] ?? person, person, ago(1), 2));
  await hand(hub.service, chain);
});

afterAll(() => hub.stop());

const ago = (days: number) => new Date(hub.now().getTime() - days * dayMs);
const distance = async (viewer: Viewer = hub.admin, from = viewer, to: Viewer = viewer) => {
  const document = `query ($from: ID!, $to: ID!) { person(id: $from) { distanceTo(person: $to) {
    hops sharedContactCount sharedContacts { name } sharedTeams { name } explanation } } }`;
  const [one, other] = [from, to].map((person) => (person.kind === 'person' ? person.personId : ''));
  const { data } = await hub.ask<{ person: { distanceTo: object | null } }>(viewer, document, { from: one, to: other });
  return data.person.distanceTo;
};

describe('the distance to somebody', () => {
  test('is 1 with a tie', async () => {
    expect(await distance(ann, ann, bob)).toEqual({
      ...{ hops: 1, sharedContactCount: 0, sharedContacts: [], sharedTeams: [] },
      explanation: 'You have a tie with Bob.',
    });
  });

  test('is 2 with a shared contact, who is named, as are shared teams', async () => {
    const team = await hub.team({ name: 'Field Service' });
    for (const member of [ann, cem]) await hub.change(hub.admin, 'joinTeam', { team, person: member?.personId });
    expect(await distance(ann, ann, cem)).toEqual({
      ...{
        hops: 2,
        sharedContactCount: 1,
        sharedContacts: [{ name: 'Bob' }],
        sharedTeams: [{ name: 'Field Service' }],
      },
      explanation:
        'You have no tie with Cem, but you know somebody who has. You share 1 contact: Bob. You are both in Field Service.',
    });
  });

  test('is 3 over two others, who are not named', async () => {
    expect(await distance(ann, ann, dan)).toMatchObject({
      ...{ hops: 3, sharedContacts: [] },
      explanation: 'Somebody you have a tie with has one with somebody who has one with Dan.',
    });
  });

  test('is unknown beyond that, and 0 to oneself', async () => {
    expect(await distance(ann, ann, eva)).toMatchObject({ hops: null });
    expect(await distance(ann, ann, ann)).toMatchObject({ hops: 0, explanation: 'This is you.' });
  });

  test('does not go over ties that are lost', async () => {
    hub.wait(181 * dayMs);
    expect(await distance(ann, ann, bob)).toMatchObject({ hops: null });
    hub.wait(-181 * dayMs);
  });

  test('does not go over people who want no ties', async () => {
    await hub.change(bob ?? hub.admin, 'setConsent', { ties: false });
    expect(await distance(ann, ann, cem)).toMatchObject({ hops: null, sharedContactCount: 0 });
  });

  test('of somebody else is nobody’s business', async () => {
    expect([await distance(ann, bob, cem), await distance(hub.admin, ann, bob)]).toEqual([null, null]);
  });
});
