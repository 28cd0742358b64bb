import { statementsOf } from '#test/hub/count-statements.js';
import type { TestClient } from '#test/hub/graphql-client.js';
import { type ModeratedSpace, moderate, openModeratedSpace } from '#test/hub/moderate.js';
import { openStream, presentOf, viewerOf } from '#test/hub/open-stream.js';
import { eventAt } from '#test/hub/read-events.js';
import { change, openConversation, postMessage } from '#test/hub/talk.js';
import { startTestHub, type TestHub } from '#test/hub/test-hub.js';

let hub: TestHub;
let world: ModeratedSpace;
let conversation: string;
let message: string;

beforeAll(async () => {
  hub = await startTestHub({ heartbeatMs: 20 });
  world = await openModeratedSpace(hub);
});

afterAll(() => hub.stop());

beforeEach(async () => {
  conversation = await openConversation(world.owner, world.space);
  await postMessage(world.reader, conversation, 'Something before');
  message = (await postMessage(world.author, conversation, 'Unmistakable words')).id;
});

const hide = (content = message, as: TestClient = world.facilitator) =>
  moderate(as, 'hideMessage', { content, reason: 'It names a customer.' });
const report = (content = message, as: TestClient = world.reader) =>
  moderate(as, 'reportMessage', { content, reason: 'OFFENSIVE' });
const restore = (as: TestClient = world.owner) =>
  moderate(as, 'restoreMessage', { content: message, note: 'A mistake.' });

const waiting = async (as: TestClient) => {
  const query = `query ($space: ID) { messageCases(space: $space, last: 100) { nodes { state message { id } } } }`;
  type Found = { messageCases: { nodes: { state: string; message: { id: string } }[] } };
  const { messageCases } = await as.run<Found>(query, { space: world.space });
  return messageCases.nodes.map((node) => `${node.state} ${node.message.id}`);
};

describe('a reported message', () => {
  test('waits for the moderators of its space, and for nobody else', async () => {
    const { cursor } = await report();
    expect(await eventAt(hub, 'conversations', cursor)).toMatchObject({
      type: 'conversations.case.reported',
      data: { content: message, reason: 'offensive' },
    });
    expect(await report()).toMatchObject({ cursor: null, errors: [] });
    for (const as of [world.owner, world.facilitator, hub.admin])
      expect(await waiting(as)).toContain(`REPORTED ${message}`);
    for (const as of [world.author, world.reader, world.outsider, hub.anonymous]) expect(await waiting(as)).toEqual([]);
  });

  test('is found in one question with what is reported of ideas', async () => {
    await report();
    const query = `query ($space: ID!) { ideaCases(space: $space) { totalCount } messageCases(space: $space, last: 1) {
      nodes { message { moderation { state reportCount reports { reason reporter { id } } } } } } }`;
    const reports = [{ reason: 'OFFENSIVE', reporter: { id: world.reader.id } }];
    const moderation = { state: 'REPORTED', reportCount: 1, reports };
    expect(await world.owner.run(query, { space: world.space })).toEqual({
      ideaCases: { totalCount: 0 },
      messageCases: { nodes: [{ message: { moderation } }] },
    });
  });

  test('can be left standing', async () => {
    await report();
    const dismissed = await moderate(world.owner, 'dismissMessageReports', {
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

describe('hideMessage', () => {
  test('takes a message out of lists, counts, search, node and answers', async () => {
    const { id: answer } = await postMessage(world.reader, conversation, 'An answer', { replyTo: message });
    const read = `query ($id: ID!, $message: ID!) { message(id: $message) { id } node(id: $message) { id }
      searchMessages(query: "unmistakable", filter: { conversation: $id }) { totalCount nodes { id } }
      conversation(id: $id) { messageCount lastMessageAt messages { totalCount nodes { id replyTo { id } } } } }`;
    const seenBy = (as: TestClient) => as.run<Seen>(read, { id: conversation, message });
    const before = await seenBy(world.reader);
    expect(before.searchMessages.totalCount).toBe(1);
    const { cursor } = await hide();
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
    expect(await hide()).toMatchObject({ cursor: null, errors: [] });
  });

  interface Seen {
    readonly searchMessages: { totalCount: number };
    readonly conversation: { messages: { totalCount: number; nodes: { id: string; replyTo: object | null }[] } };
  }

  test('makes the conversation as old as what is left to see', async () => {
    const dates = 'query ($id: ID!) { conversation(id: $id) { lastMessageAt messages { nodes { createdAt } } } }';
    await hide();
    type Dates = { conversation: { lastMessageAt: string; messages: { nodes: { createdAt: string }[] } } };
    const hidden = (await world.reader.run<Dates>(dates, { id: conversation })).conversation;
    expect(hidden.lastMessageAt).toBe(hidden.messages.nodes.at(-1)?.createdAt);
    await restore();
    const shown = (await world.reader.run<Dates>(dates, { id: conversation })).conversation;
    expect(shown.messages.nodes).toHaveLength(2);
    expect(shown.lastMessageAt).toBe(shown.messages.nodes.at(-1)?.createdAt);
  });

  test('leaves nothing to be done but to take it back', async () => {
    await hide();
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
    const mute = await moderate(world.owner, 'hideMessage', { content: message, reason: '' });
    expect(mute.errors).toMatchObject([{ code: 'INVALID', path: ['input', 'reason'] }]);
  });

  test('cannot be got round by an export', async () => {
    const { id: answer } = await postMessage(world.reader, conversation, 'An answer', { replyTo: message });
    await hide();
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
  const appeal = () => moderate(world.author, 'appealMessageHiding', { content: message, text: 'They agreed.' });
  const decide = (decision: string, as: TestClient = world.owner) =>
    moderate(as, 'decideMessageAppeal', { content: message, decision, note: 'We asked.' });

  test('can bring it back', async () => {
    await hide();
    expect(await appeal()).toMatchObject({ errors: [], case: { state: 'APPEALED' } });
    expect(await waiting(world.owner)).toContain(`APPEALED ${message}`);
    expect(await decide('RESTORE')).toMatchObject({ case: { state: 'RESTORED', decision: 'We asked.' } });
    const query = 'query ($id: ID!) { message(id: $id) { body } }';
    expect(await world.reader.run(query, { id: message })).toEqual({ message: { body: 'Unmistakable words' } });
    const own = '{ ownMessageCases(first: 1) { nodes { state decision message { id } } } }';
    const nodes = [{ state: 'RESTORED', decision: 'We asked.', message: { id: message } }];
    expect(await world.author.run(own)).toEqual({ ownMessageCases: { nodes } });
  });

  test('can be rejected by somebody else than who hid it', async () => {
    await hide();
    await appeal();
    expect((await decide('UPHOLD', world.facilitator)).code).toBe('FORBIDDEN');
    expect(await decide('UPHOLD')).toMatchObject({ case: { state: 'UPHELD' } });
    expect((await appeal()).errors).toMatchObject([{ code: 'CLOSED' }]);
    expect((await decide('RESTORE')).errors).toMatchObject([{ code: 'CLOSED' }]);
    expect(await restore()).toMatchObject({ case: { state: 'RESTORED' } });
  });
});

describe('the queue of messages', () => {
  test('takes the same number of statements whatever its size', async () => {
    for (let number = 0; number < 6; number += 1)
      await report((await postMessage(world.author, conversation, `Again ${number}`)).id);
    const query = `query ($space: ID, $last: Int) { messageCases(space: $space, last: $last) { totalCount nodes {
      state reportCount decidedBy { name } reports { note reporter { name } } space { name }
      message { body author { name } moderation { state } } } } }`;
    const read = (last: number) => statementsOf(hub, () => world.owner.run(query, { space: world.space, last }));
    await read(1);
    expect(await read(6)).toHaveLength((await read(2)).length);
  });
});
