import { statement } from '#kernel/database/statement.js';
import type { ReactionRecord } from '#kernel/records/record-format.js';
import type { ReadyRecord, RecordWriter } from '#kernel/records/record-writer.js';
import type { Write } from '#kernel/write/write.js';
import { emojiProblem } from '../reaction/emoji.js';

type Ready = ReadyRecord<ReactionRecord>;

/** Imports reactions. Message, person and emoji say which one it is; only its time can change, and that is no news. */
export const reactionWriter: RecordWriter<ReactionRecord> = {
  kind: 'reaction',
  idKind: 'Reaction',
  identity: ({ message, person, emoji }) => JSON.stringify([message, person, emoji]),
  async refuse(_tx, records) {
    const problems = records.flatMap(({ record }, place) => {
      const reason = emojiProblem(record.emoji);
      return reason === undefined ? [] : [[place, { field: 'emoji', reason }] as const];
    });
    return new Map(problems);
  },
  async write(tx, records) {
    const written = new Map((await upsertAll(tx, records)).map((row) => [keyOf(row), row]));
    return records.map((ready) => {
      const row = written.get(keyOf(toKey(ready)));
      if (!row) return 'UNCHANGED';
      if (row.created) appendReacted(tx, row, ready.record.at);
      return row.created ? 'CREATED' : 'UPDATED';
    });
  },
};

interface ReactionKey {
  readonly messageId: string;
  readonly personId: string;
  readonly emoji: string;
}

interface WrittenReaction extends ReactionKey {
  readonly spaceId: string;
  readonly conversationId: string;
  readonly messageAuthorId: string;
  readonly created: boolean;
}

// xmax is 0 only in a row that this statement inserted.
const upsert = statement(`
  WITH written AS (
    INSERT INTO reaction AS r (id, message_id, space_id, person_id, emoji, created_at)
    SELECT g.id, g.message_id, m.space_id, g.person_id, g.emoji, g.created_at
    FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::timestamptz[])
      AS g(id, message_id, person_id, emoji, created_at)
    JOIN message m ON m.id = g.message_id
    ON CONFLICT (message_id, person_id, emoji) DO UPDATE SET created_at = excluded.created_at
    WHERE r.created_at <> excluded.created_at
    RETURNING r.message_id, r.person_id, r.emoji, r.space_id, r.xmax = 0 AS created
  )
  SELECT w.message_id AS "messageId", w.person_id AS "personId", w.emoji, w.space_id AS "spaceId", w.created,
    m.conversation_id AS "conversationId", m.author_id AS "messageAuthorId"
  FROM written w JOIN message m ON m.id = w.message_id`);

function upsertAll(tx: Write, records: readonly Ready[]): Promise<WrittenReaction[]> {
  const keys = records.map(toKey);
  return tx.run<WrittenReaction>(upsert, [
    records.map(({ id }) => id),
    keys.map(({ messageId }) => messageId),
    keys.map(({ personId }) => personId),
    keys.map(({ emoji }) => emoji),
    records.map(({ record }) => record.at),
  ]);
}

function toKey({ record, idOf }: Ready): ReactionKey {
  return {
    messageId: idOf('message', record.message),
    personId: idOf('person', record.person),
    emoji: record.emoji,
  };
}

function keyOf({ messageId, personId, emoji }: ReactionKey): string {
  return `${messageId} ${personId} ${emoji}`;
}

function appendReacted(tx: Write, row: WrittenReaction, time: Date): void {
  tx.append({
    type: 'conversations.message.reacted',
    subject: row.messageId,
    space: row.spaceId,
    time,
    actor: row.personId,
    data: { conversation: row.conversationId, emoji: row.emoji, messageAuthor: row.messageAuthorId },
  });
}
