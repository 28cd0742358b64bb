import { system } from '#kernel/auth/viewer.js';
import { type ConversationsFixture, startConversations } from '../conversations.fixture.js';
import {
  ann,
  answer,
  ben,
  conversation,
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

describe('conversationReferences', () => {
  const document = `query ($source: String!, $references: [RecordKeyInput!]!) {
    conversationReferences(source: $source, references: $references) { kind ref id } }`;

  test('tells administrators which messages records became', async () => {
    await source.bring(talk);
    const references = [
      { kind: 'MESSAGE', ref: 'question' },
      { kind: 'MESSAGE', ref: 'unknown' },
    ];
    const { data } = await hub.ask(system, document, { source: source.name, references });
    expect(data).toEqual({
      conversationReferences: [{ kind: 'MESSAGE', ref: 'question', id: expect.stringMatching(/^message_/) }],
    });
    expect((await hub.ask(hub.person(), document, { source: source.name, references })).code).toBe('FORBIDDEN');
  });
});

describe('conversationRecords', () => {
  test('gives back, page by page, what was imported', async () => {
    await source.bring(talk);
    expect(await source.exported(source.space)).toEqual([
      { ...conversation, space: source.space, idea },
      { ...question, author: ann, mentions: [ben] },
      { ...answer, author: ben },
      { ...reaction, person: ben },
    ]);
  });

  test('names by id what was made here', async () => {
    const viewer = hub.person();
    const made = await hub.talk(viewer, { space: source.space });
    expect(await source.exported(source.space)).toMatchObject([
      { kind: 'conversation', ref: made.conversation },
      { kind: 'message', ref: made.message, conversation: made.conversation, author: viewer.personId },
    ]);
  });

  test('is for administrators', async () => {
    const document = 'query ($space: ID!) { conversationRecords(space: $space) { nodes { id } } }';
    expect((await hub.ask(hub.person(), document, { space: source.space })).code).toBe('FORBIDDEN');
  });

  test('refuses a cursor that is none of its own', async () => {
    const document = 'query ($space: ID!) { conversationRecords(space: $space, after: "zebra") { nodes { id } } }';
    expect((await hub.ask(system, document, { space: source.space })).code).toBe('BAD_CURSOR');
  });
});
