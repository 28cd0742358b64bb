import { eventAt, eventsOf } from '#test/hub/read-events.js';
import { endorse, type Story, seed, submitIdea } from '#test/hub/seed.js';
import { startTestHub, type TestHub } from '#test/hub/test-hub.js';

let hub: TestHub;
let story: Story;
let idea: string;

beforeAll(async () => {
  hub = await startTestHub();
  story = await seed(hub);
});

afterAll(async () => {
  await hub.stop();
});

beforeEach(async () => {
  idea = await submitIdea(story.mira, story.space);
});

async function mutate(name: 'endorseIdea' | 'withdrawEndorsement', as = story.jon) {
  const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`;
  const { payload } = await as.run<{ payload: { cursor: string | null } }>(
    `mutation ($input: ${type}!) { payload: ${name}(input: $input) { cursor errors { code }
       idea { viewerEndorses endorsements { totalCount nodes { person { id } idea { id } } } } } }`,
    { input: { idea } },
  );
  return payload;
}

const events = async () => (await eventsOf(hub, 'ideas')).filter((event) => event.subject === idea).slice(1);

describe('endorseIdea', () => {
  test('gives the support of who asks, once', async () => {
    const payload = await mutate('endorseIdea');
    const endorsements = { totalCount: 1, nodes: [{ person: { id: story.jon.id }, idea: { id: idea } }] };
    expect(payload).toMatchObject({ errors: [], idea: { viewerEndorses: true, endorsements } });
    expect(await mutate('endorseIdea')).toMatchObject({ cursor: null, errors: [], idea: { endorsements } });
    expect(await events()).toHaveLength(1);
  });

  test('tells of it in the log', async () => {
    const { cursor } = await mutate('endorseIdea');
    expect(await eventAt(hub, 'ideas', cursor)).toMatchObject({
      type: 'ideas.idea.endorsed',
      subject: idea,
      actor: story.jon.id,
      space: story.space,
      data: { person: story.jon.id, ideaAuthors: [story.mira.id] },
    });
  });

  test('by two clicks at once counts once', async () => {
    await Promise.all(Array.from({ length: 5 }, () => mutate('endorseIdea')));
    expect(await mutate('endorseIdea')).toMatchObject({ idea: { endorsements: { totalCount: 1 } } });
    expect(await events()).toHaveLength(1);
  });

  test('by several people counts each of them', async () => {
    await Promise.all([mutate('endorseIdea'), mutate('endorseIdea', story.mira)]);
    expect(await mutate('endorseIdea')).toMatchObject({ idea: { endorsements: { totalCount: 2 } } });
  });
});

describe('withdrawEndorsement', () => {
  test('takes it back, and tells of it', async () => {
    await endorse(story.jon, idea);
    const payload = await mutate('withdrawEndorsement');
    expect(payload).toMatchObject({ idea: { viewerEndorses: false, endorsements: { totalCount: 0, nodes: [] } } });
    expect(await eventAt(hub, 'ideas', payload.cursor)).toMatchObject({
      type: 'ideas.idea.endorsementWithdrawn',
      subject: idea,
      actor: story.jon.id,
      space: story.space,
      data: { person: story.jon.id },
    });
  });

  test('without an endorsement changes nothing', async () => {
    expect(await mutate('withdrawEndorsement')).toMatchObject({ cursor: null, errors: [] });
    expect(await events()).toEqual([]);
  });

  test('can be followed by a new endorsement', async () => {
    await endorse(story.jon, idea);
    await mutate('withdrawEndorsement');
    expect(await mutate('endorseIdea')).toMatchObject({ idea: { endorsements: { totalCount: 1 } } });
    expect((await events()).map(({ type }) => type)).toEqual([
      'ideas.idea.endorsed',
      'ideas.idea.endorsementWithdrawn',
      'ideas.idea.endorsed',
    ]);
  });
});

describe('what a person endorses', () => {
  test('is listed without what the asker may not see', async () => {
    const hidden = await submitIdea(story.mira, story.hidden);
    await endorse(story.mira, idea);
    await endorse(story.mira, hidden);
    const ask = 'query ($id: ID!) { person(id: $id) { endorsements { totalCount nodes { idea { id } } } } }';
    const listed = (ids: string[]) => ({
      person: { endorsements: { totalCount: ids.length, nodes: ids.map((id) => ({ idea: { id } })) } },
    });
    expect(await story.jon.run(ask, { id: story.mira.id })).toEqual(listed([idea].concat(await othersOf(idea))));
    expect(
      (await story.mira.run<ReturnType<typeof listed>>(ask, { id: story.mira.id })).person.endorsements.nodes[0],
    ).toEqual({ idea: { id: hidden } });
  });

  /** What mira endorsed in the tests before. */
  async function othersOf(latest: string): Promise<string[]> {
    return (await eventsOf(hub, 'ideas'))
      .filter((event) => event.type === 'ideas.idea.endorsed' && event.actor === story.mira.id)
      .filter((event) => event.space === story.space && event.subject !== latest)
      .map((event) => event.subject)
      .reverse();
  }
});
