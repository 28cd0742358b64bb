import type { Viewer } from '#kernel/auth/viewer.js';
import { type Condition, condition } from '#kernel/connections/condition.js';
import type { Selection } from '#kernel/connections/connection.js';
import type { List, ListOrder, OrderTerm } from '#kernel/connections/list.js';
import { selectList } from '#kernel/database/select-list.js';
import { statement } from '#kernel/database/statement.js';
import { notHidden } from '#kernel/moderation/moderation.policy.js';
import { byRank, headline, searchWords } from '#kernel/search/search.js';
import type { Write } from '#kernel/write/write.js';
import { Message } from './message.entity.js';
import { listedMessage, saidByKnown } from './message.policy.js';

export const messageColumns = selectList(Message, 'm');

export interface MessageFilter {
  readonly space?: string | null;
  readonly conversation?: string | null;
  readonly author?: string | null;
  readonly since?: Date | null;
  readonly before?: Date | null;
}

export type MessageOrderName = 'OLDEST' | 'LATEST';

const terms: OrderTerm[] = [
  { sql: 'm.created_at', type: 'timestamptz' },
  { sql: 'm.id', type: 'text' },
];
const orders: Record<MessageOrderName, ListOrder> = {
  OLDEST: { name: 'OLDEST', direction: 'ASC', terms },
  LATEST: { name: 'LATEST', direction: 'DESC', terms },
};

const allMessages: List = { name: 'messages', from: 'message m', columns: messageColumns };
const messagesOfConversation: List = { ...allMessages, name: 'Conversation.messages', parent: 'm.conversation_id' };
const repliesOfMessage: List = { ...allMessages, name: 'Message.replies', parent: 'm.reply_to_id' };
const messagesOfPerson: List = { ...allMessages, name: 'Person.messages', parent: 'm.author_id' };
export const messageLists = { allMessages, messagesOfPerson };

export function selectMessages(
  viewer: Viewer,
  list: List,
  order: MessageOrderName,
  filter: MessageFilter = {},
): Selection {
  const ofPerson = list === messagesOfPerson ? [saidByKnown(viewer)] : [];
  return { list, order: orders[order], where: [listedMessage(viewer), ...ofPerson, ...conditionsOf(viewer, filter)] };
}

/** Of a conversation the viewer already got to see: its messages are of the same space. */
export function messagesOf(order: MessageOrderName): Selection {
  return { list: messagesOfConversation, order: orders[order], where: [notHidden('m')] };
}

/** Of a message the viewer already got to see: what answers it was said in the same conversation. */
export function repliesOf(): Selection {
  return { list: repliesOfMessage, order: orders.OLDEST, where: [notHidden('m')] };
}

/** A removed message has no words left, so no search finds it. */
export function searchMessages(viewer: Viewer, query: string, filter: MessageFilter): Selection {
  const words = searchWords('conversations', query);
  const found = `ts_rank_cd(m.search, q.words) AS rank, ${headline('conversations', 'm.body')} AS headline`;
  return {
    list: {
      name: 'searchMessages',
      from: condition(`message m, (SELECT ${words.text} AS words) q`, ...words.values),
      columns: `${messageColumns}, ${found}`,
    },
    order: byRank('m'),
    where: [condition('m.search @@ q.words'), listedMessage(viewer), ...conditionsOf(viewer, filter)],
  };
}

function conditionsOf(viewer: Viewer, filter: MessageFilter): Condition[] {
  return [
    ...(filter.space ? [condition('m.space_id = ?', filter.space)] : []),
    ...(filter.conversation ? [condition('m.conversation_id = ?', filter.conversation)] : []),
    ...(filter.author ? [condition('m.author_id = ?', filter.author), saidByKnown(viewer)] : []),
    ...(filter.since ? [condition('m.created_at >= ?', filter.since)] : []),
    ...(filter.before ? [condition('m.created_at < ?', filter.before)] : []),
  ];
}

// Insert and count are one statement: whoever posts at the same time waits for the row and counts on from what it finds.
const post = statement(`
  WITH posted AS (
    INSERT INTO message (id, conversation_id, space_id, author_id, body, reply_to_id, mention_ids, created_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
  )
  UPDATE conversation SET message_count = message_count + 1, last_message_at = greatest(last_message_at, $8)
  WHERE id = $2`);

export async function postRow(tx: Write, message: Message): Promise<void> {
  const { id, conversationId, spaceId, authorId, body, replyToId, mentionIds, createdAt } = message;
  await tx.run(post, [id, conversationId, spaceId, authorId, body, replyToId, mentionIds, createdAt]);
}

const lock = statement(`SELECT ${messageColumns} FROM message m WHERE m.id = $1 FOR UPDATE`);

/** The message as it is now; nobody else changes it until this transaction ends. */
export async function lockRow(tx: Write, id: string): Promise<Message | undefined> {
  const [message] = await tx.run<Message>(lock, [id]);
  return message;
}

const edit = statement('UPDATE message SET body = $2, mention_ids = $3, edited_at = $4 WHERE id = $1');

export async function editRow(
  tx: Write,
  id: string,
  body: string,
  mentionIds: readonly string[],
  at: Date,
): Promise<void> {
  await tx.run(edit, [id, body, mentionIds, at]);
}

const remove = statement(`
  UPDATE message SET body = '', mention_ids = '{}', removed_at = $2 WHERE id = $1 AND removed_at IS NULL RETURNING id`);

/** False when it was removed before. */
export async function removeRow(tx: Write, id: string, at: Date): Promise<boolean> {
  return (await tx.run(remove, [id, at])).length > 0;
}

// What is hidden does not count, and does not make its conversation the most recent one.
const hide = statement(`
  WITH hidden AS (UPDATE message SET hidden_at = $2 WHERE id = $1 RETURNING id, conversation_id, created_at)
  UPDATE conversation c SET message_count = c.message_count + CASE WHEN $2::timestamptz IS NULL THEN 1 ELSE -1 END,
    last_message_at = (SELECT max(at) FROM (
      SELECT hidden.created_at AS at WHERE $2::timestamptz IS NULL
      UNION ALL SELECT max(m.created_at) FROM message m
      WHERE m.conversation_id = c.id AND m.hidden_at IS NULL AND m.id <> hidden.id) others)
  FROM hidden WHERE c.id = hidden.conversation_id`);

export async function setMessageHidden(tx: Write, id: string, at: Date | null): Promise<void> {
  await tx.run(hide, [id, at]);
}
