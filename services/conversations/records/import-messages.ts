import { statement } from '#kernel/database/statement.js';
import type { MessageRecord } from '#kernel/records/record-format.js';
import type { ReadyRecord, RecordProblemFound, RecordWriter } from '#kernel/records/record-writer.js';
import type { Write } from '#kernel/write/write.js';
import { type ConversationFacts, lockConversations, recount } from './message-count.js';

type Ready = ReadyRecord<MessageRecord>;

/** Imports messages. One that was removed here stays removed, whatever its source still has. */
export const messageWriter: RecordWriter<MessageRecord> = {
  kind: 'message',
  idKind: 'Message',
  refuse: refuseStrayReplies,
  async write(tx, records) {
    const conversations = await lockConversations(
      tx,
      records.map(conversationOf),
      records.map(({ id }) => id),
    );
    const written = new Map((await upsertAll(tx, records, conversations)).map((row) => [row.id, row]));
    await recount(tx, [...written.values()]);
    const authors = await authorsOf(tx, records.filter(({ id }) => written.get(id)?.created).flatMap(repliedTo));
    return records.map((ready) => {
      const row = written.get(ready.id);
      if (!row) return 'UNCHANGED';
      const conversation = conversations.get(row.conversationId);
      if (!conversation) throw new Error(`Conversation ${row.conversationId} of an imported message is not there.`);
      if (row.created) appendPosted(tx, ready, conversation, authors);
      else appendEdited(tx, ready, row, conversation);
      return row.created ? 'CREATED' : 'UPDATED';
    });
  },
};

interface WrittenMessage {
  readonly id: string;
  readonly conversationId: string;
  readonly created: boolean;
  /** Where it was before; null for a new one. */
  readonly earlierConversationId: string | null;
  readonly earlierMentionIds: readonly string[];
}

// Mentions come as array literals, since unnest would take an array of arrays apart; ids have nothing to escape.
// The join sees the rows as they were before this statement.
const upsert = statement(`
  WITH written AS (
    INSERT INTO message AS m (id, conversation_id, space_id, author_id, body, reply_to_id, mention_ids, created_at)
    SELECT g.id, g.conversation_id, g.space_id, g.author_id, g.body, g.reply_to_id, g.mention_ids::text[], g.created_at
    FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::timestamptz[])
      AS g(id, conversation_id, space_id, author_id, body, reply_to_id, mention_ids, created_at)
    ON CONFLICT (id) DO UPDATE SET conversation_id = excluded.conversation_id, space_id = excluded.space_id,
      author_id = excluded.author_id, body = excluded.body, reply_to_id = excluded.reply_to_id,
      mention_ids = excluded.mention_ids, created_at = excluded.created_at
    WHERE m.removed_at IS NULL AND m.hidden_at IS NULL AND (m.conversation_id, m.author_id, m.body, m.reply_to_id, m.mention_ids, m.created_at)
      IS DISTINCT FROM (excluded.conversation_id, excluded.author_id, excluded.body, excluded.reply_to_id,
        excluded.mention_ids, excluded.created_at)
    RETURNING m.id, m.conversation_id
  )
  SELECT w.id, w.conversation_id AS "conversationId", b.id IS NULL AS created,
    b.conversation_id AS "earlierConversationId", coalesce(b.mention_ids, '{}') AS "earlierMentionIds"
  FROM written w LEFT JOIN message b ON b.id = w.id`);

async function upsertAll(
  tx: Write,
  records: readonly Ready[],
  conversations: ReadonlyMap<string, ConversationFacts>,
): Promise<WrittenMessage[]> {
  const written = await tx.run<WrittenMessage>(upsert, [
    records.map(({ id }) => id),
    records.map(conversationOf),
    records.map((ready) => conversations.get(conversationOf(ready))?.spaceId),
    records.map(({ record, idOf }) => idOf('person', record.author)),
    records.map(({ record }) => record.body),
    records.map((ready) => repliedTo(ready)[0] ?? null),
    records.map((ready) => `{${mentionsOf(ready).join(',')}}`),
    records.map(({ record }) => record.at),
  ]);
  await moveReactions(
    tx,
    written.filter((row) => !row.created && row.conversationId !== row.earlierConversationId).map(({ id }) => id),
  );
  return written;
}

const moveReactionsSql = statement(`
  UPDATE reaction r SET space_id = m.space_id FROM message m WHERE m.id = ANY($1::text[]) AND r.message_id = m.id`);

async function moveReactions(tx: Write, messageIds: readonly string[]): Promise<void> {
  if (messageIds.length > 0) await tx.run(moveReactionsSql, [messageIds]);
}

const findMessages = statement(`
  SELECT id, conversation_id AS "conversationId", author_id AS "authorId" FROM message WHERE id = ANY($1::text[])`);

/** A reply stands in the conversation of what it answers, within the batch or before it. */
async function refuseStrayReplies(
  tx: Write,
  records: readonly Ready[],
): Promise<ReadonlyMap<number, RecordProblemFound>> {
  const places = new Map<string, string>();
  const stored = await findAll(tx, records.flatMap(repliedTo));
  for (const { id, conversationId } of stored) places.set(id, conversationId);
  for (const ready of records) places.set(ready.id, conversationOf(ready));
  const problems = new Map<number, RecordProblemFound>();
  records.forEach((ready, place) => {
    const [answered] = repliedTo(ready);
    if (answered === undefined || places.get(answered) === conversationOf(ready)) return;
    const reason = `message "${ready.record.replyTo}" is of another conversation; a reply stands where what it answers stands`;
    problems.set(place, { field: 'replyTo', reason });
  });
  return problems;
}

async function authorsOf(tx: Write, messageIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  return new Map((await findAll(tx, messageIds)).map(({ id, authorId }) => [id, authorId]));
}

interface StoredMessage {
  readonly id: string;
  readonly conversationId: string;
  readonly authorId: string;
}

async function findAll(tx: Write, ids: readonly string[]): Promise<StoredMessage[]> {
  return ids.length === 0 ? [] : tx.run<StoredMessage>(findMessages, [[...new Set(ids)]]);
}

function conversationOf({ record, idOf }: Ready): string {
  return idOf('conversation', record.conversation);
}

/** The message it answers, if any. */
function repliedTo({ record, idOf }: Ready): string[] {
  return record.replyTo === undefined ? [] : [idOf('message', record.replyTo)];
}

function mentionsOf({ record, idOf }: Ready): string[] {
  return (record.mentions ?? []).map((ref) => idOf('person', ref));
}

function appendPosted(
  tx: Write,
  ready: Ready,
  conversation: ConversationFacts,
  authors: ReadonlyMap<string, string>,
): void {
  const [replyTo = null] = repliedTo(ready);
  tx.append({
    type: 'conversations.message.posted',
    subject: ready.id,
    space: conversation.spaceId,
    time: ready.record.at,
    actor: ready.idOf('person', ready.record.author),
    data: {
      conversation: conversation.id,
      idea: conversation.ideaId,
      channel: conversation.channel,
      replyTo,
      repliedTo: replyTo === null ? null : (authors.get(replyTo) ?? null),
      mentions: mentionsOf(ready),
      party: null,
    },
  });
}

function appendEdited(tx: Write, ready: Ready, before: WrittenMessage, conversation: ConversationFacts): void {
  const mentions = mentionsOf(ready);
  tx.append({
    type: 'conversations.message.edited',
    subject: ready.id,
    space: conversation.spaceId,
    actor: ready.idOf('person', ready.record.author),
    data: {
      conversation: conversation.id,
      idea: conversation.ideaId,
      mentions,
      newMentions: mentions.filter((person) => !before.earlierMentionIds.includes(person)),
    },
  });
}
