import type { TestClient } from '#test/hub/graphql-client.js';
import { contribute, endorse, openChallenge, type Story, seed, submitIdea } from '#test/hub/seed.js';
import { startTestHub, type TestHub } from '#test/hub/test-hub.js';

let hub: TestHub;
let story: Story;
let now = Date.now();
/** Submitted a minute apart, in this order. */
let bike: string;
let boat: string;
let cafe: string;
let challenge: string;
let team: string;

beforeAll(async () => {
  hub = await startTestHub({ now: () => new Date(now) });
  story = await seed(hub);
  const { mira, jon, space } = story;
  const formed = await hub.admin.run<{ formTeam: { team: { id: string } } }>(
    'mutation { formTeam(input: { name: "Riders" }) { team { id } } }',
  );
  team = formed.formTeam.team.id;
  challenge = await openChallenge(mira, space);
  bike = await later(() => submitIdea(mira, space, { title: 'Spare parts by bike', tags: ['fast', 'green'], team }));
  boat = await later(() =>
    submitIdea(jon, space, {
      title: 'By boat',
      body: 'Spare <b>parts</b> & crates, <img src=x onerror=alert(1)',
      tags: ['green'],
      challenge,
    }),
  );
  cafe = await later(() =>
    submitIdea(jon, space, { title: 'Café für Kunden', buildsOn: [bike, boat], participatingTeams: [team] }),
  );
  await later(() => hub.admin.run(moveToTried, { idea: boat }));
  await later(() => endorse(mira, bike));
  await later(() => contribute(jon, boat));
});

afterAll(async () => {
  await hub.stop();
});

const moveToTried = 'mutation ($idea: ID!) { moveIdea(input: { idea: $idea, stage: "tried" }) { errors { code } } }';

async function later<Result>(work: () => Promise<Result>): Promise<Result> {
  now += 60_000;
  return work();
}

interface Page {
  readonly totalCount: number;
  readonly nodes: { readonly id: string }[];
}

const idsIn = ({ nodes }: Page) => nodes.map(({ id }) => id);

async function find(filter: object | null, orderBy = 'OLDEST', as: TestClient = story.jon): Promise<string[]> {
  const { ideas, space } = await as.run<{ ideas: Page; space: { ideas: Page } }>(
    `query ($space: ID!, $filter: IdeaFilter, $orderBy: IdeaOrder!) {
      ideas(filter: $filter, orderBy: $orderBy) { totalCount nodes { id } }
      space(id: $space) { ideas(filter: $filter, orderBy: $orderBy) { totalCount nodes { id } } } }`,
    { space: story.space, filter, orderBy },
  );
  expect(space.ideas).toEqual(ideas);
  expect(ideas.totalCount).toBe(ideas.nodes.length);
  return idsIn(ideas);
}

describe('ideas', () => {
  test.each<[string, () => object | null, () => string[]]>([
    ['without a filter', () => null, () => [bike, boat, cafe]],
    ['of a space', () => ({ space: story.space }), () => [bike, boat, cafe]],
    ['of a space that is not there', () => ({ space: 'space_x' }), () => []],
    ['of an author', () => ({ author: story.jon.id }), () => [boat, cafe]],
    ['of a team that leads or takes part', () => ({ team }), () => [bike, cafe]],
    ['of a challenge', () => ({ challenge }), () => [boat]],
    ['in one of some stages', () => ({ stages: ['tried', 'done'] }), () => [boat]],
    ['in no stage at all', () => ({ stages: [] }), () => []],
    ['with all of some tags', () => ({ tags: ['green', 'fast'] }), () => [bike]],
    ['with no tag asked for', () => ({ tags: [] }), () => [bike, boat, cafe]],
    ['with several conditions', () => ({ author: story.jon.id, tags: ['green'] }), () => [boat]],
  ])('are found %s', async (_, filter, expected) => {
    expect(await find(filter())).toEqual(expected());
  });

  test('are found by when they were submitted, the start included and the end not', async () => {
    const { idea } = await story.jon.run<{ idea: { createdAt: string } }>(
      'query ($id: ID!) { idea(id: $id) { createdAt } }',
      { id: boat },
    );
    expect(await find({ submittedSince: idea.createdAt })).toEqual([boat, cafe]);
    expect(await find({ submittedBefore: idea.createdAt })).toEqual([bike]);
  });

  test.each<[string, () => string[]]>([
    ['LATEST', () => [cafe, boat, bike]],
    ['OLDEST', () => [bike, boat, cafe]],
    ['RECENTLY_ACTIVE', () => [boat, bike, cafe]],
    ['MOST_ENDORSED', () => [bike, cafe, boat]],
  ])('are given in the order %s', async (orderBy, expected) => {
    expect(await find(null, orderBy)).toEqual(expected());
  });

  test('know what they build on and what builds on them', async () => {
    const answer = await story.jon.run<{ cafe: { buildsOn: Page }; bike: { builtOnBy: Page } }>(
      `query ($cafe: ID!, $bike: ID!) {
        cafe: idea(id: $cafe) { buildsOn { totalCount nodes { id } } }
        bike: idea(id: $bike) { builtOnBy { totalCount nodes { id } } } }`,
      { cafe, bike },
    );
    expect(idsIn(answer.cafe.buildsOn)).toEqual([bike, boat]);
    expect(idsIn(answer.bike.builtOnBy)).toEqual([cafe]);
  });

  test.each([
    'ideas(filter: { author: "a\\u0000" })',
    'ideas(filter: { tags: ["\\u0000"] })',
    'searchIdeas(query: "a\\u0000b")',
  ])('are not looked for with a text no database keeps: %s', async (field) => {
    expect(await story.jon.codeOf(`{ ${field} { totalCount } }`)).toBe('BAD_INPUT');
  });
});

interface Search {
  readonly searchIdeas: {
    readonly totalCount: number;
    readonly edges: { readonly node: { id: string }; readonly rank: number; readonly highlight: string }[];
  };
}

const search = async (query: string, args = '') =>
  (
    await story.jon.run<Search>(
      `query ($query: String!) { searchIdeas(query: $query ${args}) { totalCount edges { node { id } rank highlight } } }`,
      { query },
    )
  ).searchIdeas;

describe('a search', () => {
  test('finds words in titles before words in bodies', async () => {
    const { edges, totalCount } = await search('spare');
    expect(edges.map(({ node }) => node.id)).toEqual([bike, boat]);
    expect(edges[0]?.rank).toBeGreaterThan(edges[1]?.rank ?? 0);
    expect(totalCount).toBe(2);
  });

  test.each<[string, () => string[]]>([
    ['CAFE', () => [cafe]],
    ['café FUR', () => [cafe]],
    ['"spare parts"', () => [bike, boat]],
    ['"parts spare"', () => []],
    ['spare -boat', () => [bike]],
    ['bike or kunden', () => [bike, cafe]],
    ['dragon', () => []],
    ['& | ! ( ) : * \' " <->', () => []],
  ])('understands %s', async (query, expected) => {
    const found = (await search(query)).edges.map(({ node }) => node.id);
    expect([...found].sort()).toEqual([...expected()].sort());
  });

  test('marks the words and escapes the text around them', async () => {
    const { edges } = await search('crates');
    expect(edges[0]?.highlight).toContain('&amp; <mark>crates</mark>');
    expect(edges[0]?.highlight.replaceAll(/<\/?mark>/g, '')).not.toContain('<');
  });

  test('is read page by page', async () => {
    const page = (after: string | null) =>
      story.jon.run<{
        searchIdeas: { nodes: { id: string }[]; pageInfo: { endCursor: string; hasNextPage: boolean } };
      }>(
        'query ($after: String) { searchIdeas(query: "spare", first: 1, after: $after) { nodes { id } pageInfo { endCursor hasNextPage } } }',
        { after },
      );
    const first = (await page(null)).searchIdeas;
    const second = (await page(first.pageInfo.endCursor)).searchIdeas;
    expect([first.nodes, second.nodes]).toEqual([[{ id: bike }], [{ id: boat }]]);
    expect([first.pageInfo.hasNextPage, second.pageInfo.hasNextPage]).toEqual([true, false]);
  });

  test('looks only among what the filter leaves', async () => {
    const { edges } = await search('spare', ', filter: { stages: ["tried"] }');
    expect(edges.map(({ node }) => node.id)).toEqual([boat]);
  });

  test.each(['', '   '])('for nothing is refused: %j', async (query) => {
    expect(
      await story.jon.codeOf('query ($query: String!) { searchIdeas(query: $query) { totalCount } }', { query }),
    ).toBe('BAD_INPUT');
  });
});
