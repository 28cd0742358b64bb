import { eventually } from '../hub/eventually.js';
import {
  addMember,
  endorse,
  openSpace,
  registerOrganization,
  registerPerson,
  removeMember,
  submitIdea,
  type TestPerson,
} from '../hub/seed.js';

import { startTestHub, type TestHub, topologies } from '../hub/test-hub.js';

/** Where its parts run is nothing a client can tell: the same story, the same answers. */
describe.each(topologies)('a story in %s', (topology) => {
  let hub: TestHub;
  let mira: TestPerson;
  let jon: TestPerson;
  let customer: TestPerson;
  let club: Told;

  beforeAll(async () => {
    hub = await startTestHub({ topology });
    const acme = await registerOrganization(hub, { name: 'Acme', relation: 'HOST' });
    const bolt = await registerOrganization(hub, { name: 'Bolt', relation: 'CUSTOMER' });
    mira = await registerPerson(hub, { name: 'Mira', organization: acme });
    jon = await registerPerson(hub, { name: 'Jon', organization: acme });
    customer = await registerPerson(hub, { name: 'Cleo', party: 'CUSTOMER', organization: bolt });
    club = await tell(await openSpace(hub, mira, { name: 'Club', visibility: 'PRIVATE' }), mira, 'zeppelin');
  });

  afterAll(() => hub.stop());

  test('a space is there for every service the moment it is opened', async () => {
    const { openSpace } = await jon.run<{ openSpace: { space: { id: string } } }>(
      'mutation { openSpace(input: { name: "Now", visibility: OPEN }) { space { id } errors { message } } }',
    );
    const space = openSpace.space.id;
    const [idea, conversation] = await Promise.all([
      submitIdea(customer, space, { title: 'At once' }),
      openConversation(customer, { space, title: 'At once' }),
    ]);
    expect([idea, conversation]).toEqual([expect.stringMatching(/^idea_/), expect.stringMatching(/^conversation_/)]);
  });

  test('what one adds to the idea of another is seen by all, across the services', async () => {
    const lab = await tell(await openSpace(hub, mira, { name: 'Lab' }), mira, 'windmill');
    await contribute(customer, lab.idea, 'It turns.');
    await endorse(jon, lab.idea);
    const { idea } = await jon.run<{ idea: object }>(
      `query ($idea: ID!) { idea(id: $idea) {
        title space { name } authors { name organization { name } }
        endorsements { totalCount nodes { person { name } } }
        contributions { totalCount nodes { type body author { name party } } }
        conversations { nodes { title messageCount messages { nodes { body author { name } reactions { nodes { emoji } } } } } }
      } }`,
      { idea: lab.idea },
    );
    expect(idea).toEqual({
      title: 'A windmill',
      space: { name: 'Lab' },
      authors: [{ name: 'Mira', organization: { name: 'Acme' } }],
      endorsements: { totalCount: 1, nodes: [{ person: { name: 'Jon' } }] },
      contributions: {
        totalCount: 2,
        nodes: [
          { type: 'BUILD', body: 'More of the windmill.', author: { name: 'Mira', party: 'INTERNAL' } },
          { type: 'BUILD', body: 'It turns.', author: { name: 'Cleo', party: 'CUSTOMER' } },
        ],
      },
      conversations: {
        nodes: [
          {
            title: 'About the windmill',
            messageCount: 1,
            messages: {
              nodes: [
                { body: 'Who knows a windmill?', author: { name: 'Mira' }, reactions: { nodes: [{ emoji: '👍' }] } },
              ],
            },
          },
        ],
      },
    });
  });

  test('what was written is found by its words, and leads on to what other services know', async () => {
    const lab = await tell(await openSpace(hub, mira, { name: 'Kite lab' }), mira, 'kite');
    const found = await customer.run(
      `{ searchIdeas(query: "kite") { totalCount nodes { id authors { name } space { name } } }
         searchMessages(query: "kite") { totalCount nodes { id author { name } conversation { idea { title } } } } }`,
    );
    expect(found).toEqual({
      searchIdeas: {
        totalCount: 1,
        nodes: [{ id: lab.idea, authors: [{ name: 'Mira' }], space: { name: 'Kite lab' } }],
      },
      searchMessages: {
        totalCount: 1,
        nodes: [{ id: lab.message, author: { name: 'Mira' }, conversation: { idea: { title: 'A kite' } } }],
      },
    });
  });

  test('each thing is found by its id alone, whichever service has it', async () => {
    const ids = Object.values(club);
    expect(await nodes(mira, ids)).toEqual(ids.map((id) => ({ id, __typename: typeNames[id.split('_')[0] ?? ''] })));
    for (const id of ids) {
      expect(await mira.run('query ($id: ID!) { node(id: $id) { id } }', { id })).toEqual({ node: { id } });
    }
  });

  test('a private space does not exist for an outsider, wherever they look', async () => {
    const ids = Object.values(club);
    expect(await nodes(jon, ids)).toEqual(ids.map(() => null));
    const looked = await jon.run(
      `query ($space: ID!, $idea: ID!, $contribution: ID!, $conversation: ID!, $message: ID!, $mira: ID!) {
        space(id: $space) { name } idea(id: $idea) { title } contribution(id: $contribution) { body }
        conversation(id: $conversation) { title } message(id: $message) { body }
        spaces(filter: { nameContains: "Club" }) { totalCount }
        searchIdeas(query: "zeppelin") { totalCount } searchMessages(query: "zeppelin") { totalCount }
        person(id: $mira) { contributions { nodes { idea { title } } } }
      }`,
      { ...club, mira: mira.id },
    );
    expect(looked).toMatchObject({
      space: null,
      idea: null,
      contribution: null,
      conversation: null,
      message: null,
      spaces: { totalCount: 0 },
      searchIdeas: { totalCount: 0 },
      searchMessages: { totalCount: 0 },
    });
    expect(JSON.stringify(looked)).not.toContain('zeppelin');
    const told = await jon.send(
      `mutation ($idea: ID!, $conversation: ID!) {
        endorseIdea(input: { idea: $idea }) { errors { code } }
        postMessage(input: { conversation: $conversation, body: "Hello" }) { errors { code } }
      }`,
      club,
    );
    expect(told.data).toEqual({
      endorseIdea: { errors: [{ code: 'NOT_FOUND' }] },
      postMessage: { errors: [{ code: 'NOT_FOUND' }] },
    });
  });

  test('whoever is let in sees it all within a second, and whoever is taken out again sees nothing', async () => {
    const ids = Object.values(club);
    const seen = () => nodes(customer, ids).then((found) => found.filter((node) => node !== null).length);
    await addMember(hub, mira, club.space, customer.id);
    await eventually(seen, (count) => count === ids.length, 1_000);
    await removeMember(hub, mira, club.space, customer.id);
    await eventually(seen, (count) => count === 0, 1_000);
  });
});

/** A space with an idea, an addition to it and a conversation on it: the ids. */
interface Told {
  readonly space: string;
  readonly idea: string;
  readonly contribution: string;
  readonly conversation: string;
  readonly message: string;
}

/** Tells of a thing in a space. */
async function tell(space: string, by: TestPerson, thing: string): Promise<Told> {
  const idea = await submitIdea(by, space, { title: `A ${thing}` });
  const contribution = await contribute(by, idea, `More of the ${thing}.`);
  const conversation = await openConversation(by, { space, idea, title: `About the ${thing}` });
  const message = await post(by, conversation, `Who knows a ${thing}?`);
  await by.run('mutation ($message: ID!) { react(input: { message: $message, emoji: "👍" }) { errors { message } } }', {
    message,
  });
  return { space, idea, contribution, conversation, message };
}

async function contribute(by: TestPerson, idea: string, body: string): Promise<string> {
  const { contributeToIdea } = await by.run<{ contributeToIdea: { contribution: { id: string } } }>(
    'mutation ($input: ContributeToIdeaInput!) { contributeToIdea(input: $input) { contribution { id } errors { message } } }',
    { input: { idea, type: 'BUILD', body } },
  );
  return contributeToIdea.contribution.id;
}

async function openConversation(by: TestPerson, input: object): Promise<string> {
  const { openConversation } = await by.run<{ openConversation: { conversation: { id: string } } }>(
    'mutation ($input: OpenConversationInput!) { openConversation(input: $input) { conversation { id } errors { message } } }',
    { input },
  );
  return openConversation.conversation.id;
}

async function post(by: TestPerson, conversation: string, body: string): Promise<string> {
  const { postMessage } = await by.run<{ postMessage: { message: { id: string } } }>(
    'mutation ($input: PostMessageInput!) { postMessage(input: $input) { message { id } errors { message } } }',
    { input: { conversation, body } },
  );
  return postMessage.message.id;
}

interface Node {
  readonly id: string;
  readonly __typename: string;
}

async function nodes(as: TestPerson, ids: readonly string[]): Promise<(Node | null)[]> {
  const answer = await as.run<{ nodes: (Node | null)[] }>(
    'query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }',
    {
      ids,
    },
  );
  return answer.nodes;
}

const typeNames: Readonly<Record<string, string>> = {
  space: 'Space',
  idea: 'Idea',
  contribution: 'Contribution',
  conversation: 'Conversation',
  message: 'Message',
};
