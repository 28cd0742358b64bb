import { mintId } from '#kernel/ids/id.js';
import { eventAt } from '#test/hub/read-events.js';
import { contribute, type Story, seed, submitIdea } from '#test/hub/seed.js';
import { startTestHub, type TestHub } from '#test/hub/test-hub.js';

let hub: TestHub;
let story: Story;
let idea: string;

beforeAll(async () => {
  hub = await startTestHub();
  story = await seed(hub);
  idea = await submitIdea(story.mira, story.space);
});

afterAll(async () => {
  await hub.stop();
});

interface Payload {
  readonly contribution: Record<string, unknown> | null;
  readonly cursor: string | null;
  readonly errors: { code: string; path: string[] }[];
}

const fields = 'id type body author { id } idea { id } replyTo { id }';

async function mutate(
  name: 'contributeToIdea' | 'reviseContribution',
  input: object,
  as = story.jon,
): Promise<Payload> {
  const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`;
  const document = `mutation ($input: ${type}!) { payload: ${name}(input: $input) { contribution { ${fields} } cursor errors { code path } } }`;
  return (await as.run<{ payload: Payload }>(document, { input })).payload;
}

describe('contributeToIdea', () => {
  test.each(['BUILD', 'QUESTION', 'EVIDENCE', 'CONCERN'])('adds a %s to an idea of somebody else', async (type) => {
    const { contribution, errors } = await mutate('contributeToIdea', { idea, type, body: 'And by boat?' });
    expect(errors).toEqual([]);
    expect(contribution).toMatchObject({
      type,
      body: 'And by boat?',
      author: { id: story.jon.id },
      idea: { id: idea },
      replyTo: null,
    });
  });

  test('tells of it in the log, with those whom it concerns', async () => {
    const replyTo = await contribute(story.mira, idea);
    const { contribution, cursor } = await mutate('contributeToIdea', { idea, type: 'CONCERN', body: 'Rain', replyTo });
    expect(await eventAt(hub, 'ideas', cursor)).toMatchObject({
      type: 'ideas.contribution.added',
      subject: contribution?.id,
      actor: story.jon.id,
      space: story.space,
      data: { idea, type: 'concern', challenge: null, replyTo, repliedTo: story.mira.id, ideaAuthors: [story.mira.id] },
    });
  });

  test('makes the idea the most recently active one', async () => {
    const quiet = await submitIdea(story.mira, story.space);
    await contribute(story.jon, idea);
    const { ideas } = await story.jon.run<{ ideas: { nodes: { id: string }[] } }>(
      '{ ideas(orderBy: RECENTLY_ACTIVE, first: 2) { nodes { id } } }',
    );
    expect(ideas.nodes.map(({ id }) => id)).toEqual([idea, quiet]);
  });

  test.each<[string, () => object | Promise<object>, string, string]>([
    ['without words', () => ({ body: ' ' }), 'INVALID', 'body'],
    ['with too many words', () => ({ body: 'x'.repeat(65_537) }), 'INVALID', 'body'],
    ['as an answer to what is not there', () => ({ replyTo: mintId('Contribution') }), 'NOT_FOUND', 'replyTo'],
    [
      'as an answer to what was said elsewhere',
      async () => ({ replyTo: await contribute(story.mira, await submitIdea(story.mira, story.space)) }),
      'NOT_FOUND',
      'replyTo',
    ],
  ])('is refused %s', async (_, input, code, field) => {
    const payload = await mutate('contributeToIdea', { idea, type: 'BUILD', body: 'x', ...(await input()) });
    expect(payload).toEqual({ contribution: null, cursor: null, errors: [{ code, path: ['input', field] }] });
  });
});

describe('reviseContribution', () => {
  test('changes the words and the type, and tells of it', async () => {
    const contribution = await contribute(story.jon, idea);
    const payload = await mutate('reviseContribution', { contribution, type: 'EVIDENCE', body: 'Measured' });
    expect(payload.contribution).toMatchObject({ id: contribution, type: 'EVIDENCE', body: 'Measured' });
    expect(await eventAt(hub, 'ideas', payload.cursor)).toMatchObject({
      type: 'ideas.contribution.revised',
      subject: contribution,
      actor: story.jon.id,
      space: story.space,
      data: { idea, type: 'evidence' },
    });
  });

  test.each([
    ['that changes nothing', {}, []],
    ['without words', { body: '' }, ['body']],
  ])('%s is refused', async (_, change, path) => {
    const contribution = await contribute(story.jon, idea);
    const { errors } = await mutate('reviseContribution', { contribution, ...change });
    expect(errors).toEqual([{ code: 'INVALID', path: ['input', ...path] }]);
  });
});

describe('contributions', () => {
  let asked: string;
  let build: string;
  let question: string;

  beforeAll(async () => {
    asked = await submitIdea(story.mira, story.space);
    build = await contribute(story.jon, asked);
    question = await contribute(story.mira, asked, { type: 'QUESTION', replyTo: build });
  });

  test.each([
    ['', () => [build, question]],
    ['(orderBy: LATEST)', () => [question, build]],
    ['(types: [QUESTION])', () => [question]],
    ['(types: [])', () => []],
  ])('of an idea are given as asked for: %s', async (args, expected) => {
    const { idea } = await story.jon.run<{ idea: { contributions: { totalCount: number; nodes: { id: string }[] } } }>(
      `query ($id: ID!) { idea(id: $id) { contributions${args} { totalCount nodes { id } } } }`,
      { id: asked },
    );
    expect(idea.contributions).toEqual({ totalCount: expected().length, nodes: expected().map((id) => ({ id })) });
  });

  test('are found by who made them and by what they answer', async () => {
    const answer = await story.jon.run(
      `query ($person: ID!, $id: ID!) {
        person(id: $person) { contributions(first: 1) { nodes { id } } }
        contribution(id: $id) { replies { nodes { id } } } }`,
      { person: story.mira.id, id: build },
    );
    expect(answer).toEqual({
      person: { contributions: { nodes: [{ id: question }] } },
      contribution: { replies: { nodes: [{ id: question }] } },
    });
  });
});
