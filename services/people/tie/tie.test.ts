import { anonymous, type PersonViewer, type Viewer } from '#kernel/auth/viewer.js';
import { openStream, presentOf, refusalOf } from '#test/hub/open-stream.js';
import { type PeopleFixture, startPeople } from '../people.fixture.js';
import { dayMs } from './decay.js';
import { hand, met } from './ties.fixture.js';

let hub: PeopleFixture;
let ann: PersonViewer;
let bob: PersonViewer;
let cem: PersonViewer;

beforeAll(async () => {
  hub = await startPeople({ heartbeatMs: 20 });
});

beforeEach(async () => {
  [ann, bob, cem] = await Promise.all([hub.person(), hub.person(), hub.person()]);
});

afterAll(() => hub.stop());

const ago = (days: number) => new Date(hub.now().getTime() - days * dayMs);

interface Ties {
  readonly totalCount: number;
  readonly nodes: readonly {
    readonly state: string;
    readonly strength: number;
    readonly person: { readonly id: string };
  }[];
  readonly pageInfo: { readonly endCursor: string | null };
}

const fields =
  'totalCount pageInfo { endCursor } nodes { state strength given received mutuality since person { id } }';
const tiesOf = async (viewer: Viewer, person: PersonViewer, args = '') => {
  const document = `query ($id: ID!) { person(id: $id) { ties${args} { ${fields} } } }`;
  const { data } = await hub.ask<{ person: { ties: Ties } | null }>(viewer, document, { id: person.personId });
  return data.person?.ties;
};
const tieTo = async (viewer: Viewer, from: PersonViewer, to: PersonViewer) => {
  const document = `query ($id: ID!, $other: ID!) {
    person(id: $id) { tieTo(person: $other) { state given received person { id } } } }`;
  const variables = { id: from.personId, other: to.personId };
  const { data } = await hub.ask<{ person: { tieTo: object | null } }>(viewer, document, variables);
  return data.person.tieTo;
};

describe('ties of a person', () => {
  beforeEach(async () => {
    await hand(hub.service, [
      met(ann, bob, ago(61)),
      met(bob, ann, ago(60)),
      met(ann, cem, ago(2), 0.3),
      met(ann, cem, ago(1), 0.3),
    ]);
  });

  test('are listed with the strongest first, as they are now', async () => {
    const given = 2 ** (-61 / 60);
    const received = 0.5;
    const ties = await tiesOf(ann, ann);
    expect(ties?.nodes.map(({ state, person }) => [state, person.id])).toEqual([
      ['RECIPROCAL', bob.personId],
      ['TIE', cem.personId],
    ]);
    expect(ties?.nodes[0]).toMatchObject({
      given: expect.closeTo(given, 4),
      received: expect.closeTo(received, 4),
      strength: expect.closeTo(given + received, 4),
      mutuality: expect.closeTo(given / received, 4),
    });
  });

  test('are read page by page', async () => {
    const first = await tiesOf(ann, ann, '(first: 1)');
    const second = await tiesOf(ann, ann, `(first: 1, after: "${first?.pageInfo.endCursor}")`);
    expect([first, second].map((page) => page?.nodes.map(({ person }) => person.id))).toEqual([
      [bob.personId],
      [cem.personId],
    ]);
  });

  test('fall asleep without anybody doing anything, and are found by their state', async () => {
    hub.wait(40 * dayMs);
    expect((await tiesOf(ann, ann))?.nodes.map(({ state }) => state)).toEqual(['DORMANT', 'TIE']);
    expect((await tiesOf(ann, ann, '(states: [DORMANT, LOST])'))?.totalCount).toBe(1);
    expect((await tiesOf(ann, ann, '(states: [TIE])'))?.totalCount).toBe(1);
    hub.wait(90 * dayMs);
    expect((await tiesOf(ann, ann))?.nodes.map(({ state }) => state)).toEqual(['LOST', 'DORMANT']);
    hub.wait(-130 * dayMs);
  });

  test('are for that person alone: not for the other one, an administrator, or who is not signed in', async () => {
    for (const viewer of [bob, cem, hub.admin])
      expect(await tiesOf(viewer, ann)).toMatchObject({ totalCount: 0, nodes: [] });
    expect(await tiesOf(anonymous, ann)).toBeUndefined();
  });

  test('cost the same number of statements however many there are', async () => {
    const document = '{ viewer { person { ties { totalCount nodes { state person { name } } } } } }';
    const before = (await hub.ask(ann, document)).statements;
    const others = await Promise.all(Array.from({ length: 5 }, () => hub.person()));
    await hand(
      hub.service,
      others.flatMap((other) => [met(ann, other, ago(2)), met(other, ann, ago(1))]),
    );
    const answer = await hub.ask<{ viewer: { person: { ties: Ties } } }>(ann, document);
    expect(answer.data.viewer.person.ties.totalCount).toBe(7);
    expect(answer.statements).toBe(before);
  });
});

describe('the tie to one person', () => {
  beforeEach(() => hand(hub.service, [met(ann, bob, ago(1))]));

  test('is seen by both, each from the side asked for', async () => {
    const seen = {
      state: 'CONTACT',
      given: expect.closeTo(2 ** (-1 / 60), 4),
      received: 0,
      person: { id: bob.personId },
    };
    expect([await tieTo(ann, ann, bob), await tieTo(bob, ann, bob)]).toEqual([seen, seen]);
    expect(await tieTo(ann, bob, ann)).toMatchObject({ given: 0, person: { id: ann.personId } });
  });

  test('is not there for anybody else', async () => {
    expect([await tieTo(cem, ann, bob), await tieTo(hub.admin, ann, bob), await tieTo(ann, ann, cem)]).toEqual([
      null,
      null,
      null,
    ]);
  });
});

describe('tieChanged', () => {
  const subscription =
    'subscription ($after: Cursor) { tieChanged(after: $after) { kind time tie { state person { id } } } }';

  test('tells both of their tie, from their side, and nobody else', async () => {
    const after = await presentOf(hub.service);
    await hand(hub.service, [met(ann, bob, ago(3)), met(bob, ann, ago(2))]);
    const { cursor } = await hub.change(hub.admin, 'formTeam', { name: 'The last event' });
    const told = async (viewer: PersonViewer) => {
      const stream = await openStream(hub.service, viewer, subscription, { after });
      const events = await stream.eventsUpTo(cursor ?? '');
      stream.end();
      return events.map(({ result }) => result.data?.tieChanged);
    };
    const tie = (person: PersonViewer) => ({ state: 'RECIPROCAL', person: { id: person.personId } });
    expect(await told(ann)).toMatchObject([
      { kind: 'FORMED', tie: tie(bob) },
      { kind: 'RECIPROCATED', tie: tie(bob) },
    ]);
    expect(await told(bob)).toMatchObject([
      { kind: 'FORMED', tie: tie(ann) },
      { kind: 'RECIPROCATED', tie: tie(ann) },
    ]);
    expect([await told(cem), await told(hub.admin)]).toEqual([[], []]);
  });

  test('is for who is signed in', async () => {
    expect(await refusalOf(hub.service, anonymous, subscription)).toBe('UNAUTHENTICATED');
  });
});
