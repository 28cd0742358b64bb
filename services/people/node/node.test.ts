import { composeServices } from '@apollo/composition';
import { operationFromDocument, Supergraph } from '@apollo/federation-internals';
import { prettyFormatQueryPlan, QueryPlanner } from '@apollo/query-planner';
import { printSubgraphSchema } from '@apollo/subgraph';
import { parse } from 'graphql';
import { anonymous } from '#kernel/auth/viewer.js';
import { mintId } from '#kernel/ids/id.js';
import { startTestHub } from '#test/hub/test-hub.js';
import { conversations } from '../../conversations/service.js';
import { ideas } from '../../ideas/service.js';
import { idIn, type PeopleFixture, startPeople } from '../people.fixture.js';
import { people } from '../service.js';

let hub: PeopleFixture;

beforeAll(async () => {
  hub = await startPeople();
});

afterAll(() => hub.stop());

const document = 'query ($ids: [ID!]!) { nodes(ids: $ids) { __typename ... on Person { id } ... on Idea { key } } }';

describe('nodes', () => {
  test('are found by id, each as what it is, in the order asked for', async () => {
    const [organization, team, ann] = [await hub.organization(), await hub.team(), await hub.person()];
    const space = await hub.space(ann);
    const joined = await hub.change(ann, 'joinTeam', { team }, 'membership { id }');
    const member = await hub.ask<{ space: { members: { nodes: object[] } } }>(
      ann,
      'query ($space: ID!) { space(id: $space) { members { nodes { id } } } }',
      { space },
    );
    const expected = {
      [organization]: 'Organization',
      [team]: 'Team',
      [ann.personId]: 'Person',
      [space]: 'Space',
      [idIn(joined.membership)]: 'Membership',
      [idIn(member.data.space.members.nodes[0])]: 'SpaceMembership',
    };
    const nodes = 'query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }';
    const { data } = await hub.ask(ann, nodes, { ids: Object.keys(expected) });
    expect(data).toEqual({ nodes: Object.entries(expected).map(([id, __typename]) => ({ __typename, id })) });
  });

  test('are null where there is nothing for this viewer', async () => {
    const ann = await hub.person();
    const secret = await hub.space(ann, { visibility: 'PRIVATE' });
    const ids = [secret, mintId('Person'), mintId('AccessToken'), 'person_7', '', 'idea'];
    const nothing = { nodes: ids.map(() => null) };
    expect((await hub.ask(await hub.person(), document, { ids })).data).toEqual(nothing);
    expect((await hub.ask(anonymous, document, { ids: [ann.personId] })).data).toEqual({ nodes: [null] });
  });

  test('of one type cost one statement', async () => {
    const ids = [(await hub.person()).personId, (await hub.person()).personId, (await hub.person()).personId];
    expect((await hub.ask(hub.admin, document, { ids })).statements).toBe(1);
  });

  test('are at most 100', async () => {
    const ids = Array.from({ length: 101 }, () => mintId('Person'));
    expect((await hub.ask(hub.admin, document, { ids })).code).toBe('BAD_INPUT');
  });

  test('of other services are named without being confirmed', async () => {
    const idea = mintId('Idea');
    const { data } = await hub.ask(hub.admin, document, { ids: [idea] });
    expect(data).toEqual({ nodes: [{ __typename: 'Idea', key: idea }] });
    const told = 'query ($id: ID!) { node(id: $id) { ... on Idea { id } } }';
    await expect(hub.ask(hub.admin, told, { id: idea })).rejects.toThrow('INTERNAL');
  });
});

describe('composed with the other services', () => {
  const composed = Promise.all(
    [people, ideas, conversations].map(async ({ name, buildSchema }) => ({
      name,
      url: `http://${name}`,
      typeDefs: parse(printSubgraphSchema(await buildSchema())),
    })),
  ).then((services) => composeServices(services));

  test('the graph has no errors and nothing to point out', async () => {
    const { errors, hints } = await composed;
    expect(errors ?? []).toEqual([]);
    expect((hints ?? []).map((hint) => hint.toString())).toEqual([]);
  });

  test('the id of a node of another service is asked of that service', async () => {
    const { supergraphSdl } = await composed;
    const supergraph = Supergraph.build(supergraphSdl ?? '');
    const operation = operationFromDocument(supergraph.apiSchema(), parse('{ node(id: "idea_1") { id } }'));
    const plan = prettyFormatQueryPlan(new QueryPlanner(supergraph).buildQueryPlan(operation));
    const [ofPeople = '', ...ofOthers] = plan.split('Fetch(service: ').slice(1);
    expect(ofPeople).toMatch(/\.\.\. on Idea \{\s+__typename\s+key\s+\}/);
    const ofIdeas = ofOthers.find((fetch) => fetch.startsWith('"ideas"'));
    expect(ofIdeas?.split('=>')[1]).toMatch(/\.\.\. on Idea \{\s+id\s+\}/);
  });
});

test('through the gateway, what is hidden and what is not there are both null', async () => {
  const whole = await startTestHub();
  try {
    const register = 'mutation { registerPerson(input: { name: "Stranger" }) { person { id } } }';
    const { registerPerson } = await whole.admin.run<{ registerPerson: { person: { id: string } } }>(register);
    const { issueAccessToken } = await whole.admin.run<{ issueAccessToken: { token: string } }>(
      'mutation ($person: ID!) { issueAccessToken(input: { name: "Test", person: $person }) { token } }',
      { person: registerPerson.person.id },
    );
    const open = 'mutation { openSpace(input: { name: "Secret", visibility: PRIVATE }) { space { id } } }';
    const { openSpace } = await whole.admin.run<{ openSpace: { space: { id: string } } }>(open);
    const { submitIdea } = await whole.admin.run<{ submitIdea: { idea: { id: string } } }>(
      'mutation ($space: ID!) { submitIdea(input: { space: $space, title: "Hush" }) { idea { id } } }',
      { space: openSpace.space.id },
    );
    const { id } = submitIdea.idea;
    const nodes = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id ... on Idea { title } } }';
    const ids = [id, mintId('Idea'), openSpace.space.id];
    expect(await whole.admin.run(nodes, { ids })).toEqual({
      nodes: [{ id, title: 'Hush' }, null, { id: openSpace.space.id }],
    });
    for (const outsider of [whole.client(issueAccessToken.token), whole.anonymous]) {
      expect((await outsider.send(nodes, { ids })).data).toEqual({ nodes: [null, null, null] });
      expect((await outsider.send('query ($id: ID!) { node(id: $id) { id } }', { id })).data).toEqual({ node: null });
    }
  } finally {
    await whole.stop();
  }
});
