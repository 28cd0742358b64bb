import { statement } from '#kernel/database/statement.js';
import type { Write } from '#kernel/write/write.js';
import type { ConversationChannel } from '../conversation/conversation.entity.js';

/** What the events of a message tell of its conversation. */
export interface ConversationFacts {
  readonly id: string;
  readonly spaceId: string;
  readonly ideaId: string | null;
  readonly channel: ConversationChannel;
}

const lock = statement(`
  SELECT c.id, c.space_id AS "spaceId", c.idea_id AS "ideaId", c.channel FROM conversation c
  WHERE c.id IN (SELECT unnest($1::text[]) UNION SELECT m.conversation_id FROM message m WHERE m.id = ANY($2::text[]))
  ORDER BY c.id FOR NO KEY UPDATE OF c`);

/**
 * The conversations that a batch of messages touches, those the messages leave included. They are locked, in one order, before
 * anything is counted: whoever posts at the same time is either seen by the count or adds to it.
 */
export async function lockConversations(
  tx: Write,
  ids: readonly string[],
  messageIds: readonly string[],
): Promise<ReadonlyMap<string, ConversationFacts>> {
  const rows = await tx.run<ConversationFacts>(lock, [[...new Set(ids)], messageIds]);
  return new Map(rows.map((row) => [row.id, row]));
}

/** Where a written message is, and where it was before; null for a new one. */
export interface Placement {
  readonly conversationId: string;
  readonly earlierConversationId: string | null;
}

const count = statement(`
  UPDATE conversation c SET message_count = c.message_count + d.difference,
    last_message_at = (SELECT max(m.created_at) FROM message m WHERE m.conversation_id = c.id AND m.hidden_at IS NULL)
  FROM unnest($1::text[], $2::integer[]) AS d(id, difference) WHERE c.id = d.id`);

/** Sets number and newest date right; the date is read anew, since an import may also put a message back in time. */
export async function recount(tx: Write, placements: readonly Placement[]): Promise<void> {
  const differences = new Map<string, number>();
  const add = (id: string, difference: number) => differences.set(id, (differences.get(id) ?? 0) + difference);
  for (const { conversationId, earlierConversationId } of placements) {
    add(conversationId, 1);
    if (earlierConversationId !== null) add(earlierConversationId, -1);
  }
  if (differences.size > 0) await tx.run(count, [[...differences.keys()], [...differences.values()]]);
}
