import type { TestClient } from '#test/hub/graphql-client.js';
import { openStream, presentOf, viewerOf } from '#test/hub/open-stream.js';
import { eventAt } from '#test/hub/read-events.js';
import { submitIdea } from '#test/hub/seed.js';
import { change, openConversation, postMessage } from '#test/hub/talk.js';
import { conversation, hide, hub, message, restore, world } from './moderated-conversations.fixture.js';

interface Listed {
  readonly list: { readonly totalCount: number; readonly nodes: readonly { readonly id: string }[] };
}

const listed = async (as: TestClient, list: string) => {
  const used = ['$conversation', '$space'].filter((name) => list.includes(name)).map((name) => `${name}: ID!`);
  const document = `query ${used.length > 0 ? `(${used.join(', ')})` : ''} { ${list} }`;
  return as.run<Record<string, unknown>>(document, { conversation, space: world.space });
};
const page = '(first: 100) { totalCount nodes { id } }';

describe('a hidden conversation', () => {
  test.each([
    ['conversations', `list: conversations${page}`],
    ['those of its space', `found: space(id: $space) { list: conversations${page} }`],
  ])('is in nobody’s list and in no count: %s', async (_, field) => {
    const read = async (as: TestClient) => {
      const answer = await listed(as, field);
      return ((answer.found ?? answer) as Listed).list;
    };
    const before = await read(world.reader);
    expect(before.nodes.map(({ id }) => id)).toContain(conversation);
    await hide(conversation);
    for (const somebody of [world.reader, world.author, world.owner, hub.admin]) {
      const after = await read(somebody);
      expect(after.totalCount).toBe(before.totalCount - 1);
      expect(after.nodes.map(({ id }) => id)).not.toContain(conversation);
    }
  });

  test('is no longer with the idea it is about', async () => {
    const idea = await submitIdea(world.author, world.space);
    const about = await openConversation(world.author, world.space, { idea });
    const read = `query ($idea: ID!) { idea(id: $idea) { conversations { totalCount nodes { id } } } }`;
    expect(await world.owner.run(read, { idea })).toMatchObject({ idea: { conversations: { totalCount: 1 } } });
    await hide(about);
    const conversations = { totalCount: 0, nodes: [] };
    expect(await world.owner.run(read, { idea })).toEqual({ idea: { conversations } });
  });

  test.each([
    ['messages', `list: messages(filter: { conversation: $conversation }, first: 100) { totalCount nodes { id } }`],
    [
      'searchMessages',
      'list: searchMessages(query: "unmistakable", filter: { conversation: $conversation }) { totalCount nodes { id } }',
    ],
  ])('takes its messages along: %s', async (_, field) => {
    expect(await listed(world.reader, field)).not.toMatchObject({ list: { totalCount: 0 } });
    await hide(conversation);
    for (const somebody of [world.reader, world.author, world.owner, hub.admin])
      expect(await listed(somebody, field)).toEqual({ list: { totalCount: 0, nodes: [] } });
  });

  test('takes its messages from those who said them', async () => {
    await hide(conversation);
    const said = await listed(world.owner, `found: person(id: "${world.author.id}") { list: messages${page} }`);
    expect((said.found as Listed).list.nodes.map(({ id }) => id)).not.toContain(message);
  });

  test('exists by its id for who opened it and for moderators, with what was said in it', async () => {
    const { id: answer } = await postMessage(world.reader, conversation, 'An answer', { replyTo: message });
    await change(world.reader, 'react', { message, emoji: '👍' });
    await hide(conversation);
    const read = `query ($id: ID!, $message: ID!) { conversation(id: $id) { id messages { totalCount } }
      node(id: $id) { id } message(id: $message) { replies { nodes { id } } reactionCounts { emoji } }
      nodes(ids: [$message]) { id } }`;
    const ids = { id: conversation, message };
    const gone = { conversation: null, node: null, message: null, nodes: [null] };
    for (const other of [world.reader, world.outsider]) expect(await other.run(read, ids)).toEqual(gone);
    for (const insider of [world.author, world.facilitator, hub.admin])
      expect(await insider.run(read, ids)).toEqual({
        conversation: { id: conversation, messages: { totalCount: 3 } },
        node: { id: conversation },
        message: { replies: { nodes: [{ id: answer }] }, reactionCounts: [{ emoji: '👍' }] },
        nodes: [{ id: message }],
      });
  });

  test('that nobody is known to have opened exists for moderators only', async () => {
    const [id, words] = await importConversation('talk');
    const read = 'query ($id: ID!, $words: ID!) { conversation(id: $id) { opener { id } } message(id: $words) { id } }';
    const seen = (as: TestClient) => as.run(read, { id, words });
    expect(await seen(world.reader)).toEqual({ conversation: { opener: null }, message: { id: words } });
    await hide(id);
    expect(await seen(world.reader)).toEqual({ conversation: null, message: null });
    expect(await seen(world.owner)).toEqual({ conversation: { opener: null }, message: { id: words } });
  });

  test('rests as it is, also when an import says otherwise', async () => {
    const [id] = await importConversation('rest');
    await hide(id);
    expect(await bring([{ ...imported('rest'), title: 'Something else' }])).toEqual([{ result: 'UNCHANGED', id }]);
    expect(await world.owner.run('query ($id: ID!) { conversation(id: $id) { title } }', { id })).toEqual({
      conversation: { title: 'Imported' },
    });
  });

  test('leaves nothing to be done in it but to take back what one said', async () => {
    await hide(conversation);
    const attempts: [string, object][] = [
      ['reviseConversation', { conversation, title: 'Something else' }],
      ['postMessage', { conversation, body: 'More' }],
      ['editMessage', { message, body: 'Something else' }],
      ['react', { message, emoji: '👍' }],
      ['withdrawReaction', { message, emoji: '👍' }],
    ];
    for (const [mutation, input] of attempts) {
      const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
      const document = `mutation ($input: ${type}!) { payload: ${mutation}(input: $input) { errors { code } } }`;
      expect(await world.author.run(document, { input })).toEqual({ payload: { errors: [{ code: 'CLOSED' }] } });
    }
    expect(await change(world.author, 'removeMessage', { message })).toEqual(expect.any(String));
  });

  test('cannot be got round by an export', async () => {
    await change(world.reader, 'react', { message, emoji: '👍' });
    const query = 'query ($space: ID!) { conversationRecords(space: $space, first: 100) { nodes { id record } } }';
    const exported = async () => JSON.stringify(await hub.admin.run(query, { space: world.space }));
    expect(await exported()).toContain(message);
    await hide(conversation);
    expect(await exported()).not.toContain(conversation);
    expect(await exported()).not.toContain(message);
  });

  test('comes back whole', async () => {
    await hide(conversation);
    const { cursor } = await restore(conversation);
    expect(await eventAt(hub, 'conversations', cursor)).toMatchObject({ type: 'conversations.conversation.restored' });
    expect(await restore(conversation)).toMatchObject({ cursor: null, errors: [], case: { state: 'RESTORED' } });
    const read = 'query ($id: ID!) { conversation(id: $id) { messageCount messages { nodes { id } } } }';
    const messages = { nodes: [{ id: expect.any(String) }, { id: message }] };
    expect(await world.reader.run(read, { id: conversation })).toEqual({ conversation: { messageCount: 2, messages } });
  });
});

describe('streams', () => {
  const activity = `subscription ($after: Cursor, $space: ID) { conversationActivity(after: $after, space: $space) {
    kind conversationId messageId conversation { id } message { id } actor { key } } }`;
  const posted = `subscription ($after: Cursor, $space: ID) { messagePosted(after: $after, space: $space) { message { id } } }`;
  const open = (as: string, document: string, after: string) =>
    openStream(hub.service('conversations'), viewerOf(as), document, { after, space: world.space });
  const told = ({ result }: { result: { data?: Record<string, unknown> | null } }) =>
    Object.values(result.data ?? {})[0];

  test('tell that a conversation is hidden and shown again, and nothing of it in between', async () => {
    const stream = await open(world.reader.id, activity, await presentOf(hub.service('conversations')));
    await hide(conversation);
    const removed = await change(world.author, 'removeMessage', { message });
    const hidden = (await stream.eventsUpTo(removed)).map(told);
    const { cursor } = await restore(conversation);
    const shown = (await stream.eventsUpTo(cursor ?? '')).map(told);
    const about = { conversationId: conversation, messageId: null, message: null, actor: null };
    expect(hidden).toEqual([{ kind: 'HIDDEN', ...about, conversation: null }]);
    expect(shown).toEqual([{ kind: 'RESTORED', ...about, conversation: { id: conversation } }]);
    stream.end();
  });

  test('replay nothing that happened in it, and tell nobody outside', async () => {
    const after = await presentOf(hub.service('conversations'));
    const other = await openConversation(world.author, world.space, { message: 'Now hidden' });
    const { cursor } = await hide(other);
    const replayed = async (as: string, document: string) => {
      const stream = await open(as, document, after);
      const events = await stream.eventsUpTo(cursor ?? '');
      stream.end();
      return events.map(told);
    };
    const hidden = { kind: 'HIDDEN', conversationId: other, messageId: null };
    expect(await replayed(world.reader.id, activity)).toEqual([
      { ...hidden, conversation: null, message: null, actor: null },
    ]);
    expect(await replayed(world.reader.id, posted)).toEqual([]);
    expect(await replayed(world.outsider.id, activity)).toEqual([]);
  });
});

const at = '2024-01-01T12:00:00.000Z';
const imported = (ref: string) => ({ kind: 'conversation', ref, space: 'space', title: 'Imported', at });

interface Outcome {
  readonly result: string;
  readonly id: string;
}

async function bring(records: readonly object[]): Promise<readonly Outcome[]> {
  const references = [
    { kind: 'SPACE', ref: 'space', id: world.space },
    { kind: 'PERSON', ref: 'author', id: world.author.id },
  ];
  const { payload } = await hub.admin.run<{ payload: { outcomes: readonly Outcome[] } }>(
    `mutation ($input: ImportConversationRecordsInput!) { payload: importConversationRecords(input: $input) {
      outcomes { result id } } }`,
    { input: { source: 'elsewhere', references, records } },
  );
  return payload.outcomes;
}

/** A conversation that nobody is known to have opened, and a message in it. */
async function importConversation(ref: string): Promise<[string, string]> {
  const words = { kind: 'message', ref: `${ref} words`, conversation: ref, author: 'author', body: 'Imported', at };
  const [talk, said] = await bring([imported(ref), words]);
  return [talk?.id ?? '', said?.id ?? ''];
}
