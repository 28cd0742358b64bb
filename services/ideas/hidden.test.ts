import type { TestClient } from '#test/hub/graphql-client.js';
import {
  addMember,
  contribute,
  endorse,
  openChallenge,
  openSpace,
  registerPerson,
  removeMember,
  submitIdea,
  type TestPerson,
} from '#test/hub/seed.js';
import { startTestHub, type TestHub } from '#test/hub/test-hub.js';

/** What a viewer may not see does not exist for them, by whatever way they ask. */
let hub: TestHub;
let mira: TestPerson;
let olga: TestPerson;
let space: string;
let ids: { idea: string; contribution: string; challenge: string; person: string; open: string };

beforeAll(async () => {
  hub = await startTestHub();
  mira = await registerPerson(hub, { name: 'Mira' });
  olga = await registerPerson(hub, { name: 'Olga', party: 'PARTNER' });
  space = await openSpace(hub, mira, { visibility: 'PRIVATE' });
  const openToAll = await openSpace(hub, mira);
  const challenge = await openChallenge(mira, space);
  const open = await submitIdea(mira, openToAll, { title: 'Known to all' });
  const idea = await submitIdea(mira, space, { title: 'Secret plan', buildsOn: [open], challenge });
  const contribution = await contribute(mira, idea);
  await endorse(mira, idea);
  ids = { idea, contribution, challenge, person: mira.id, open };
});

afterAll(async () => {
  await hub.stop();
});

const fields: Record<string, string> = {
  idea: 'idea(id: $idea) { id }',
  contribution: 'contribution(id: $contribution) { id }',
  challenge: 'challenge(id: $challenge) { id }',
  'idea by node': 'node(id: $idea) { id }',
  'contribution by node': 'node(id: $contribution) { id }',
  'challenge by node': 'node(id: $challenge) { id ... on Challenge { title } }',
};
const lists: Record<string, string> = {
  ideas: 'found: ideas(filter: { stages: ["submitted"], challenge: $challenge }) { totalCount nodes { id } }',
  challenges: 'found: challenges { totalCount nodes { id } }',
  searchIdeas: 'found: searchIdeas(query: "secret") { totalCount nodes { id } }',
};
const nested: Record<string, string> = {
  'contributions of a person': 'found: person(id: $person) { list: contributions { totalCount nodes { id } } }',
  'endorsements of a person': 'found: person(id: $person) { list: endorsements { totalCount nodes { changedAt } } }',
  'what builds on an idea': 'found: idea(id: $open) { list: builtOnBy { totalCount nodes { id } } }',
};

const variables = '$idea: ID, $contribution: ID, $challenge: ID, $person: ID, $open: ID'.replaceAll('ID', 'ID!');

/** Asks with only the variables that the document uses. */
function ask<Data>(as: TestClient, selection: string): Promise<Data> {
  const used = variables.split(', ').filter((variable) => selection.includes(variable.split(':')[0] ?? ''));
  return as.run<Data>(`query ${used.length > 0 ? `(${used.join(', ')})` : ''} { ${selection} }`, ids);
}

const viewers: [string, () => TestClient][] = [
  ['an outsider', () => olga],
  ['nobody signed in', () => hub.anonymous],
];

describe.each(viewers)('for %s', (_, viewer) => {
  test.each(Object.entries(fields))('there is no hidden %s', async (_name, selection) => {
    expect(Object.values(await ask<object>(viewer(), selection))).toEqual([null]);
    expect(Object.values(await ask<object>(mira, selection))).not.toEqual([null]);
  });

  test('there is nothing in place of hidden ids among others', async () => {
    const { nodes } = await ask<{ nodes: unknown[] }>(
      viewer(),
      'nodes(ids: [$idea, $contribution, $challenge]) { id }',
    );
    expect(nodes).toEqual([null, null, null]);
  });

  test.each(Object.entries(lists))('there is nothing hidden in %s, not even in the count', async (_name, selection) => {
    expect(await ask(viewer(), selection)).toEqual({ found: { totalCount: 0, nodes: [] } });
    expect((await ask<{ found: { totalCount: number } }>(mira, selection)).found.totalCount).toBe(1);
  });

  test('the hidden space has no ideas and no challenges', async () => {
    const answer = await viewer().run(
      'query ($id: ID!) { space(id: $id) { ideas { totalCount } challenges { totalCount } } }',
      {
        id: space,
      },
    );
    expect(answer).toEqual({ space: null });
  });
});

describe('for somebody signed in', () => {
  test.each(Object.entries(nested))('there is nothing hidden in %s', async (_name, selection) => {
    type Found = { found: { list: { totalCount: number; nodes: unknown[] } } };
    expect((await ask<Found>(olga, selection)).found.list).toEqual({ totalCount: 0, nodes: [] });
    expect((await ask<Found>(mira, selection)).found.list.totalCount).toBe(1);
  });

  test('what is hidden appears with the membership and goes with it', async () => {
    const see = () => olga.run('query ($id: ID!) { idea(id: $id) { title } }', { id: ids.idea });
    await addMember(hub, mira, space, olga.id);
    expect(await see()).toEqual({ idea: { title: 'Secret plan' } });
    await removeMember(hub, mira, space, olga.id);
    expect(await see()).toEqual({ idea: null });
  });
});
