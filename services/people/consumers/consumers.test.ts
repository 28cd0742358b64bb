import type { PersonViewer } from '#kernel/auth/viewer.js';
import type { EventData } from '#kernel/events/catalogue.js';
import { mintId } from '#kernel/ids/id.js';
import { type PeopleFixture, startPeople } from '../people.fixture.js';
import { eventOf, hand, storedTie } from '../tie/ties.fixture.js';

let hub: PeopleFixture;
let [ann, bob, cem]: PersonViewer[] = [];

beforeAll(async () => {
  hub = await startPeople();
});

beforeEach(async () => {
  [ann, bob, cem] = [await hub.person(), await hub.person(), await hub.person()];
});

afterAll(() => hub.stop());

const idOf = (person: PersonViewer | undefined) => person?.personId ?? '';
const day = '2026-03-02';

type Contribution = EventData<'ideas.contribution.added'>;
const contributed = (person: PersonViewer | undefined, at: string, data: Partial<Contribution> = {}) =>
  eventOf({
    type: 'ideas.contribution.added',
    subject: mintId('Contribution'),
    actor: idOf(person),
    at,
    data: {
      ...{ idea: 'idea_1', type: 'build', challenge: null, replyTo: null, repliedTo: null },
      ...{ ideaAuthors: [], party: null },
      ...data,
    },
  });

type Message = EventData<'conversations.message.posted'>;
const posted = (person: PersonViewer | undefined, at: string, data: Partial<Message> = {}) =>
  eventOf({
    type: 'conversations.message.posted',
    subject: mintId('Message'),
    actor: idOf(person),
    at,
    data: {
      ...{ conversation: 'conversation_1', idea: null, channel: 'internal', replyTo: null, repliedTo: null },
      ...{ mentions: [], party: null },
      ...data,
    },
  });

const met = (from: PersonViewer | undefined, to: PersonViewer | undefined, at: string, weight = 1, type = 'meeting') =>
  eventOf({
    type: 'people.interaction.recorded',
    subject: mintId('Interaction'),
    actor: idOf(from),
    at,
    data: { from: idOf(from), to: idOf(to), type, weight },
  });

const weight = async (from: PersonViewer | undefined, to: PersonViewer | undefined) =>
  (await storedTie(hub.service, idOf(from), idOf(to)))?.weight ?? 0;

describe('what people do towards each other weighs', () => {
  const at = `${day}T10:00:00Z`;

  test('1 for a reply to a message', async () => {
    await hand(hub.service, [posted(ann, at, { replyTo: 'message_1', repliedTo: idOf(bob) })]);
    expect([await weight(ann, bob), await weight(bob, ann)]).toEqual([expect.closeTo(1), 0]);
  });

  test('1 for an answer to a contribution', async () => {
    const idea = mintId('Idea');
    await hand(hub.service, [contributed(ann, at, { idea, replyTo: 'contribution_1', repliedTo: idOf(bob) })]);
    expect(await weight(ann, bob)).toBeCloseTo(1);
  });

  test('0.5 for a mention, and nothing for more than eight', async () => {
    const crowd = Array.from({ length: 8 }, () => mintId('Person'));
    await hand(hub.service, [
      posted(ann, at, { mentions: [idOf(bob)] }),
      posted(ann, at, { mentions: [idOf(cem), ...crowd] }),
    ]);
    expect([await weight(ann, bob), await weight(ann, cem)]).toEqual([expect.closeTo(0.5), 0]);
  });

  test('0.5 for a mention that was added later', async () => {
    const data = { conversation: 'conversation_1', idea: null, mentions: [idOf(bob)], newMentions: [idOf(bob)] };
    const edited = { type: 'conversations.message.edited', subject: 'message_1', actor: idOf(ann), at, data } as const;
    await hand(hub.service, [eventOf(edited)]);
    expect(await weight(ann, bob)).toBeCloseTo(0.5);
  });

  test('0.25 for an endorsement, towards each author', async () => {
    const data = { person: idOf(ann), ideaAuthors: [idOf(ann), idOf(bob), idOf(cem)] };
    await hand(hub.service, [eventOf({ type: 'ideas.idea.endorsed', subject: 'idea_1', actor: idOf(ann), at, data })]);
    expect([await weight(ann, bob), await weight(ann, cem), await weight(ann, ann)]).toEqual([
      expect.closeTo(0.25),
      expect.closeTo(0.25),
      0,
    ]);
  });

  test('0.1 for a reaction, whatever the number of emojis', async () => {
    const react = (emoji: string) =>
      eventOf({
        type: 'conversations.message.reacted',
        subject: 'message_1',
        actor: idOf(ann),
        at,
        data: { conversation: 'conversation_1', emoji, messageAuthor: idOf(bob) },
      });
    await hand(hub.service, [react('👍'), react('🎉')]);
    expect(await weight(ann, bob)).toBeCloseTo(0.1);
  });

  test('what an imported interaction says', async () => {
    await hand(hub.service, [met(ann, bob, at, 3)]);
    expect(await weight(ann, bob)).toBeCloseTo(3);
  });

  test('nothing towards oneself', async () => {
    await hand(hub.service, [posted(ann, at, { replyTo: 'message_1', repliedTo: idOf(ann), mentions: [idOf(ann)] })]);
    expect(await weight(ann, ann)).toBe(0);
  });
});

describe('the same', () => {
  test('counts once a day, from its first time', async () => {
    await hand(hub.service, [met(ann, bob, `${day}T12:00:00Z`, 5)]);
    await hand(hub.service, [met(ann, bob, `${day}T10:00:00Z`, 1), met(ann, bob, `${day}T14:00:00Z`, 2)]);
    expect(await storedTie(hub.service, idOf(ann), idOf(bob))).toMatchObject({
      weight: expect.closeTo(1),
      lastAt: new Date(`${day}T10:00:00Z`),
    });
  });

  test('counts again on the next day, in the other direction, or of another kind', async () => {
    await hand(hub.service, [
      met(ann, bob, `${day}T10:00:00Z`),
      met(ann, bob, `${day}T10:00:00Z`, 1, 'work'),
      met(bob, ann, `${day}T10:00:00Z`),
      met(ann, bob, '2026-03-03T10:00:00Z'),
    ]);
    expect(await storedTie(hub.service, idOf(bob), idOf(ann))).toMatchObject({
      weight: expect.closeTo(2 ** (-1 / 60)),
      returned: expect.closeTo(1 + 2 * 2 ** (-1 / 60)),
    });
  });
});

describe('who contributes to an idea', () => {
  test('deals with those who contributed within 14 days before', async () => {
    const idea = mintId('Idea');
    await hand(hub.service, [
      contributed(ann, '2026-03-01T10:00:00Z', { idea }),
      contributed(bob, '2026-03-10T10:00:00Z', { idea }),
      contributed(cem, '2026-03-15T10:00:01Z', { idea }),
    ]);
    expect([await weight(bob, ann), await weight(cem, bob), await weight(cem, ann), await weight(ann, bob)]).toEqual([
      expect.closeTo(0.5),
      expect.closeTo(0.5),
      0,
      0,
    ]);
  });

  test('deals with the ten who did so last, also when one of them becomes known only later', async () => {
    const idea = mintId('Idea');
    const others = await Promise.all(Array.from({ length: 11 }, () => hub.person()));
    const at = (hour: number) => `${day}T${String(hour).padStart(2, '0')}:00:00Z`;
    const [late, ...known] = others.map((person, place) => contributed(person, at(place + 2), { idea }));
    const first = contributed(bob, at(1), { idea });
    await hand(hub.service, [first, ...known.slice(1), contributed(ann, at(20), { idea })]);
    expect(await weight(ann, bob)).toBeCloseTo(0.5);
    await hand(hub.service, [known[0] ?? first, late ?? first]);
    expect(await storedTie(hub.service, idOf(ann), idOf(bob))).toBeUndefined();
    expect(await weight(ann, others[1])).toBeCloseTo(0.5);
    expect(await weight(ann, others[0])).toBe(0);
  });
});

describe('events in any order, and more than once', () => {
  /** Three people over half a year, in ways that depend on each other. */
  const story = (people: readonly PersonViewer[], idea: string) => {
    const [a, b, c] = people;
    return [
      contributed(a, '2026-01-05T09:00:00Z', { idea }),
      contributed(b, '2026-01-05T11:00:00Z', { idea, replyTo: 'contribution_1', repliedTo: idOf(a) }),
      contributed(c, '2026-01-05T12:00:00Z', { idea }),
      contributed(a, '2026-01-12T08:00:00Z', { idea }),
      posted(b, '2026-01-20T08:00:00Z', { mentions: [idOf(a), idOf(c)] }),
      posted(b, '2026-01-20T18:00:00Z', { mentions: [idOf(a)] }),
      met(c, a, '2026-01-20T08:00:00Z', 0.7),
      met(c, a, '2026-01-20T07:00:00Z', 0.2),
      met(a, c, '2026-02-01T10:00:00Z', 2, 'work'),
      met(a, b, '2026-06-01T10:00:00Z', 0.3),
      met(b, c, '2026-06-01T10:00:00Z', 0.3),
      met(c, b, '2026-06-02T10:00:00Z', 0.6),
    ];
  };
  const states = async (people: readonly PersonViewer[]) => {
    const pairs = people.flatMap((one) =>
      people.filter((other) => other !== one).map((other) => [one, other] as const),
    );
    return Promise.all(pairs.map(([one, other]) => storedTie(hub.service, idOf(one), idOf(other))));
  };
  const three = () => Promise.all([hub.person(), hub.person(), hub.person()]);

  test('end in the same state', async () => {
    const people = await three();
    await hand(hub.service, story(people, mintId('Idea')));
    const expected = (await states(people)).map((tie) =>
      tie === undefined
        ? undefined
        : { ...tie, weight: expect.closeTo(tie.weight, 9), returned: expect.closeTo(tie.returned, 9) },
    );
    expect(expected.map((tie) => tie?.state)).toEqual(expect.arrayContaining(['revived', 'reciprocal']));
    for (const shuffle of shuffles) {
      const others = await three();
      const events = shuffle(story(others, mintId('Idea')));
      for (const event of [...events, ...events.slice(0, 4)]) await hand(hub.service, [event]);
      expect(await states(others)).toEqual(expected);
    }
  });

  const shuffles = [
    <Item>(items: Item[]) => items.toReversed(),
    <Item>(items: Item[]) =>
      items.filter((_, place) => place % 2 === 1).concat(items.filter((_, place) => place % 2 === 0)),
    <Item>(items: Item[]) => items.map((_, place) => items[(place * 5) % items.length] as Item),
  ];
});
