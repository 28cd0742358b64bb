import { eventAt } from '#test/hub/read-events.js';
import { openChallenge, type Story, seed, submitIdea } from '#test/hub/seed.js';
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
  readonly challenge: Record<string, unknown> | null;
  readonly cursor: string | null;
  readonly errors: { code: string; path: string[] }[];
}

const hourMs = 3600 * 1000;
const inHours = (hours: number) => new Date(Date.now() + hours * hourMs).toISOString();

async function mutate(name: 'openChallenge' | 'reviseChallenge', input: object): Promise<Payload> {
  const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`;
  const document = `mutation ($input: ${type}!) { payload: ${name}(input: $input) {
    challenge { id title body closesAt author { id } space { id } } cursor errors { code path } } }`;
  return (await story.mira.run<{ payload: Payload }>(document, { input })).payload;
}

const open = (input: object) => mutate('openChallenge', { space: story.space, title: 'How?', ...input });

const badWords: [string, object, string][] = [
  ['without a title', { title: '' }, 'title'],
  ['with a title too long', { title: 'x'.repeat(301) }, 'title'],
  ['with a body too long', { body: 'x'.repeat(65_537) }, 'body'],
  ['closed before it begins', { closesAt: '2020-01-01T00:00:00Z' }, 'closesAt'],
];

describe('openChallenge', () => {
  test('puts a question to a space, and tells of it', async () => {
    const closesAt = inHours(5);
    const { challenge, cursor, errors } = await open({ title: ' Faster? ', body: 'By what?', closesAt });
    expect(errors).toEqual([]);
    expect(challenge).toMatchObject({
      title: 'Faster?',
      body: 'By what?',
      closesAt,
      author: { id: story.mira.id },
      space: { id: story.space },
    });
    expect(await eventAt(hub, 'ideas', cursor)).toMatchObject({
      type: 'ideas.challenge.opened',
      subject: challenge?.id,
      actor: story.mira.id,
      space: story.space,
      data: {},
    });
  });

  test.each(badWords)('is refused %s', async (_, input, field) => {
    expect((await open(input)).errors).toEqual([{ code: 'INVALID', path: ['input', field] }]);
  });
});

describe('reviseChallenge', () => {
  test('changes what is given, and tells of it', async () => {
    const challenge = await openChallenge(story.mira, story.space, { body: 'Stays' });
    const payload = await mutate('reviseChallenge', { challenge, title: 'New' });
    expect(payload.challenge).toMatchObject({ title: 'New', body: 'Stays', closesAt: null });
    expect(await eventAt(hub, 'ideas', payload.cursor)).toMatchObject({
      type: 'ideas.challenge.revised',
      subject: challenge,
      actor: story.mira.id,
      space: story.space,
      data: { changed: ['title'] },
    });
  });

  test.each(badWords)('is refused %s', async (_, input, field) => {
    const challenge = await openChallenge(story.mira, story.space);
    expect((await mutate('reviseChallenge', { challenge, ...input })).errors).toEqual([
      { code: 'INVALID', path: ['input', field] },
    ]);
  });

  test('is refused when it changes nothing', async () => {
    const challenge = await openChallenge(story.mira, story.space);
    expect((await mutate('reviseChallenge', { challenge })).errors).toEqual([{ code: 'INVALID', path: ['input'] }]);
  });
});

describe('challenges', () => {
  test('are listed newest first, all of them or only those that still take ideas', async () => {
    const closing = await openChallenge(story.mira, story.space, { closesAt: inHours(1) });
    const lasting = await openChallenge(story.mira, story.space);
    const ask = `query ($space: ID!, $open: Boolean!) {
      challenges(open: $open, first: 2) { nodes { id } } space(id: $space) { challenges(open: $open, first: 2) { nodes { id } } } }`;
    const list = async (open: boolean) => {
      const answer = await story.jon.run<{
        challenges: { nodes: { id: string }[] };
        space: { challenges: { nodes: { id: string }[] } };
      }>(ask, { space: story.space, open });
      expect(answer.space.challenges).toEqual(answer.challenges);
      return answer.challenges.nodes.map(({ id }) => id);
    };
    expect(await list(true)).toEqual([lasting, closing]);
    aheadMs = 2 * hourMs;
    expect(await list(false)).toEqual([lasting, closing]);
    expect(await list(true)).not.toContain(closing);
  });

  test('know the ideas that answer them', async () => {
    const challenge = await openChallenge(story.mira, story.space);
    const idea = await submitIdea(story.jon, story.space, { challenge });
    const answer = await story.mira.run(
      'query ($id: ID!) { challenge(id: $id) { ideas { totalCount nodes { id challenge { id } } } } }',
      { id: challenge },
    );
    expect(answer).toEqual({
      challenge: { ideas: { totalCount: 1, nodes: [{ id: idea, challenge: { id: challenge } }] } },
    });
  });
});
