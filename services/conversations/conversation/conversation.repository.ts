import type { Viewer } from '#kernel/auth/viewer.js';
import { type Condition, condition } from '#kernel/connections/condition.js';
import type { Selection } from '#kernel/connections/connection.js';
import { columnIn, type List, type ListOrder, type OrderTerm } from '#kernel/connections/list.js';
import { selectList } from '#kernel/database/select-list.js';
import { statement } from '#kernel/database/statement.js';
import type { Write } from '#kernel/write/write.js';
import { Conversation, type ConversationChannel } from './conversation.entity.js';
import { listedConversation } from './conversation.policy.js';

export const conversationColumns = selectList(Conversation, 'c');

export interface ConversationFilter {
  readonly space?: string | null;
  readonly idea?: string | null;
  readonly channel?: ConversationChannel | null;
}

export type ConversationOrderName = 'RECENTLY_ACTIVE' | 'LATEST';

const byId: OrderTerm = { sql: 'c.id', type: 'text' };
const orders: Record<ConversationOrderName, ListOrder> = {
  RECENTLY_ACTIVE: {
    name: 'RECENTLY_ACTIVE',
    direction: 'DESC',
    terms: [{ sql: 'c.active_at', type: 'timestamptz' }, byId],
  },
  LATEST: { name: 'LATEST', direction: 'DESC', terms: [{ sql: 'c.created_at', type: 'timestamptz' }, byId] },
};

const allConversations: List = { name: 'conversations', from: 'conversation c', columns: conversationColumns };
const conversationsOfSpace: List = { ...allConversations, name: 'Space.conversations', parent: 'c.space_id' };
const conversationsOfIdea: List = { ...allConversations, name: 'Idea.conversations', parent: 'c.idea_id' };
export const conversationLists = { allConversations, conversationsOfSpace, conversationsOfIdea };

export function selectConversations(
  viewer: Viewer,
  list: List,
  order: ConversationOrderName,
  filter: ConversationFilter = {},
): Selection {
  const listed = listedConversation(viewer, 'c', columnIn(list, 'c.space_id'));
  return { list, order: orders[order], where: [listed, ...conditionsOf(filter)] };
}

function conditionsOf(filter: ConversationFilter): Condition[] {
  return [
    ...(filter.space ? [condition('c.space_id = ?', filter.space)] : []),
    ...(filter.idea ? [condition('c.idea_id = ?', filter.idea)] : []),
    ...(filter.channel ? [condition('c.channel = ?', filter.channel)] : []),
  ];
}

export async function insertConversation(tx: Write, conversation: Conversation): Promise<void> {
  await tx.manager.insert(Conversation, conversation);
}

export interface ConversationChange {
  readonly title?: string;
  readonly channel?: ConversationChannel;
}

const revise = statement(`
  UPDATE conversation c SET title = coalesce($2, title), channel = coalesce($3, channel)
  WHERE id = $1 AND (title, channel) IS DISTINCT FROM (coalesce($2, title), coalesce($3, channel))
  RETURNING ${conversationColumns}`);

/** The revised conversation, or undefined when it already was as asked. */
export async function reviseRow(tx: Write, id: string, change: ConversationChange): Promise<Conversation | undefined> {
  const [revised] = await tx.run<Conversation>(revise, [id, change.title ?? null, change.channel ?? null]);
  return revised;
}

const hide = statement('UPDATE conversation SET hidden_at = $2 WHERE id = $1');

export async function setConversationHidden(tx: Write, id: string, at: Date | null): Promise<void> {
  await tx.run(hide, [id, at]);
}
