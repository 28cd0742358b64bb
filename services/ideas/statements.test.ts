import { statementsOf } from '#test/hub/count-statements.js';
import { contribute, endorse, openChallenge, type Story, seed, submitIdea } from '#test/hub/seed.js';
import { startTestHub, type TestHub } from '#test/hub/test-hub.js';

/** The cost of a page in statements does not grow with the page. */
let hub: TestHub;
let story: Story;
let subject: { space: string; idea: string; contribution: string; challenge: string; person: string };

const most = 50;

beforeAll(async () => {
  hub = await startTestHub();
  story = await seed(hub);
  const { mira, jon, space } = story;
  const challenge = await openChallenge(mira, space);
  const idea = await submitIdea(mira, space, { title: 'The root', challenge });
  const contribution = await contribute(jon, idea);
  const numbers = Array.from({ length: most }, (_, n) => n);
  const leaves = await Promise.all(
    numbers.map((n) => submitIdea(mira, space, { title: `Leaf ${n}`, challenge, buildsOn: [idea] })),
  );
  await Promise.all(leaves.map((leaf) => contribute(jon, leaf)));
  await Promise.all(leaves.map((leaf) => endorse(jon, leaf)));
  await Promise.all(numbers.map(() => contribute(jon, idea, { replyTo: contribution })));
  await Promise.all(numbers.map(() => openChallenge(jon, space)));
  subject = { space, idea: leaves[0] ?? '', contribution, challenge, person: jon.id };
  await submitIdea(mira, space, { title: 'The crown', buildsOn: leaves });
}, 60_000);

afterAll(async () => {
  await hub.stop();
});

const ideaNodes = `nodes { id title viewerEndorses challenge { title } authors { name } team { name } space { name }
  revisions(first: 1) { nodes { title } } buildsOn(first: 2) { totalCount nodes { title } } builtOnBy(first: 2) { nodes { title } }
  endorsements(first: 2) { totalCount nodes { person { name } } }
  contributions(first: 2) { totalCount nodes { body author { name } replies(first: 1) { totalCount } } } }`;
const contributionNodes =
  'nodes { body author { name } idea { title } replyTo { body } replies(first: 1) { totalCount } }';

const lists: Record<string, string> = {
  'Query.ideas': `ideas(first: $first) { totalCount ${ideaNodes} }`,
  'Query.searchIdeas': `searchIdeas(query: "leaf", first: $first) { totalCount ${ideaNodes} }`,
  'Query.challenges':
    'challenges(first: $first) { nodes { title author { name } ideas(first: 1) { totalCount nodes { title } } } }',
  'Space.ideas': `space(id: $space) { ideas(first: $first) { totalCount ${ideaNodes} } }`,
  'Space.challenges':
    'space(id: $space) { challenges(first: $first) { nodes { title ideas(first: 1) { totalCount } } } }',
  'Challenge.ideas': `challenge(id: $challenge) { ideas(first: $first) { ${ideaNodes} } }`,
  'Idea.builtOnBy': `contribution(id: $contribution) { idea { builtOnBy(first: $first) { ${ideaNodes} } } }`,
  'Idea.contributions': `contribution(id: $contribution) { idea { contributions(first: $first) { ${contributionNodes} } } }`,
  'Contribution.replies': `contribution(id: $contribution) { replies(first: $first) { ${contributionNodes} } }`,
  'Person.contributions': `person(id: $person) { contributions(first: $first) { ${contributionNodes} } }`,
  'Person.endorsements':
    'person(id: $person) { endorsements(first: $first) { nodes { changedAt idea { title authors { name } } } } }',
  'Idea.buildsOn': `idea(id: $idea) { builtOnBy(last: 1) { nodes { buildsOn(first: $first) { ${ideaNodes} } } } }`,
};

const declared = {
  space: '$space: ID!',
  idea: '$idea: ID!',
  contribution: '$contribution: ID!',
  challenge: '$challenge: ID!',
  person: '$person: ID!',
};

describe('the number of statements', () => {
  test.each(Object.entries(lists))('of %s is the same for 5 and for 50', async (_, selection) => {
    const used = Object.entries(declared).filter(([name]) => selection.includes(`$${name})`));
    const query = `query ($first: Int!, ${used.map(([, variable]) => variable).join(', ')}) { ${selection} }`;
    const read = (first: number) => statementsOf(hub, () => story.mira.run(query, { ...subject, first }));
    await read(1); // the token is known and the operation planned from here on
    const few = await read(5);
    const many = await read(most);
    expect(many).toHaveLength(few.length);
    expect(few.length).toBeGreaterThan(0);
  });
});
