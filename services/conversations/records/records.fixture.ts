import { system } from '#kernel/auth/viewer.js';
import { mintId } from '#kernel/ids/id.js';
import type { ConversationsFixture } from '../conversations.fixture.js';

export const ann = mintId('Person');
export const ben = mintId('Person');
export const idea = mintId('Idea');

export function day(number: number): string {
  return `2024-01-0${number}T12:00:00.000Z`;
}

export const conversation = {
  kind: 'conversation',
  ref: 'talk',
  space: 'space',
  title: 'Late parts',
  idea: 'idea',
  channel: 'customer',
  at: day(1),
};
export const question = {
  kind: 'message',
  ref: 'question',
  conversation: 'talk',
  author: 'ann',
  body: 'Why?',
  mentions: ['ben'],
  at: day(2),
};
export const answer = {
  kind: 'message',
  ref: 'answer',
  conversation: 'talk',
  author: 'ben',
  body: '',
  replyTo: 'question',
  at: day(3),
};
export const reaction = { kind: 'reaction', message: 'question', person: 'ben', emoji: '👍', at: day(4) };
export const talk = [conversation, question, answer, reaction];

/** A source of records with two empty spaces to bring them into. */
export interface RecordSource {
  readonly name: string;
  readonly space: string;
  readonly other: string;
  /** Imports records as an administrator; the result of each. */
  bring(records: readonly object[], onError?: 'STOP' | 'SKIP'): Promise<string[]>;
  send(records: readonly object[], onError?: 'STOP' | 'SKIP'): Promise<Sent>;
  /** The records of a space under the refs of this source, read in pages of two. */
  exported(space: string): Promise<object[]>;
}

export interface Sent {
  readonly outcomes: readonly {
    readonly result: string;
    readonly field: string | null;
    readonly reason: string | null;
  }[];
  readonly statements: number;
}

export async function newSource(hub: ConversationsFixture): Promise<RecordSource> {
  const name = `source ${mintId('Event')}`;
  const [space, other] = [await hub.openSpace(), await hub.openSpace()];
  const references = [
    { kind: 'SPACE', ref: 'space', id: space },
    { kind: 'SPACE', ref: 'other', id: other },
    { kind: 'IDEA', ref: 'idea', id: idea },
    { kind: 'PERSON', ref: 'ann', id: ann },
    { kind: 'PERSON', ref: 'ben', id: ben },
  ];
  const send: RecordSource['send'] = async (records, onError = 'SKIP') => {
    const input = { source: name, records, references, onError };
    const { data, statements } = await hub.ask<{ payload: { outcomes: Sent['outcomes'] } }>(system, importing, {
      input,
    });
    return { outcomes: data.payload.outcomes, statements };
  };
  return {
    name,
    space,
    other,
    send,
    bring: async (records, onError) => (await send(records, onError)).outcomes.map(({ result }) => result),
    exported: (from) => exportAll(hub, from, name),
  };
}

const importing = `mutation ($input: ImportConversationRecordsInput!) { payload: importConversationRecords(input: $input) {
  outcomes { result field reason } errors { message } } }`;

interface Exported {
  readonly page: {
    readonly nodes: readonly { readonly record: object }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
  };
}

async function exportAll(hub: ConversationsFixture, space: string, source: string): Promise<object[]> {
  const document = `query ($space: ID!, $source: String, $after: String) {
    page: conversationRecords(space: $space, source: $source, first: 2, after: $after) {
      nodes { record } pageInfo { hasNextPage endCursor } } }`;
  const records: object[] = [];
  for (let after: string | undefined, more = true; more; ) {
    const { data } = await hub.ask<Exported>(system, document, { space, source, after });
    records.push(...data.page.nodes.map(({ record }) => record));
    more = data.page.pageInfo.hasNextPage;
    after = data.page.pageInfo.endCursor;
  }
  return records;
}
