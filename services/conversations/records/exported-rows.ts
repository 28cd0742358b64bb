import type { Viewer } from '#kernel/auth/viewer.js';
import { type Condition, condition, toStatement } from '#kernel/connections/condition.js';
import type { Database } from '#kernel/database/database.js';
import type { HubRecord } from '#kernel/records/record-format.js';
import type { Conversation } from '../conversation/conversation.entity.js';
import { listedConversation } from '../conversation/conversation.policy.js';
import { conversationColumns } from '../conversation/conversation.repository.js';
import type { Message } from '../message/message.entity.js';
import { listedMessage } from '../message/message.policy.js';
import { messageColumns } from '../message/message.repository.js';
import type { Reaction } from '../reaction/reaction.entity.js';
import { listedReaction } from '../reaction/reaction.policy.js';
import { reactionColumns } from '../reaction/reaction.repository.js';

/** A row on its way out: its id, the rows of this service it names, and the record it makes once their refs are known. */
export interface ExportedRow {
  readonly id: string;
  readonly names: readonly string[];
  toRecord(refOf: (id: string) => string): HubRecord;
}

/** One kind of rows of an export, read in order of id. */
export interface ExportedPart {
  read(database: Database, viewer: Viewer, space: string, after: string, limit: number): Promise<ExportedRow[]>;
}

/** What a message answers, unless a moderator hid that. */
interface ShownReply {
  readonly shownReplyToId: string | null;
}
const shownReply =
  '(SELECT answered.id FROM message answered WHERE answered.id = m.reply_to_id AND answered.hidden_at IS NULL) AS "shownReplyToId"';

/** In an order in which they can be imported again. */
export const exportedParts: readonly ExportedPart[] = [
  part('conversation c', 'c', conversationColumns, listedConversation, ofConversation),
  part('message m', 'm', `${messageColumns}, ${shownReply}`, listedMessage, ofMessage),
  part('reaction r', 'r', reactionColumns, listedReaction, ofReaction),
];

function part<Row>(
  from: string,
  alias: string,
  columns: string,
  visible: (viewer: Viewer) => Condition,
  toExported: (row: Row) => ExportedRow,
): ExportedPart {
  return {
    async read(database, viewer, space, after, limit) {
      const { statement, values } = toStatement(
        (place) => `
          SELECT ${columns} FROM ${from}
          WHERE ${place(condition(`${alias}.space_id = ? AND ${alias}.id > ?`, space, after))} AND ${place(visible(viewer))}
          ORDER BY ${alias}.id LIMIT ${place(condition('?::integer', limit))}`,
      );
      return (await database.read<Row>(statement, values)).map(toExported);
    },
  };
}

function ofConversation({ id, spaceId, ideaId, title, channel, createdAt: at }: Conversation): ExportedRow {
  return {
    id,
    names: [id],
    toRecord: (refOf) => ({
      kind: 'conversation',
      ref: refOf(id),
      space: spaceId,
      title,
      ...(ideaId === null ? {} : { idea: ideaId }),
      channel,
      at,
    }),
  };
}

function ofMessage({ shownReplyToId: replyToId, ...message }: Message & ShownReply): ExportedRow {
  const { id, conversationId, authorId, body, mentionIds, createdAt: at } = message;
  return {
    id,
    names: [id, conversationId, ...(replyToId === null ? [] : [replyToId])],
    toRecord: (refOf) => ({
      kind: 'message',
      ref: refOf(id),
      conversation: refOf(conversationId),
      author: authorId,
      body,
      ...(replyToId === null ? {} : { replyTo: refOf(replyToId) }),
      ...(mentionIds.length === 0 ? {} : { mentions: mentionIds }),
      at,
    }),
  };
}

function ofReaction({ id, messageId, personId, emoji, createdAt: at }: Reaction): ExportedRow {
  return {
    id,
    names: [messageId],
    toRecord: (refOf) => ({ kind: 'reaction', message: refOf(messageId), person: personId, emoji, at }),
  };
}
