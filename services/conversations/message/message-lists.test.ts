import { type ConversationsFixture, startConversations } from '../conversations.fixture.js';

let hub: ConversationsFixture;

beforeAll(async () => {
  hub = await startConversations();
});

afterAll(() => hub.stop());

describe('lists of messages', () => {
  test('go on from a cursor in both orders, without gap and double', async () => {
    const ann = hub.person();
    const { conversation } = await hub.talk(ann, { message: 'one' });
    for (const body of ['two', 'three', 'four']) await hub.say(ann, conversation, body);
    const page = async (args: string) => {
      const document = `query ($id: ID!) { conversation(id: $id) { messages(${args}) { nodes { body } pageInfo { endCursor startCursor } } } }`;
      const { data } = await hub.ask<Paged>(ann, document, { id: conversation });
      const { nodes, pageInfo } = data.conversation.messages;
      return { bodies: nodes.map(({ body }) => body), ...pageInfo };
    };
    const first = await page('first: 3');
    expect(first.bodies).toEqual(['one', 'two', 'three']);
    expect((await page(`first: 3, after: "${first.endCursor}"`)).bodies).toEqual(['four']);
    const last = await page('last: 2');
    expect(last.bodies).toEqual(['three', 'four']);
    expect((await page(`last: 2, before: "${last.startCursor}"`)).bodies).toEqual(['one', 'two']);
    expect((await page('orderBy: LATEST')).bodies).toEqual(['four', 'three', 'two', 'one']);
  });

  test('are narrowed by space, conversation, author and time', async () => {
    const [ann, ben] = [hub.person(), hub.person()];
    const { space, conversation } = await hub.talk(ann);
    await hub.say(ben, conversation, 'Wanted');
    await hub.talk(ben, { space });
    const since = new Date(Date.now() - 60_000);
    const before = new Date(Date.now() + 60_000);
    const filter = { space, conversation, author: ben.personId, since, before };
    const document = 'query ($filter: MessageFilter) { messages(filter: $filter) { totalCount nodes { body } } }';
    expect((await hub.ask(ann, document, { filter })).data).toEqual({
      messages: { totalCount: 1, nodes: [{ body: 'Wanted' }] },
    });
    const later = await hub.ask(ann, document, { filter: { ...filter, since: before } });
    expect(later.data).toEqual({ messages: { totalCount: 0, nodes: [] } });
  });

  test('hold for each viewer what their spaces hold', async () => {
    const ann = hub.person();
    const { space, message } = await hub.talk(ann, { space: await hub.openSpace('private', [ann]) });
    const document = `query ($id: ID!, $filter: MessageFilter, $people: [_Any!]!) {
      message(id: $id) { body } messages(filter: $filter) { totalCount }
      _entities(representations: $people) { ... on Person { messages { totalCount nodes { body } } } } }`;
    const variables = { id: message, filter: { space }, people: [{ __typename: 'Person', key: ann.personId }] };
    const body = 'Parts come late.';
    expect((await hub.ask(ann, document, variables)).data).toEqual({
      message: { body },
      messages: { totalCount: 1 },
      _entities: [{ messages: { totalCount: 1, nodes: [{ body }] } }],
    });
    expect((await hub.ask(hub.person(), document, variables)).data).toEqual({
      message: null,
      messages: { totalCount: 0 },
      _entities: [{ messages: { totalCount: 0, nodes: [] } }],
    });
  });

  test('take the same number of statements whatever their size', async () => {
    const ann = hub.person();
    const { conversation, message } = await hub.talk(ann);
    for (let number = 0; number < 10; number += 1) {
      const answer = await hub.say(ann, conversation, `Answer ${number}`, { replyTo: message });
      await hub.change(ann, 'react', { message: answer, emoji: '👍' }, 'message { id }');
    }
    const document = `query ($id: ID!, $size: Int) { conversation(id: $id) { messages(last: $size) { totalCount nodes {
      body removed replyTo { body } conversation { title } replies { totalCount nodes { body } }
      reactions { totalCount nodes { emoji person { key } } } reactionCounts { emoji count viewerReacted } } } } }`;
    const statementsOf = async (size: number) => (await hub.ask(ann, document, { id: conversation, size })).statements;
    expect(await statementsOf(10)).toBe(await statementsOf(2));
  });
});

describe('searchMessages', () => {
  const document = `query ($query: String!, $filter: MessageFilter) { searchMessages(query: $query, filter: $filter) {
    totalCount edges { rank highlight node { id } } } }`;

  test('finds words whatever their case and accents, and marks them in escaped text', async () => {
    const ann = hub.person();
    const { conversation, space } = await hub.talk(ann);
    const id = await hub.say(ann, conversation, 'Façade & "roof" leak');
    const { data } = await hub.ask(ann, document, { query: 'FACADE -parts', filter: { space } });
    const highlight = '<mark>Façade</mark> &amp; &quot;roof&quot; leak';
    expect(data).toMatchObject({
      searchMessages: { totalCount: 1, edges: [{ highlight, rank: expect.any(Number), node: { id } }] },
    });
  });

  test('finds nothing that was removed, or that the viewer may not see', async () => {
    const ann = hub.person();
    const { conversation, space } = await hub.talk(ann, { space: await hub.openSpace('private', [ann]) });
    const gone = await hub.say(ann, conversation, 'Unmistakable one');
    const stays = await hub.say(ann, conversation, 'Unmistakable two');
    await hub.change(ann, 'removeMessage', { message: gone }, 'message { id }');
    const variables = { query: 'unmistakable', filter: { space } };
    const found = await hub.ask(ann, document, variables);
    expect(found.data).toMatchObject({ searchMessages: { totalCount: 1, edges: [{ node: { id: stays } }] } });
    const outside = await hub.ask(hub.person(), document, variables);
    expect(outside.data).toEqual({ searchMessages: { totalCount: 0, edges: [] } });
  });

  test('wants something to search for', async () => {
    expect((await hub.ask(hub.person(), document, { query: ' ' })).code).toBe('BAD_INPUT');
  });
});

interface Paged {
  readonly conversation: {
    readonly messages: {
      readonly nodes: readonly { readonly body: string }[];
      readonly pageInfo: { readonly startCursor: string; readonly endCursor: string };
    };
  };
}
