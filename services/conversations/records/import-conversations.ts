import { statement } from '#kernel/database/statement.js';
import type { ConversationRecord } from '#kernel/records/record-format.js';
import type { ReadyRecord, RecordWriter } from '#kernel/records/record-writer.js';
import type { Write } from '#kernel/write/write.js';
import type { ConversationChannel } from '../conversation/conversation.entity.js';

type Ready = ReadyRecord<ConversationRecord>;

/** Imports conversations. A record says everything about one: what it leaves out is empty afterwards. */
export const conversationWriter: RecordWriter<ConversationRecord> = {
  kind: 'conversation',
  idKind: 'Conversation',
  async write(tx, records) {
    const written = new Map((await upsertAll(tx, records)).map((row) => [row.id, row]));
    await moveContents(
      tx,
      [...written.values()].filter(({ changed }) => changed.includes('space')).map(({ id }) => id),
    );
    return records.map(({ id, record }) => {
      const row = written.get(id);
      if (!row) return 'UNCHANGED';
      if (row.created) appendOpened(tx, row, record.at);
      else appendRevised(tx, row);
      return row.created ? 'CREATED' : 'UPDATED';
    });
  },
};

interface WrittenConversation {
  readonly id: string;
  readonly spaceId: string;
  readonly ideaId: string | null;
  readonly channel: ConversationChannel;
  readonly created: boolean;
  /** Names of the fields that differ from before; empty for a new one. */
  readonly changed: readonly string[];
}

// The join sees the rows as they were before this statement. What a moderator hid rests as it is.
const upsert = statement(`
  WITH written AS (
    INSERT INTO conversation AS c (id, space_id, idea_id, title, channel, message_count, created_at)
    SELECT g.id, g.space_id, g.idea_id, g.title, g.channel, 0, g.created_at
    FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::timestamptz[])
      AS g(id, space_id, idea_id, title, channel, created_at)
    ON CONFLICT (id) DO UPDATE SET space_id = excluded.space_id, idea_id = excluded.idea_id, title = excluded.title,
      channel = excluded.channel, created_at = excluded.created_at
    WHERE c.hidden_at IS NULL AND (c.space_id, c.idea_id, c.title, c.channel, c.created_at)
      IS DISTINCT FROM (excluded.space_id, excluded.idea_id, excluded.title, excluded.channel, excluded.created_at)
    RETURNING c.*
  )
  SELECT w.id, w.space_id AS "spaceId", w.idea_id AS "ideaId", w.channel, b.id IS NULL AS created,
    array_remove(ARRAY[
      CASE WHEN b.space_id <> w.space_id THEN 'space' END,
      CASE WHEN b.id IS NOT NULL AND b.idea_id IS DISTINCT FROM w.idea_id THEN 'idea' END,
      CASE WHEN b.title <> w.title THEN 'title' END,
      CASE WHEN b.channel <> w.channel THEN 'channel' END,
      CASE WHEN b.created_at <> w.created_at THEN 'createdAt' END], NULL) AS changed
  FROM written w LEFT JOIN conversation b ON b.id = w.id`);

function upsertAll(tx: Write, records: readonly Ready[]): Promise<WrittenConversation[]> {
  return tx.run<WrittenConversation>(upsert, [
    records.map(({ id }) => id),
    records.map(({ record, idOf }) => idOf('space', record.space)),
    records.map(({ record, idOf }) => (record.idea === undefined ? null : idOf('idea', record.idea))),
    records.map(({ record }) => record.title),
    records.map(({ record }) => record.channel ?? 'internal'),
    records.map(({ record }) => record.at),
  ]);
}

const moveMessages = statement(`
  UPDATE message m SET space_id = c.space_id FROM conversation c
  WHERE c.id = ANY($1::text[]) AND m.conversation_id = c.id`);
const moveReactions = statement(`
  UPDATE reaction r SET space_id = m.space_id FROM message m
  WHERE m.conversation_id = ANY($1::text[]) AND r.message_id = m.id`);

/** Messages and reactions carry the space of their conversation, so they go where it goes. */
async function moveContents(tx: Write, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await tx.run(moveMessages, [ids]);
  await tx.run(moveReactions, [ids]);
}

function appendOpened(tx: Write, { id, spaceId: space, ideaId: idea, channel }: WrittenConversation, time: Date): void {
  const data = { idea, channel };
  tx.append({ type: 'conversations.conversation.opened', subject: id, space, time, actor: null, data });
}

function appendRevised(tx: Write, { id, spaceId: space, ideaId: idea, channel, changed }: WrittenConversation): void {
  const data = { idea, channel, changed: [...changed] };
  tx.append({ type: 'conversations.conversation.revised', subject: id, space, actor: null, data });
}
