import type { Viewer } from '#kernel/auth/viewer.js';
import type { Selection } from '#kernel/connections/connection.js';
import type { List, ListOrder } from '#kernel/connections/list.js';
import type { Database } from '#kernel/database/database.js';
import { selectList } from '#kernel/database/select-list.js';
import { statement } from '#kernel/database/statement.js';
import type { Write } from '#kernel/write/write.js';
import { Reaction } from './reaction.entity.js';

export const reactionColumns = selectList(Reaction, 'r');

const oldestFirst: ListOrder = {
  name: 'OLDEST',
  direction: 'ASC',
  terms: [
    { sql: 'r.created_at', type: 'timestamptz' },
    { sql: 'r.id', type: 'text' },
  ],
};

const reactionsOfMessage: List = {
  name: 'Message.reactions',
  from: 'reaction r',
  columns: reactionColumns,
  parent: 'r.message_id',
};

/** Of a message the viewer already got to see: its reactions are of the same space. */
export function reactionsOf(): Selection {
  return { list: reactionsOfMessage, order: oldestFirst, where: [] };
}

export interface ReactionCount {
  readonly emoji: string;
  readonly count: number;
  readonly viewerReacted: boolean;
}

/** More different reactions than anybody reads; what is beyond is in the list of reactions. */
export const maxCounts = 100;

const counts = statement(`
  SELECT asked.id AS "messageId", found.emoji, found.count, found."viewerReacted"
  FROM unnest($1::text[]) AS asked(id) CROSS JOIN LATERAL (
    SELECT r.emoji, count(*)::integer AS count, bool_or(r.person_id = $2) AS "viewerReacted", min(r.id) AS first
    FROM reaction r WHERE r.message_id = asked.id
    GROUP BY r.emoji ORDER BY count DESC, first LIMIT ${maxCounts}) found
  ORDER BY found.count DESC, found.first`);

/** How often each reaction was given to each of these messages, the most frequent first. */
export async function countReactions(
  database: Database,
  messageIds: readonly string[],
  viewer: Viewer,
): Promise<ReadonlyMap<string, ReactionCount[]>> {
  const person = viewer.kind === 'person' ? viewer.personId : '';
  const rows = await database.read<ReactionCount & { messageId: string }>(counts, [messageIds, person]);
  const byMessage = new Map<string, ReactionCount[]>(messageIds.map((id) => [id, []]));
  for (const { messageId, ...count } of rows) byMessage.get(messageId)?.push(count);
  return byMessage;
}

// The update that changes nothing makes PostgreSQL give back the row that is there already.
const insert = statement(`
  INSERT INTO reaction AS r (id, message_id, space_id, person_id, emoji, created_at) VALUES ($1, $2, $3, $4, $5, $6)
  ON CONFLICT (message_id, person_id, emoji) DO UPDATE SET emoji = r.emoji
  RETURNING id`);

/** The id of this very reaction, or of the same one given before. */
export async function insertReaction(tx: Write, reaction: Reaction): Promise<string> {
  const { id, messageId, spaceId, personId, emoji, createdAt } = reaction;
  const [kept] = await tx.run<{ id: string }>(insert, [id, messageId, spaceId, personId, emoji, createdAt]);
  return kept?.id ?? id;
}

const withdraw = statement('DELETE FROM reaction WHERE message_id = $1 AND person_id = $2 AND emoji = $3 RETURNING id');

/** False when there was none. */
export async function deleteReaction(tx: Write, messageId: string, personId: string, emoji: string): Promise<boolean> {
  return (await tx.run(withdraw, [messageId, personId, emoji])).length > 0;
}
