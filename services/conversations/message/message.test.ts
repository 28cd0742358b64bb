import { mintId } from '#kernel/ids/id.js';
import { type ConversationsFixture, idIn, startConversations } from '../conversations.fixture.js';

let hub: ConversationsFixture;

beforeAll(async () => {
  hub = await startConversations();
});

afterAll(() => hub.stop());

describe('postMessage', () => {
  const posted = 'message { id body author { key } replyTo { id } mentions { key } conversation { messageCount } }';

  test('answers a message and mentions people, each once', async () => {
    const [ann, ben, eve] = [hub.person(), hub.person({ party: 'customer' }), hub.person()];
    const { conversation, message, space } = await hub.talk(ann);
    const mentions = [eve.personId, eve.personId];
    const input = { conversation, body: 'Because of the bridge.', replyTo: message, mentions };
    const payload = await hub.change(ben, 'postMessage', input, posted);
    expect(payload).toMatchObject({
      errors: [],
      message: {
        body: 'Because of the bridge.',
        author: { key: ben.personId },
        replyTo: { id: message },
        mentions: [{ key: eve.personId }],
        conversation: { messageCount: 2 },
      },
    });
    const facts = { conversation, idea: null, channel: 'internal', replyTo: message, party: 'customer' };
    expect(await eventsAbout('conversations.message.posted', idIn(payload.message))).toMatchObject([
      { space, actor: ben.personId, data: { ...facts, repliedTo: ann.personId, mentions: [eve.personId] } },
    ]);
  });

  test('posts once for one idempotency key', async () => {
    const ann = hub.person();
    const { conversation } = await hub.talk(ann);
    const input = { conversation, body: 'Once.', idempotencyKey: 'post' };
    const first = await hub.change(ann, 'postMessage', input, 'message { id }');
    expect(await hub.change(ann, 'postMessage', input, 'message { id }')).toEqual(first);
    const { data } = await hub.ask(ann, 'query ($id: ID!) { conversation(id: $id) { messageCount } }', {
      id: conversation,
    });
    expect(data).toEqual({ conversation: { messageCount: 2 } });
  });

  test('counts every message of many at once', async () => {
    const ann = hub.person();
    const { conversation } = await hub.talk(ann);
    await Promise.all(Array.from({ length: 20 }, (_, number) => hub.say(ann, conversation, `Number ${number}`)));
    const document =
      'query ($id: ID!) { conversation(id: $id) { messageCount messages(first: 100) { totalCount nodes { id } } } }';
    const { data } = await hub.ask<Counted>(ann, document, { id: conversation });
    expect(data.conversation.messageCount).toBe(21);
    expect(data.conversation.messages.nodes).toHaveLength(21);
  });

  test.each([
    ['an empty body', { body: ' \n ' }, 'body'],
    ['a body of 65,537 characters', { body: 'x'.repeat(65_537) }, 'body'],
    ['a mention of no person', { mentions: ['@ben'] }, 'mentions'],
    ['1,001 mentions', { mentions: Array.from({ length: 1_001 }, () => mintId('Person')) }, 'mentions'],
  ])('refuses %s', async (_case, wrong, field) => {
    const ann = hub.person();
    const { conversation } = await hub.talk(ann);
    const { errors } = await hub.change(ann, 'postMessage', { conversation, body: 'Fine.', ...wrong }, posted);
    expect(errors).toMatchObject([{ code: 'INVALID', path: ['input', field] }]);
  });

  test('finds no message of another conversation to answer', async () => {
    const ann = hub.person();
    const [here, there] = [await hub.talk(ann), await hub.talk(ann)];
    const input = { conversation: here.conversation, body: 'Over there!', replyTo: there.message };
    const { errors } = await hub.change(ann, 'postMessage', input, posted);
    expect(errors).toMatchObject([{ code: 'NOT_FOUND', path: ['input', 'replyTo'] }]);
  });

  test('finds no conversation of a space the viewer may not enter, and no anonymous author', async () => {
    const ann = hub.person();
    const { conversation } = await hub.talk(ann, { space: await hub.openSpace('private', [ann]) });
    const input = { conversation, body: 'Hello?' };
    const outsider = await hub.change(hub.person(), 'postMessage', input, posted);
    expect(outsider.errors).toMatchObject([{ code: 'NOT_FOUND', path: ['input', 'conversation'] }]);
    expect((await hub.change({ kind: 'anonymous' }, 'postMessage', input, posted)).code).toBe('UNAUTHENTICATED');
  });
});

describe('editMessage', () => {
  const edited = 'message { body editedAt mentions { key } }';

  test('changes the words, keeps the mentions unless told otherwise, and tells whom it newly mentions', async () => {
    const [ann, ben, eve] = [hub.person(), hub.person(), hub.person()];
    const { conversation } = await hub.talk(ann);
    const message = await hub.say(ann, conversation, 'Ask Ben.', { mentions: [ben.personId] });
    const kept = await hub.change(ann, 'editMessage', { message, body: 'Please ask Ben.' }, edited);
    expect(kept.message).toMatchObject({ body: 'Please ask Ben.', mentions: [{ key: ben.personId }] });
    const mentions = [ben.personId, eve.personId];
    const more = await hub.change(ann, 'editMessage', { message, body: 'Ask Ben or Eve.', mentions }, edited);
    expect(more.message).toMatchObject({ editedAt: expect.any(String), mentions: mentions.map((key) => ({ key })) });
    expect(await eventsAbout('conversations.message.edited', message)).toMatchObject([
      { data: { conversation, mentions: [ben.personId], newMentions: [] } },
      { data: { conversation, mentions, newMentions: [eve.personId] } },
    ]);
  });

  test('does nothing the second time', async () => {
    const ann = hub.person();
    const { message } = await hub.talk(ann);
    const input = { message, body: 'Better.', idempotencyKey: 'edit' };
    const first = await hub.change(ann, 'editMessage', input, edited);
    expect(await hub.change(ann, 'editMessage', input, edited)).toEqual(first);
    const again = await hub.change(ann, 'editMessage', { message, body: 'Better.' }, edited);
    expect(again).toMatchObject({ errors: [], cursor: null });
    expect(await eventsAbout('conversations.message.edited', message)).toHaveLength(1);
  });

  test('is refused to everybody but the author, administrators included', async () => {
    const { message } = await hub.talk(hub.person());
    const input = { message, body: 'I never said that.' };
    expect((await hub.change(hub.person(), 'editMessage', input, edited)).code).toBe('FORBIDDEN');
    const admin = hub.person({ administrator: true });
    expect((await hub.change(admin, 'editMessage', input, edited)).code).toBe('FORBIDDEN');
  });

  test('is refused for empty words and for removed messages, and finds nothing for outsiders', async () => {
    const ann = hub.person();
    const { message } = await hub.talk(ann, { space: await hub.openSpace('private', [ann]) });
    const empty = await hub.change(ann, 'editMessage', { message, body: '' }, edited);
    expect(empty.errors).toMatchObject([{ code: 'INVALID', path: ['input', 'body'] }]);
    const outsider = await hub.change(hub.person(), 'editMessage', { message, body: 'Hm.' }, edited);
    expect(outsider.errors).toMatchObject([{ code: 'NOT_FOUND', path: ['input', 'message'] }]);
    await hub.change(ann, 'removeMessage', { message }, 'message { id }');
    const late = await hub.change(ann, 'editMessage', { message, body: 'Too late.' }, edited);
    expect(late.errors).toMatchObject([{ code: 'CLOSED', path: ['input', 'message'] }]);
  });
});

describe('removeMessage', () => {
  const removed =
    'message { id body removed mentions { key } replies { nodes { body } } conversation { messageCount } }';

  test('takes the words away and leaves the place, the answers and the count', async () => {
    const [ann, ben] = [hub.person(), hub.person()];
    const { conversation, space } = await hub.talk(ann);
    const message = await hub.say(ann, conversation, 'Regrettable', { mentions: [ben.personId] });
    await hub.say(ben, conversation, 'An answer', { replyTo: message });
    const payload = await hub.change(ann, 'removeMessage', { message }, removed);
    const remains = { body: '', removed: true, mentions: [], replies: { nodes: [{ body: 'An answer' }] } };
    expect(payload).toMatchObject({
      errors: [],
      message: { id: message, ...remains, conversation: { messageCount: 3 } },
    });
    const data = { conversation, idea: null, messageAuthor: ann.personId };
    expect(await eventsAbout('conversations.message.removed', message)).toMatchObject([{ space, data }]);
  });

  test('happens once', async () => {
    const [ann, admin] = [hub.person(), hub.person({ administrator: true })];
    const { message } = await hub.talk(ann);
    const input = { message, idempotencyKey: 'remove' };
    const first = await hub.change(admin, 'removeMessage', input, removed);
    expect(await hub.change(admin, 'removeMessage', input, removed)).toEqual(first);
    expect(await hub.change(ann, 'removeMessage', { message }, removed)).toMatchObject({ errors: [], cursor: null });
    expect(await eventsAbout('conversations.message.removed', message)).toMatchObject([{ actor: admin.personId }]);
  });

  test('is refused to others and finds nothing for outsiders', async () => {
    const ann = hub.person();
    const open = await hub.talk(ann);
    const closed = await hub.talk(ann, { space: await hub.openSpace('private', [ann]) });
    expect((await hub.change(hub.person(), 'removeMessage', { message: open.message }, removed)).code).toBe(
      'FORBIDDEN',
    );
    const outsider = await hub.change(hub.person(), 'removeMessage', { message: closed.message }, removed);
    expect(outsider.errors).toMatchObject([{ code: 'NOT_FOUND', path: ['input', 'message'] }]);
  });
});

interface Counted {
  readonly conversation: { readonly messageCount: number; readonly messages: { readonly nodes: readonly object[] } };
}

async function eventsAbout(type: string, subject: string) {
  return (await hub.events(type)).filter((event) => event.subject === subject);
}
