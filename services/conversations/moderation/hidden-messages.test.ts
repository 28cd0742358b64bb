import type { TestClient } from '#test/hub/graphql-client.js';
import { moderate } from '#test/hub/moderate.js';
import { openStream, presentOf, viewerOf } from '#test/hub/open-stream.js';
import { eventAt } from '#test/hub/read-events.js';
import { change, postMessage } from '#test/hub/talk.js';
import {
  appeal,
  conversation,
  decide,
  hide,
  hub,
  message,
  report,
  restore,
  waiting,
  world,
} from './moderated-conversations.fixture.js';

describe('a reported message', () => {
  test('waits for the moderators of its space, and for nobody else', async () => {
    const { cursor } = await report(message);
    expect(await eventAt(hub, 'conversations', cursor)).toMatchObject({
      type: 'conversations.case.reported',
      data: { content: message, reason: 'offensive' },
    });
    expect(await report(message)).toMatchObject({ cursor: null, errors: [] });
    for (const as of [world.owner, world.facilitator, hub.admin])
      expect(await waiting(as)).toContain(`REPORTED ${message}`);
    for (const as of [world.author, world.reader, world.outsider, hub.anonymous]) expect(await waiting(as)).toEqual([]);
  });

  test('is found in one question with what is reported of ideas', async () => {
    await report(message);
    const query = `query ($space: ID!) { ideaCases(space: $space) { totalCount } conversationCases(space: $space, last: 1) {
      nodes { content { ... on Message { moderation { state reportCount reports { reason reporter { id } } } } } } } }`;
    const reports = [{ reason: 'OFFENSIVE', reporter: { id: world.reader.id } }];
    const moderation = { state: 'REPORTED', reportCount: 1, reports };
    expect(await world.owner.run(query, { space: world.space })).toEqual({
      ideaCases: { totalCount: 0 },
      conversationCases: { nodes: [{ content: { moderation } }] },
    });
  });

  test('can be left standing', async () => {
    await report(message);
    const dismissed = await moderate(world.owner, 'dismissConversationReports', {
      content: message,
      note: 'It is a quote.',
    });
    expect(dismissed).toMatchObject({ errors: [], case: { state: 'DISMISSED', decision: 'It is a quote.' } });
    expect(await waiting(world.owner)).not.toContain(`REPORTED ${message}`);
  });

  test('cannot be reported by those who wrote it or do not see it', async () => {
    expect((await report(message, world.author)).errors).toMatchObject([{ code: 'INVALID' }]);
    expect((await report(message, world.outsider)).errors).toMatchObject([{ code: 'NOT_FOUND' }]);
    expect((await report(message, hub.anonymous)).code).toBe('UNAUTHENTICATED');
  });
});

describe('hiding a message', () => {
  test('takes it out of lists, counts, search, node and answers', async () => {
    const { id: answer } = await postMessage(world.reader, conversation, 'An answer', { replyTo: message });
    const read = `query ($id: ID!, $message: ID!) { message(id: $message) { id } node(id: $message) { id }
      searchMessages(query: "unmistakable", filter: { conversation: $id }) { totalCount nodes { id } }
      conversation(id: $id) { messageCount lastMessageAt messages { totalCount nodes { id replyTo { id } } } } }`;
    const seenBy = (as: TestClient) => as.run<Seen>(read, { id: conversation, message });
    const before = await seenBy(world.reader);
    expect(before.searchMessages.totalCount).toBe(1);
    const { cursor } = await hide(message);
    expect(await eventAt(hub, 'conversations', cursor)).toMatchObject({
      type: 'conversations.message.hidden',
      subject: message,
      actor: world.facilitator.id,
      data: { conversation },
    });
    const after = await seenBy(world.reader);
    expect(after).toMatchObject({ message: null, node: null, searchMessages: { totalCount: 0, nodes: [] } });
    expect(after.conversation).toMatchObject({ messageCount: 2, messages: { totalCount: 2 } });
    expect(after.conversation.messages.nodes.map(({ id }) => id)).not.toContain(message);
    expect(after.conversation.messages.nodes.at(-1)).toEqual({ id: answer, replyTo: null });
    for (const insider of [world.author, world.owner]) {
      const seen = await seenBy(insider);
      expect(seen).toMatchObject({ message: { id: message }, node: { id: message } });
      expect(seen.conversation.messages.totalCount).toBe(2);
    }
    expect(await hide(message)).toMatchObject({ cursor: null, errors: [] });
  });

  interface Seen {
    readonly searchMessages: { totalCount: number };
    readonly conversation: { messages: { totalCount: number; nodes: { id: string; replyTo: object | null }[] } };
  }

  test('makes the conversation as old as what is left to see', async () => {
    const dates = 'query ($id: ID!) { conversation(id: $id) { lastMessageAt messages { nodes { createdAt } } } }';
    await hide(message);
    type Dates = { conversation: { lastMessageAt: string; messages: { nodes: { createdAt: string }[] } } };
    const hidden = (await world.reader.run<Dates>(dates, { id: conversation })).conversation;
    expect(hidden.lastMessageAt).toBe(hidden.messages.nodes.at(-1)?.createdAt);
    await restore(message);
    const shown = (await world.reader.run<Dates>(dates, { id: conversation })).conversation;
    expect(shown.messages.nodes).toHaveLength(2);
    expect(shown.lastMessageAt).toBe(shown.messages.nodes.at(-1)?.createdAt);
  });

  test('leaves nothing to be done but to take it back', async () => {
    await hide(message);
    const attempts: [string, object][] = [
      ['editMessage', { message, body: 'Something else' }],
      ['react', { message, emoji: '👍' }],
      ['withdrawReaction', { message, emoji: '👍' }],
      ['postMessage', { conversation, body: 'An answer', replyTo: message }],
    ];
    for (const [mutation, input] of attempts) {
      const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
      const document = `mutation ($input: ${type}!) { payload: ${mutation}(input: $input) { errors { code } } }`;
      expect(await world.author.run(document, { input })).toEqual({ payload: { errors: [{ code: 'CLOSED' }] } });
    }
    expect(await change(world.author, 'removeMessage', { message })).toEqual(expect.any(String));
  });

  test('is for moderators who did not write it', async () => {
    expect((await hide(message, world.reader)).code).toBe('FORBIDDEN');
    expect((await hide(message, world.author)).code).toBe('FORBIDDEN');
    expect((await hide(message, hub.anonymous)).code).toBe('UNAUTHENTICATED');
    expect((await hide(message, world.outsider)).errors).toMatchObject([{ code: 'NOT_FOUND' }]);
    const mute = await moderate(world.owner, 'hideConversationContent', { content: message, reason: '' });
    expect(mute.errors).toMatchObject([{ code: 'INVALID', path: ['input', 'reason'] }]);
  });

  test('cannot be got round by an export', async () => {
    const { id: answer } = await postMessage(world.reader, conversation, 'An answer', { replyTo: message });
    await hide(message);
    const query = 'query ($space: ID!) { conversationRecords(space: $space, first: 100) { nodes { id record } } }';
    type Exported = { conversationRecords: { nodes: { id: string; record: { replyTo?: string } }[] } };
    const { nodes } = (await hub.admin.run<Exported>(query, { space: world.space })).conversationRecords;
    expect(nodes.map(({ id }) => id)).not.toContain(message);
    expect(nodes.find(({ id }) => id === answer)?.record).not.toHaveProperty('replyTo');
  });

  test('is told to subscribers, and what was said before is not replayed', async () => {
    const service = hub.service('conversations');
    const open = async (after: string) =>
      openStream(
        service,
        viewerOf(world.reader.id),
        `subscription ($after: Cursor, $conversation: ID) { conversationActivity(after: $after, conversation: $conversation) {
          kind messageId message { id } actor { key } } }`,
        { after, conversation },
      );
    const after = await presentOf(service);
    const { id } = await postMessage(world.author, conversation, 'Wrong');
    await change(world.reader, 'react', { message: id, emoji: '👎' });
    const live = await open(await presentOf(service));
    const { cursor } = await hide(id);
    const hidden = { kind: 'MESSAGE_HIDDEN', messageId: id, message: null, actor: null };
    expect((await live.eventsUpTo(cursor ?? '')).map(told)).toEqual([hidden]);
    live.end();
    const replay = await open(after);
    expect((await replay.eventsUpTo(cursor ?? '')).map(told)).toEqual([hidden]);
    replay.end();
  });

  const told = ({ result }: { result: { data?: Record<string, unknown> | null } }) => result.data?.conversationActivity;
});

describe('an appeal against a hidden message', () => {
  test('can bring it back', async () => {
    await hide(message);
    expect(await appeal(message)).toMatchObject({ errors: [], case: { state: 'APPEALED' } });
    expect(await waiting(world.owner)).toContain(`APPEALED ${message}`);
    expect(await decide(message, 'RESTORE')).toMatchObject({ case: { state: 'RESTORED', decision: 'We asked.' } });
    const query = 'query ($id: ID!) { message(id: $id) { body } }';
    expect(await world.reader.run(query, { id: message })).toEqual({ message: { body: 'Unmistakable words' } });
    const own = '{ ownConversationCases(first: 1) { nodes { state decision content { ... on Message { id } } } } }';
    const nodes = [{ state: 'RESTORED', decision: 'We asked.', content: { id: message } }];
    expect(await world.author.run(own)).toEqual({ ownConversationCases: { nodes } });
  });

  test('can be rejected by somebody else than who hid it', async () => {
    await hide(message);
    await appeal(message);
    expect((await decide(message, 'UPHOLD', world.facilitator)).code).toBe('FORBIDDEN');
    expect(await decide(message, 'UPHOLD')).toMatchObject({ case: { state: 'UPHELD' } });
    expect((await appeal(message)).errors).toMatchObject([{ code: 'CLOSED' }]);
    expect((await decide(message, 'RESTORE')).errors).toMatchObject([{ code: 'CLOSED' }]);
    expect(await restore(message)).toMatchObject({ case: { state: 'RESTORED' } });
  });
});
