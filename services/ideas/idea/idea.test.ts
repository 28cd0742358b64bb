import { mintId } from '#kernel/ids/id.js';
import { eventAt, eventsOf } from '#test/hub/read-events.js';
import { openChallenge, openSpace, type Story, seed, submitIdea } from '#test/hub/seed.js';
import { startTestHub, type TestHub } from '#test/hub/test-hub.js';

let hub: TestHub;
let story: Story;
let aheadMs = 0;

beforeAll(async () => {
  hub = await startTestHub({ now: () => new Date(Date.now() + aheadMs) });
  story = await seed(hub);
});

afterAll(async () => {
  await hub.stop();
});

afterEach(() => {
  aheadMs = 0;
});

interface Payload {
  readonly idea: Record<string, unknown> | null;
  readonly cursor: string | null;
  readonly errors: { code: string; path: string[] }[];
}

const fields = 'id title body stage tags revision authors { id } team { id } challenge { id } createdAt updatedAt';

async function mutate(
  name: 'submitIdea' | 'reviseIdea' | 'moveIdea',
  input: object,
  as = story.mira,
): Promise<Payload> {
  const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`;
  const document = `mutation ($input: ${type}!) { payload: ${name}(input: $input) { idea { ${fields} } cursor errors { code path } } }`;
  return (await as.run<{ payload: Payload }>(document, { input })).payload;
}

const submit = (input: object) => mutate('submitIdea', { space: story.space, title: 'An idea', ...input });

describe('submitIdea', () => {
  test('brings an idea into a space, by who submits it', async () => {
    const { idea, errors } = await submit({ title: '  Spare parts by bike ', body: 'Fast.', tags: ['a', 'b', 'a'] });
    expect(errors).toEqual([]);
    expect(idea).toMatchObject({
      title: 'Spare parts by bike',
      body: 'Fast.',
      stage: 'submitted',
      tags: ['a', 'b'],
      revision: 1,
      authors: [{ id: story.mira.id }],
      team: null,
      challenge: null,
    });
  });

  test('tells of it in the log, at the place of its cursor', async () => {
    const challenge = await openChallenge(story.mira, story.space);
    const earlier = await submitIdea(story.jon, story.space);
    const authors = [story.jon.id, story.mira.id];
    const { idea, cursor } = await submit({ challenge, buildsOn: [earlier, earlier], authors });
    expect(await eventAt(hub, 'ideas', cursor)).toMatchObject({
      type: 'ideas.idea.submitted',
      subject: idea?.id,
      actor: story.mira.id,
      space: story.space,
      data: { authors, team: null, challenge, buildsOn: [earlier], stage: 'submitted' },
    });
  });

  test.each<[string, () => object | Promise<object>, string, string]>([
    ['without a title', () => ({ title: ' ' }), 'INVALID', 'title'],
    ['with a title too long', () => ({ title: 'x'.repeat(301) }), 'INVALID', 'title'],
    ['with a body too long', () => ({ body: 'x'.repeat(65_537) }), 'INVALID', 'body'],
    ['with too many tags', () => ({ tags: Array.from({ length: 51 }, String) }), 'INVALID', 'tags'],
    ['with an empty tag', () => ({ tags: [''] }), 'INVALID', 'tags'],
    ['by somebody who is no person', () => ({ authors: [mintId('Team')] }), 'INVALID', 'authors'],
    ['by too many', () => ({ authors: Array.from({ length: 101 }, () => mintId('Person')) }), 'INVALID', 'authors'],
    ['of a team that is none', () => ({ team: story.mira.id }), 'INVALID', 'team'],
    ['with teams that are none', () => ({ participatingTeams: ['x'] }), 'INVALID', 'participatingTeams'],
    ['building on what is not there', () => ({ buildsOn: [mintId('Idea')] }), 'NOT_FOUND', 'buildsOn'],
    [
      'building on what is hidden',
      async () => ({ buildsOn: [await hiddenIdea()], space: await openSpace(hub, story.jon) }),
      'NOT_FOUND',
      'buildsOn',
    ],
    ['answering what is not there', () => ({ challenge: mintId('Challenge') }), 'NOT_FOUND', 'challenge'],
    [
      'answering a challenge of another space',
      async () => ({ challenge: await openChallenge(story.mira, story.hidden) }),
      'NOT_FOUND',
      'challenge',
    ],
  ])('is refused %s', async (_, input, code, field) => {
    const { idea, errors } = await mutate(
      'submitIdea',
      { space: story.space, title: 'An idea', ...(await input()) },
      story.jon,
    );
    expect({ idea, errors }).toEqual({ idea: null, errors: [{ code, path: ['input', field] }] });
  });

  test('is refused for a challenge that has closed', async () => {
    const challenge = await openChallenge(story.mira, story.space, { closesAt: inHours(1) });
    expect((await submit({ challenge })).errors).toEqual([]);
    aheadMs = 2 * hourMs;
    expect((await submit({ challenge })).errors).toEqual([{ code: 'CLOSED', path: ['input', 'challenge'] }]);
  });

  test('that was in time gets its first answer when it is repeated after the challenge closed', async () => {
    const input = {
      challenge: await openChallenge(story.mira, story.space, { closesAt: inHours(1) }),
      idempotencyKey: 'in time',
    };
    const first = await submit(input);
    aheadMs = 2 * hourMs;
    expect(await submit(input)).toEqual(first);
  });
});

const hourMs = 3600 * 1000;
const inHours = (hours: number) => new Date(Date.now() + hours * hourMs).toISOString();
const hiddenIdea = () => submitIdea(story.mira, story.hidden);

describe('reviseIdea', () => {
  test('changes what is given and leaves the rest', async () => {
    const idea = await submitIdea(story.mira, story.space, { title: 'Old', body: 'Stays', tags: ['stays'] });
    const payload = await mutate('reviseIdea', { idea, baseRevision: 1, title: 'New' });
    expect(payload.idea).toMatchObject({ title: 'New', body: 'Stays', tags: ['stays'], revision: 2 });
  });

  test('tells of it in the log', async () => {
    const idea = await submitIdea(story.mira, story.space);
    const { cursor } = await mutate('reviseIdea', { idea, baseRevision: 1, body: '', tags: [] });
    expect(await eventAt(hub, 'ideas', cursor)).toMatchObject({
      type: 'ideas.idea.revised',
      subject: idea,
      actor: story.mira.id,
      space: story.space,
      data: { revision: 2, changed: ['body', 'tags'], authors: [story.mira.id] },
    });
  });

  test('of two editors with the same base lets one win and tells the other', async () => {
    const idea = await submitIdea(story.mira, story.space);
    const answers = await Promise.all(
      ['A', 'B', 'C'].map((title) => mutate('reviseIdea', { idea, baseRevision: 1, title })),
    );
    const refused = answers.flatMap(({ errors }) => errors);
    expect(answers.filter(({ errors }) => errors.length === 0)).toHaveLength(1);
    expect(refused).toEqual(Array(2).fill({ code: 'STALE_REVISION', path: ['input', 'baseRevision'] }));
  });

  test.each([
    ['that changes nothing', {}, []],
    ['with an empty title', { title: '' }, ['title']],
    ['with a body too long', { body: 'x'.repeat(65_537) }, ['body']],
    ['with a tag too long', { tags: ['x'.repeat(101)] }, ['tags']],
  ])('%s is refused', async (_, change, path) => {
    const idea = await submitIdea(story.mira, story.space);
    const { errors } = await mutate('reviseIdea', { idea, baseRevision: 1, ...change });
    expect(errors).toEqual([{ code: 'INVALID', path: ['input', ...path] }]);
  });

  test('keeps the earlier words, newest first, with who wrote them', async () => {
    const idea = await submitIdea(story.mira, story.space, { title: 'One' });
    await mutate('reviseIdea', { idea, baseRevision: 1, title: 'Two' });
    const answer = await story.jon.run(
      'query ($idea: ID!) { idea(id: $idea) { revisions { totalCount nodes { revision title editor { id } } } } }',
      { idea },
    );
    const editor = { id: story.mira.id };
    expect(answer).toEqual({
      idea: {
        revisions: {
          totalCount: 2,
          nodes: [
            { revision: 2, title: 'Two', editor },
            { revision: 1, title: 'One', editor },
          ],
        },
      },
    });
  });
});

describe('moveIdea', () => {
  test('moves an idea to any stage the space has a word for, and tells of it', async () => {
    const idea = await submitIdea(story.mira, story.space);
    const payload = await mutate('moveIdea', { idea, stage: 'tried with a customer' });
    expect(payload.idea).toMatchObject({ stage: 'tried with a customer', revision: 1 });
    expect(await eventAt(hub, 'ideas', payload.cursor)).toMatchObject({
      type: 'ideas.idea.stageMoved',
      subject: idea,
      actor: story.mira.id,
      space: story.space,
      data: { from: 'submitted', to: 'tried with a customer' },
    });
  });

  test('to where it stands changes nothing', async () => {
    const idea = await submitIdea(story.mira, story.space);
    const events = (await eventsOf(hub, 'ideas')).length;
    expect(await mutate('moveIdea', { idea, stage: 'submitted' })).toMatchObject({ cursor: null, errors: [] });
    expect(await eventsOf(hub, 'ideas')).toHaveLength(events);
  });

  test('to two places at once ends at one of them', async () => {
    const idea = await submitIdea(story.mira, story.space);
    const answers = await Promise.all(['a', 'b', 'c'].map((stage) => mutate('moveIdea', { idea, stage })));
    for (const { errors } of answers) {
      if (errors.length > 0) expect(errors).toEqual([{ code: 'STALE_REVISION', path: ['input', 'stage'] }]);
    }
    const moves = (await eventsOf(hub, 'ideas')).filter(
      (e) => e.subject === idea && e.type === 'ideas.idea.stageMoved',
    );
    expect(moves).toHaveLength(answers.filter(({ errors }) => errors.length === 0).length);
  });

  test.each(['', ' ', 'x'.repeat(201)])('to a stage of no words or too many is refused: %.5j', async (stage) => {
    const idea = await submitIdea(story.mira, story.space);
    expect((await mutate('moveIdea', { idea, stage })).errors).toEqual([{ code: 'INVALID', path: ['input', 'stage'] }]);
  });
});
