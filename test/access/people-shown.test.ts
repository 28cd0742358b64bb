import { mintId } from '#kernel/ids/id.js';
import { statementsOf } from '#test/hub/count-statements.js';
import type { TestClient } from '#test/hub/graphql-client.js';
import { contribute, registerPerson, submitIdea, type TestPerson } from '#test/hub/seed.js';
import { change, openConversation, postMessage } from '#test/hub/talk.js';
import { agree, startWorld, type World } from './world.js';

let world: World;
/** Of the host, and nowhere near the workshop. */
let stranger: TestPerson;

beforeAll(async () => {
  world = await startWorld();
  stranger = await registerPerson(world.hub, { name: 'Stranger', handle: 'stranger' });
}, 60_000);

afterAll(() => world.stop());

const anyWay = `query ($id: ID!, $handle: String!, $name: String!) {
  person(id: $id) { name } node(id: $id) { id } personByHandle(handle: $handle) { name }
  people(filter: { nameContains: $name }) { totalCount nodes { name } }
}`;
const ask = (as: TestClient, { id, name }: { id: string; name: string }) =>
  as.run(anyWay, { id, name, handle: name.toLowerCase() });
const notThere = { person: null, node: null, personByHandle: null, people: { totalCount: 0, nodes: [] } };

describe('a guest', () => {
  test('finds the people of the spaces shared with them by every way, and nobody else by any', async () => {
    const { guest, owner } = world.people;
    expect(await ask(guest, stranger)).toEqual(notThere);
    expect(await ask(guest, { id: owner.id, name: 'Mira' })).toEqual({
      person: { name: 'Mira' },
      node: { id: owner.id },
      personByHandle: { name: 'Mira' },
      people: { totalCount: 1, nodes: [{ name: 'Mira' }] },
    });
    const { people } = await guest.run<{ people: { nodes: { name: string }[] } }>('{ people { nodes { name } } }');
    expect(people.nodes.map(({ name }) => name)).toEqual(['Fay', 'Gus', 'Jon', 'Mira', 'Zoe']);
  });

  test('does not find who is merely mentioned, or named by an outsider', async () => {
    const { guest, owner, customer } = world.people;
    const said = await postMessage(owner, world.ids.conversation, 'Ask them', {
      mentions: [stranger.id, owner.id],
    });
    const named = await submitIdea(customer, world.ids.open, { authors: [stranger.id, customer.id] });
    await world.settle();
    const seen = await guest.run(
      `query ($message: ID!, $idea: ID!) { message(id: $message) { mentions { name } } idea(id: $idea) { authors { name } } }`,
      { message: said.id, idea: named },
    );
    expect(seen).toEqual({
      message: { mentions: [null, { name: 'Mira' }] },
      idea: { authors: [null, { name: 'Cara' }] },
    });
    expect(await ask(customer, stranger)).toEqual(notThere);
  });

  test('knows who did something where they can read it, member or not, at once', async () => {
    const { guest } = world.people;
    const passer = await registerPerson(world.hub, { name: 'Passer', handle: 'passer' });
    expect(await ask(guest, passer)).toEqual(notThere);
    const idea = await submitIdea(passer, world.ids.open);
    const seen = 'query ($id: ID!) { idea(id: $id) { authors { name } } }';
    expect(await guest.run(seen, { id: idea })).toEqual({ idea: { authors: [{ name: 'Passer' }] } });
    expect(await ask(guest, passer)).toMatchObject({ person: { name: 'Passer' } });
  });

  test('loses sight of the people with the space', async () => {
    const { owner } = world.people;
    const visitor = await registerPerson(world.hub, { name: 'Visitor', party: 'CUSTOMER' });
    const member = { space: world.ids.space, person: visitor.id };
    await world.act(owner, 'addSpaceMember', { ...member, role: 'GUEST' });
    expect(await ask(visitor, { id: owner.id, name: 'Mira' })).toMatchObject({ person: { name: 'Mira' } });
    await world.act(owner, 'removeSpaceMember', member);
    expect(await ask(visitor, { id: owner.id, name: 'Mira' })).toEqual(notThere);
  });
});

describe('an agreement without people', () => {
  const everything = `query ($space: ID!, $idea: ID!, $message: ID!) {
    space(id: $space) { name members { totalCount nodes { person { name } } } }
    idea(id: $idea) { title authors { name } contributions { nodes { body author { name } } }
      endorsements { nodes { person { name } } } revisions { nodes { editor { name } } } }
    message(id: $message) { body author { name } mentions { name } reactions { nodes { emoji person { name } } } }
    searchIdeas(query: "plan") { edges { highlight node { authors { name } } } }
    people(filter: { nameContains: "Mira" }) { totalCount }
  }`;

  test('shows what is said and not who said it, until it ends: then nothing', async () => {
    const { hub, act, ids, people } = world;
    const agreement = await agree(hub, act, ids.host, ids.dune, ids.space, ['READ']);
    await world.settle();
    const { space, idea, message } = ids;
    const read = () => people.expartner.run<Record<string, object | null>>(everything, { space, idea, message });
    const shown = await read();
    expect(shown).toMatchObject({
      space: { name: 'Workshop', members: { totalCount: 0, nodes: [] } },
      idea: { title: 'Secret plan', authors: [null], contributions: { nodes: [{ author: null }] } },
      message: {
        body: 'Secret message',
        author: null,
        mentions: [null, null],
        reactions: { nodes: [{ person: null }] },
      },
      searchIdeas: { edges: [{ highlight: expect.stringContaining('<mark>plan</mark>'), node: { authors: [null] } }] },
      people: { totalCount: 0 },
    });
    expect(JSON.stringify(shown)).not.toContain('Mira');
    await act(hub.admin, 'revokeSharingAgreement', { sharingAgreement: agreement, organization: ids.host });
    await world.settle();
    expect(await read()).toEqual({
      space: null,
      idea: null,
      message: null,
      searchIdeas: { edges: [] },
      people: { totalCount: 0 },
    });
  });

  test('does not tell which words are of one person either, by no field of another service', async () => {
    const { hub, act, ids, people } = world;
    const agreement = await agree(hub, act, ids.host, ids.dune, ids.space, ['READ', 'CONTRIBUTE']);
    await world.settle();
    const own = await submitIdea(people.expartner, ids.space, { title: 'Of Dan' });
    await contribute(people.expartner, own);
    const counts = 'contributions { totalCount } endorsements { totalCount } messages { totalCount }';
    const document = `query ($idea: ID!, $message: ID!, $own: ID!, $author: ID!) {
      idea(id: $idea) { authors { ${counts} } contributions { nodes { author { messages { totalCount } } } } }
      message(id: $message) { author { ${counts} } mentions { ${counts} } }
      own: idea(id: $own) { authors { contributions { totalCount } } }
      ideas(filter: { author: $author }) { totalCount }
      searchIdeas(query: "secret", filter: { author: $author }) { totalCount }
      messages(filter: { author: $author }) { totalCount }
      searchMessages(query: "secret", filter: { author: $author }) { totalCount }
    }`;
    const variables = { idea: ids.idea, message: ids.message, own, author: people.owner.id };
    const nothing = { totalCount: 0 };
    const nobody = { contributions: nothing, endorsements: nothing, messages: nothing };
    expect(await people.expartner.run(document, variables)).toEqual({
      idea: { authors: [nobody], contributions: { nodes: [{ author: { messages: nothing } }] } },
      message: { author: nobody, mentions: [nobody, nobody] },
      own: { authors: [{ contributions: { totalCount: 1 } }] },
      ideas: nothing,
      searchIdeas: nothing,
      messages: nothing,
      searchMessages: nothing,
    });
    const seen = JSON.stringify(await people.guest.run(document, { ...variables, own: ids.idea }));
    expect(seen).not.toContain('"totalCount":0,');
    await act(hub.admin, 'revokeSharingAgreement', { sharingAgreement: agreement, organization: ids.host });
    await world.settle();
  });

  test('takes as many statements for people of the host and for outsiders', async () => {
    const { hub, ids, people } = world;
    const document = `query ($id: ID!) { idea(id: $id) { authors { contributions { totalCount } messages { nodes { id } } } } }`;
    const taken = async (as: TestClient) => {
      await as.run(document, { id: ids.idea });
      return (await statementsOf(hub, () => as.run(document, { id: ids.idea }))).length;
    };
    expect(await taken(people.guest)).toBe(await taken(people.member));
  });

  test('lets read and not contribute', async () => {
    const { hub, act, ids, people } = world;
    const agreement = await agree(hub, act, ids.host, ids.dune, ids.space, ['READ']);
    await world.settle();
    const mutation =
      'mutation ($input: ContributeToIdeaInput!) { contributeToIdea(input: $input) { errors { code } } }';
    const input = { idea: ids.idea, type: 'BUILD', body: 'Ours' };
    expect(await people.expartner.codeOf(mutation, { input })).toBe('FORBIDDEN');
    await act(hub.admin, 'revokeSharingAgreement', { sharingAgreement: agreement, organization: ids.host });
  });
});

describe('for customers', () => {
  test('other customers, and who works for them, are not there', async () => {
    const organizations = 'query { organizations { nodes { name } } teams { totalCount } }';
    expect(await world.people.customer.run(organizations)).toEqual({
      organizations: { nodes: [{ name: 'Acme' }] },
      teams: { totalCount: 0 },
    });
  });
});

describe('a page that was begun before', () => {
  test('goes on with nothing once access is lost', async () => {
    const { owner } = world.people;
    const visitor = await registerPerson(world.hub, { name: 'Reader', party: 'CUSTOMER' });
    const member = { space: world.ids.space, person: visitor.id };
    await world.act(owner, 'addSpaceMember', { ...member, role: 'OBSERVER' });
    await world.settle();
    const page = `query ($after: String) { ideas(first: 1, after: $after, orderBy: LATEST) {
      nodes { title } pageInfo { hasNextPage endCursor } } }`;
    type Page = { ideas: { nodes: { title: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string } } };
    const { ideas } = await visitor.run<Page>(page);
    expect(ideas.pageInfo.hasNextPage).toBe(true);
    await world.act(owner, 'removeSpaceMember', member);
    await world.settle();
    const rest = await visitor.run<Page>(page, { after: ideas.pageInfo.endCursor });
    expect(JSON.stringify(rest)).not.toContain('Secret');
  });
});

describe('hidden and missing', () => {
  const asked: [string, keyof World['ids'], Parameters<typeof mintId>[0]][] = [
    ['space(id: $id) { name }', 'space', 'Space'],
    ['idea(id: $id) { title }', 'idea', 'Idea'],
    ['contribution(id: $id) { body }', 'contribution', 'Contribution'],
    ['message(id: $id) { body }', 'message', 'Message'],
    ['conversation(id: $id) { title }', 'conversation', 'Conversation'],
    ['person(id: $id) { name }', 'owner', 'Person'],
    ['node(id: $id) { id ... on Idea { title } }', 'idea', 'Idea'],
    ['node(id: $id) { id ... on SharingAgreement { purpose } }', 'agreement', 'SharingAgreement'],
    ['node(id: $id) { id ... on Invitation { spaceName } }', 'invitation', 'Invitation'],
  ];

  test.each(asked)('%s: are the same answer, by the same statements', async (field, name, kind) => {
    const document = `query ($id: ID!) { it: ${field} }`;
    const { customer } = world.people;
    const look = async (id: string) => {
      let answer: unknown;
      const statements = await statementsOf(world.hub, async () => {
        answer = await customer.send(document, { id });
      });
      // What is asked side by side comes in any order, and how often a log is looked at meanwhile depends on the moment.
      return { answer, statements: statements.filter((text) => !text.includes('event_epoch')).sort() };
    };
    await look(mintId(kind));
    const [hidden, missing] = [await look(world.ids[name]), await look(mintId(kind))];
    expect(hidden.answer).toEqual({ data: { it: null } });
    expect(missing).toEqual(hidden);
  });

  test.each<[string, object, keyof World['ids'], Parameters<typeof mintId>[0]]>([
    ['contributeToIdea', { type: 'BUILD', body: 'x' }, 'idea', 'Idea'],
    ['endorseIdea', {}, 'idea', 'Idea'],
    ['submitIdea', { title: 'x' }, 'space', 'Space'],
    ['postMessage', { body: 'x' }, 'conversation', 'Conversation'],
    ['react', { emoji: '👍' }, 'message', 'Message'],
    ['joinSpace', {}, 'space', 'Space'],
    ['leaveSpace', {}, 'space', 'Space'],
    ['inviteToSpace', { role: 'GUEST', email: 'a@b.example' }, 'space', 'Space'],
    ['revokeInvitation', {}, 'invitation', 'Invitation'],
  ])('%s: are refused in the same words', async (mutation, input, name, kind) => {
    const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
    const document = `mutation ($input: ${type}!) { it: ${mutation}(input: $input) { errors { code message path } } }`;
    const { customer } = world.people;
    const problem = async (id: string) =>
      JSON.stringify(await customer.send(document, { input: { ...input, [name]: id } })).replaceAll(id, 'ID');
    const hidden = await problem(world.ids[name]);
    expect(hidden).toContain('NOT_FOUND');
    expect(await problem(mintId(kind))).toBe(hidden);
  });

  test('no way leads around the gateway to references', async () => {
    const document = 'query ($r: [_Any!]!) { _entities(representations: $r) { __typename } }';
    const r = [{ __typename: 'Idea', key: world.ids.idea }];
    expect(await world.people.customer.codeOf(document, { r })).toBe('GRAPHQL_VALIDATION_FAILED');
  });
});

describe('each role', () => {
  const tries: [string, (space: string, idea: string, conversation: string) => [string, object]][] = [
    ['contribute', (_s, idea) => ['contributeToIdea', { idea, type: 'BUILD', body: 'x' }]],
    ['contribute', (_s, _i, conversation) => ['postMessage', { conversation, body: 'x' }]],
    ['challenge', (space) => ['openChallenge', { space, title: 'x' }]],
    ['tend', (space) => ['reviseSpace', { space, purpose: 'x' }]],
    ['own', (space) => ['reviseSpace', { space, visibility: 'PRIVATE' }]],
  ];

  test.each<[string, string[]]>([
    ['OBSERVER', []],
    ['GUEST', ['contribute']],
    ['MEMBER', ['contribute', 'challenge']],
    ['FACILITATOR', ['contribute', 'challenge', 'tend']],
    ['OWNER', ['contribute', 'challenge', 'tend', 'own']],
  ])('%s does what it says, even where everybody may more', async (role, rights) => {
    const { zoe } = world.people;
    const space = await world.act(zoe, 'openSpace', { name: 'Roles', visibility: 'OPEN' }, 'space');
    const person = await registerPerson(world.hub, { name: role });
    await world.act(zoe, 'addSpaceMember', { space, person: person.id, role });
    await world.settle();
    const [idea, conversation] = [await submitIdea(zoe, space), await openConversation(zoe, space)];
    const outcome = async (mutation: string, input: object) => {
      const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
      return person.codeOf(`mutation ($input: ${type}!) { ${mutation}(input: $input) { errors { code } } }`, { input });
    };
    for (const [right, make] of tries) {
      const code = await outcome(...make(space, idea, conversation));
      expect([right, code]).toEqual([right, rights.includes(right) ? undefined : 'FORBIDDEN']);
    }
  });

  test('an observer may take back what they said before', async () => {
    const { zoe } = world.people;
    const space = await world.act(zoe, 'openSpace', { name: 'Taken back', visibility: 'OPEN' }, 'space');
    const person = await registerPerson(world.hub);
    await world.settle();
    const [idea, conversation] = [await submitIdea(zoe, space), await openConversation(zoe, space)];
    await change(person, 'endorseIdea', { idea });
    await contribute(person, idea);
    const { id: message } = await postMessage(person, conversation, 'Hm');
    await world.act(zoe, 'addSpaceMember', { space, person: person.id, role: 'OBSERVER' });
    await world.settle();
    await change(person, 'withdrawEndorsement', { idea });
    await change(person, 'removeMessage', { message });
  });
});
