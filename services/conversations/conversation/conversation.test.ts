import { mintId } from '#kernel/ids/id.js';
import { type ConversationsFixture, idIn, startConversations } from '../conversations.fixture.js';

let hub: ConversationsFixture;

beforeAll(async () => {
  hub = await startConversations();
});

afterAll(() => hub.stop());

const opened =
  'conversation { id title channel messageCount lastMessageAt opener { key } idea { key } } message { body }';

describe('openConversation', () => {
  test('opens a conversation about an idea, with a first message', async () => {
    const ann = hub.person();
    const idea = mintId('Idea');
    const input = { space: await hub.openSpace(), title: ' Late parts ', idea, channel: 'CUSTOMER', message: 'Why?' };
    const payload = await hub.change(ann, 'openConversation', input, opened);
    expect(payload).toMatchObject({
      errors: [],
      conversation: {
        title: 'Late parts',
        channel: 'CUSTOMER',
        messageCount: 1,
        opener: { key: ann.personId },
        idea: { key: idea },
      },
      message: { body: 'Why?' },
    });
    const [event] = await eventsAbout('conversations.conversation.opened', idIn(payload.conversation));
    expect(event).toMatchObject({ space: input.space, actor: ann.personId, data: { idea, channel: 'customer' } });
  });

  test('is internal and empty unless more is said', async () => {
    const input = { space: await hub.openSpace(), title: 'Quiet' };
    expect(await hub.change(hub.person(), 'openConversation', input, opened)).toMatchObject({
      conversation: { channel: 'INTERNAL', messageCount: 0, lastMessageAt: null, idea: null },
      message: null,
    });
  });

  test('gives the first conversation again for the same idempotency key', async () => {
    const ann = hub.person();
    const input = { space: await hub.openSpace(), title: 'Once', message: 'Once.', idempotencyKey: 'open' };
    const first = await hub.change(ann, 'openConversation', input, opened);
    expect(await hub.change(ann, 'openConversation', input, opened)).toEqual(first);
    const other = await hub.change(ann, 'openConversation', { ...input, title: 'Twice' }, opened);
    expect(other.errors).toMatchObject([{ code: 'IDEMPOTENCY_KEY_REUSED' }]);
  });

  test.each([
    ['an empty title', { title: ' ' }, 'title'],
    ['a title of 301 characters', { title: 'x'.repeat(301) }, 'title'],
    ['an empty first message', { message: '' }, 'message'],
    ['what is no id of an idea', { idea: 'idea_7' }, 'idea'],
  ])('refuses %s', async (_case, wrong, field) => {
    const input = { space: await hub.openSpace(), title: 'Fine', ...wrong };
    const { errors } = await hub.change(hub.person(), 'openConversation', input, opened);
    expect(errors).toMatchObject([{ code: 'INVALID', path: ['input', field] }]);
  });

  test('finds no space that the viewer may not enter', async () => {
    const space = await hub.openSpace('private', [hub.person()]);
    const { errors } = await hub.change(hub.person(), 'openConversation', { space, title: 'Let me in' }, opened);
    expect(errors).toMatchObject([{ code: 'NOT_FOUND', path: ['input', 'space'] }]);
  });

  test('is not for anonymous callers', async () => {
    const input = { space: await hub.openSpace(), title: 'Who am I' };
    expect((await hub.change({ kind: 'anonymous' }, 'openConversation', input, opened)).code).toBe('UNAUTHENTICATED');
  });
});

describe('reviseConversation', () => {
  const revised = 'conversation { title channel }';

  test('changes title and channel for the opener, once for one idempotency key', async () => {
    const ann = hub.person();
    const { conversation } = await hub.talk(ann);
    const input = { conversation, title: 'Early parts', channel: 'PARTNER', idempotencyKey: 'revise' };
    const first = await hub.change(ann, 'reviseConversation', input, revised);
    expect(first).toMatchObject({ errors: [], conversation: { title: 'Early parts', channel: 'PARTNER' } });
    expect(await hub.change(ann, 'reviseConversation', input, revised)).toEqual(first);
    const events = await eventsAbout('conversations.conversation.revised', conversation);
    expect(events).toMatchObject([{ data: { changed: ['title', 'channel'], channel: 'partner' } }]);
  });

  test('is for administrators too', async () => {
    const { conversation } = await hub.talk(hub.person());
    const admin = hub.person({ administrator: true });
    const payload = await hub.change(admin, 'reviseConversation', { conversation, title: 'Mended' }, revised);
    expect(payload).toMatchObject({ errors: [], conversation: { title: 'Mended' } });
  });

  test('changes nothing when everything already is as asked', async () => {
    const ann = hub.person();
    const { conversation } = await hub.talk(ann, { title: 'Same' });
    const payload = await hub.change(ann, 'reviseConversation', { conversation, title: 'Same' }, revised);
    expect(payload).toMatchObject({ errors: [], cursor: null });
    expect(await eventsAbout('conversations.conversation.revised', conversation)).toEqual([]);
  });

  test('wants to know what changes, and a title that is one', async () => {
    const ann = hub.person();
    const { conversation } = await hub.talk(ann);
    const nothing = await hub.change(ann, 'reviseConversation', { conversation }, revised);
    expect(nothing.errors).toMatchObject([{ code: 'INVALID', path: ['input'] }]);
    const empty = await hub.change(ann, 'reviseConversation', { conversation, title: '' }, revised);
    expect(empty.errors).toMatchObject([{ code: 'INVALID', path: ['input', 'title'] }]);
  });

  test('is refused to others, and does not exist for outsiders', async () => {
    const ann = hub.person();
    const { conversation } = await hub.talk(ann, { space: await hub.openSpace('private', [ann]) });
    const outsider = await hub.change(hub.person(), 'reviseConversation', { conversation, title: 'Mine' }, revised);
    expect(outsider.errors).toMatchObject([{ code: 'NOT_FOUND', path: ['input', 'conversation'] }]);
    const { conversation: open } = await hub.talk(ann);
    const other = await hub.change(hub.person(), 'reviseConversation', { conversation: open, title: 'Mine' }, revised);
    expect(other.code).toBe('FORBIDDEN');
  });
});

describe('lists of conversations', () => {
  const titles = '{ totalCount nodes { title } }';

  test('stand in the order of their newest message, or of their opening', async () => {
    const ann = hub.person();
    const space = await hub.openSpace();
    const { conversation } = await hub.talk(ann, { space, title: 'First' });
    await hub.talk(ann, { space, title: 'Second' });
    await hub.say(ann, conversation, 'Again.');
    const document = `query ($spaces: [_Any!]!) { _entities(representations: $spaces) { ... on Space {
      active: conversations ${titles} latest: conversations(orderBy: LATEST) ${titles} } } }`;
    const { data } = await hub.ask(ann, document, { spaces: [{ __typename: 'Space', key: space }] });
    const [first, second] = [{ title: 'First' }, { title: 'Second' }];
    expect(data).toMatchObject({
      _entities: [{ active: { nodes: [first, second] }, latest: { nodes: [second, first] } }],
    });
  });

  test('are narrowed by space, idea and channel', async () => {
    const ann = hub.person();
    const [space, idea] = [await hub.openSpace(), mintId('Idea')];
    await hub.talk(ann, { space, title: 'Wanted', idea, channel: 'SOCIAL' });
    await hub.talk(ann, { space, title: 'Other channel', idea });
    await hub.talk(ann, { space, title: 'Other idea', channel: 'SOCIAL' });
    const document = `query ($filter: ConversationFilter) { conversations(filter: $filter) ${titles} }`;
    const { data } = await hub.ask(ann, document, { filter: { space, idea, channel: 'SOCIAL' } });
    expect(data).toEqual({ conversations: { totalCount: 1, nodes: [{ title: 'Wanted' }] } });
  });

  test('hold for each viewer what their spaces hold, counts included', async () => {
    const ann = hub.person();
    const space = await hub.openSpace('private', [ann]);
    const { conversation } = await hub.talk(ann, { space, title: 'Secret' });
    const document = `query ($filter: ConversationFilter, $id: ID!) { conversation(id: $id) { title } conversations(filter: $filter) ${titles} }`;
    const variables = { filter: { space }, id: conversation };
    expect((await hub.ask(ann, document, variables)).data).toMatchObject({
      conversation: { title: 'Secret' },
      conversations: { totalCount: 1 },
    });
    expect((await hub.ask(hub.person(), document, variables)).data).toEqual({
      conversation: null,
      conversations: { totalCount: 0, nodes: [] },
    });
  });

  test('under many ideas take as many statements as under one', async () => {
    const ann = hub.person();
    const space = await hub.openSpace();
    const ideas = Array.from({ length: 20 }, () => mintId('Idea'));
    for (const idea of ideas) {
      const { conversation } = await hub.talk(ann, { space, idea });
      await hub.say(ann, conversation, 'Here.');
    }
    const document = `query ($ideas: [_Any!]!) { _entities(representations: $ideas) { ... on Idea {
      conversations(first: 1) { nodes { title messageCount messages(last: 3) { nodes { body author { key } } } } } } } }`;
    const under = (count: number) =>
      hub.ask(ann, document, { ideas: ideas.slice(0, count).map((key) => ({ __typename: 'Idea', key })) });
    const many = await under(20);
    expect(many.data).toMatchObject({
      _entities: ideas.map(() => ({
        conversations: {
          nodes: [{ messageCount: 2, messages: { nodes: [{ body: 'Parts come late.' }, { body: 'Here.' }] } }],
        },
      })),
    });
    expect([many.statements, (await under(1)).statements]).toEqual([2, 2]);
  });
});

async function eventsAbout(type: string, subject: string) {
  return (await hub.events(type)).filter((event) => event.subject === subject);
}
