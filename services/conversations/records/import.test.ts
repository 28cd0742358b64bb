import { system } from '#kernel/auth/viewer.js';
import { type ConversationsFixture, startConversations } from '../conversations.fixture.js';
import {
  ann,
  answer,
  ben,
  conversation,
  day,
  idea,
  newSource,
  question,
  type RecordSource,
  reaction,
  talk,
} from './records.fixture.js';

let hub: ConversationsFixture;
let source: RecordSource;

beforeAll(async () => {
  hub = await startConversations();
});

beforeEach(async () => {
  source = await newSource(hub);
});

afterAll(() => hub.stop());

describe('importConversationRecords', () => {
  test('brings in a conversation with its history', async () => {
    expect(await source.bring(talk)).toEqual(['CREATED', 'CREATED', 'CREATED', 'CREATED']);
    expect(await look()).toEqual([
      {
        title: 'Late parts',
        channel: 'CUSTOMER',
        messageCount: 2,
        lastMessageAt: day(3),
        messages: [
          { body: 'Why?', author: ann, mentions: [ben], reactions: ['👍'] },
          { body: '', author: ben, mentions: [], reactions: [] },
        ],
      },
    ]);
  });

  test('tells of it with the real dates and people', async () => {
    await source.bring(talk);
    const [opened] = (await hub.events('conversations.conversation.opened')).slice(-1);
    expect(opened).toMatchObject({
      space: source.space,
      actor: null,
      time: new Date(day(1)),
      data: { idea, channel: 'customer' },
    });
    const [first, second] = (await hub.events('conversations.message.posted')).slice(-2);
    expect(first).toMatchObject({ actor: ann, time: new Date(day(2)), data: { idea, replyTo: null, mentions: [ben] } });
    expect(second).toMatchObject({ actor: ben, data: { replyTo: first?.subject, repliedTo: ann } });
    const [reacted] = (await hub.events('conversations.message.reacted')).slice(-1);
    expect(reacted).toMatchObject({ actor: ben, time: new Date(day(4)), data: { emoji: '👍', messageAuthor: ann } });
  });

  test('changes nothing and tells nothing the second time', async () => {
    await source.bring(talk);
    const before = [await look(), await eventCount()];
    expect(await source.bring(talk)).toEqual(['UNCHANGED', 'UNCHANGED', 'UNCHANGED', 'UNCHANGED']);
    expect([await look(), await eventCount()]).toEqual(before);
  });

  test('takes over what changed, and tells what', async () => {
    await source.bring(talk);
    const changes = [
      { ...conversation, title: 'Early parts', space: 'other' },
      { ...question, body: 'Why so late?', mentions: ['ann', 'ben'] },
    ];
    expect(await source.bring(changes)).toEqual(['UPDATED', 'UPDATED']);
    const [revised] = (await hub.events('conversations.conversation.revised')).slice(-1);
    expect(revised).toMatchObject({ space: source.other, data: { changed: ['space', 'title'] } });
    const [edited] = (await hub.events('conversations.message.edited')).slice(-1);
    expect(edited).toMatchObject({
      space: source.other,
      actor: ann,
      data: { mentions: [ann, ben], newMentions: [ann] },
    });
    expect(await source.exported(source.other)).toMatchObject([
      { title: 'Early parts' },
      { body: 'Why so late?' },
      {},
      { emoji: '👍' },
    ]);
    expect(await source.exported(source.space)).toEqual([]);
  });

  test('keeps number and newest date right when messages come, move and change their dates', async () => {
    const second = { ...conversation, ref: 'second', title: 'Second' };
    await source.bring([...talk, second]);
    await source.bring([
      { ...question, conversation: 'second', at: day(9) },
      { ...answer, conversation: 'second' },
    ]);
    await source.bring([
      { ...answer, conversation: 'second', at: day(1) },
      { ...question, ref: 'new', at: day(5) },
    ]);
    expect(await look()).toMatchObject([
      { title: 'Late parts', messageCount: 1, lastMessageAt: day(5) },
      { title: 'Second', messageCount: 2, lastMessageAt: day(9) },
    ]);
  });

  test('does not bring back what was removed here', async () => {
    await source.bring(talk);
    const [found] = (await hub.events('conversations.message.posted')).slice(-2);
    const admin = hub.person({ administrator: true });
    await hub.change(admin, 'removeMessage', { message: found?.subject }, 'message { id }');
    expect(await source.bring([question, { ...question, body: 'Back again' }])).toEqual(['UNCHANGED', 'UNCHANGED']);
    expect(await look()).toMatchObject([{ messages: [{ body: '' }, { body: '' }] }]);
  });

  test('refuses records it cannot take, each with field and reason, and takes the others', async () => {
    const records = [
      ...talk,
      { ...conversation, ref: 'second' },
      { ...answer, ref: 'stray', conversation: 'second' },
      { ...answer, ref: 'lost', conversation: 'nowhere' },
      { ...reaction, emoji: 'two words' },
      { kind: 'idea', ref: 'i', space: 'space', title: 'No', authors: ['ann'], at: day(1) },
    ];
    const { outcomes } = await source.send(records, 'SKIP');
    expect(outcomes.slice(4)).toMatchObject([
      { result: 'CREATED' },
      { result: 'REFUSED', field: 'replyTo', reason: expect.stringContaining('of another conversation') },
      { result: 'REFUSED', field: 'conversation', reason: expect.stringContaining('import it first') },
      { result: 'REFUSED', field: 'emoji' },
      { result: 'REFUSED', field: 'kind' },
    ]);
  });

  test('stops at the first refused record when told so', async () => {
    expect(
      await source.bring([conversation, { ...question, author: 'nobody' }, { ...conversation, ref: 'c2' }], 'STOP'),
    ).toEqual(['CREATED', 'REFUSED', 'NOT_REACHED']);
  });

  test('takes as many statements for many records as for few', async () => {
    const messages = (from: number, count: number) =>
      Array.from({ length: count }, (_, number) => ({ ...question, ref: `m${from + number}`, replyTo: 'question' }));
    await source.bring(talk);
    const few = await source.send(messages(0, 2));
    const many = await source.send(messages(100, 500));
    expect(many.outcomes.every(({ result }) => result === 'CREATED')).toBe(true);
    expect(many.statements).toBe(few.statements);
  });

  test('is for administrators', async () => {
    const input = { source: source.name, records: [conversation], references: [] };
    const payload = await hub.change(hub.person(), 'importConversationRecords', input, 'outcomes { result }');
    expect(payload.code).toBe('FORBIDDEN');
  });
});

interface Talks {
  readonly conversations: { readonly nodes: readonly Talk[] };
}

interface Talk {
  readonly title: string;
  readonly messages: { readonly nodes: readonly Said[] };
}

interface Said {
  readonly author: { readonly key: string };
  readonly mentions: readonly { readonly key: string }[];
  readonly reactions: { readonly nodes: readonly { readonly emoji: string }[] };
}

/** The conversations of this test's space, by title, as readers see them. */
async function look(): Promise<object[]> {
  const document = `query ($filter: ConversationFilter) { conversations(filter: $filter) { nodes {
    title channel messageCount lastMessageAt
    messages { nodes { body author { key } mentions { key } reactions { nodes { emoji } } } } } } }`;
  const { data } = await hub.ask<Talks>(system, document, { filter: { space: source.space } });
  const talks = [...data.conversations.nodes].sort((a, b) => a.title.localeCompare(b.title));
  return talks.map(({ messages, ...rest }) => ({ ...rest, messages: messages.nodes.map(plain) }));
}

function plain({ author, mentions, reactions, ...said }: Said): object {
  return {
    ...said,
    author: author.key,
    mentions: mentions.map(({ key }) => key),
    reactions: reactions.nodes.map(({ emoji }) => emoji),
  };
}

async function eventCount(): Promise<number> {
  const types = ['conversation.opened', 'conversation.revised', 'message.posted', 'message.edited', 'message.reacted'];
  const events = await Promise.all(types.map((type) => hub.events(`conversations.${type}`)));
  return events.flat().length;
}
