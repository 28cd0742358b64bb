import type { Author } from '#kernel/auth/require-viewer.js';
import { invalid } from '#kernel/errors/user-error.js';
import { isIdOf } from '#kernel/ids/id.js';
import type { RequestContext } from '#kernel/runtime/request-context.js';
import { checkText } from '#kernel/write/check-text.js';
import type { Write } from '#kernel/write/write.js';
import type { Conversation } from '../conversation/conversation.entity.js';
import type { Message } from './message.entity.js';
import { postRow } from './message.repository.js';

export interface Words {
  readonly author: Author;
  readonly body: string;
  readonly mentionIds?: string[];
  readonly replyTo?: Message | null;
}

/** Adds a message to a conversation and tells of it; with the first message of a new conversation as with any later one. */
export async function enterMessage(
  ctx: RequestContext,
  tx: Write,
  conversation: Conversation,
  words: Words,
): Promise<string> {
  const message: Message = {
    id: ctx.newId('Message'),
    conversationId: conversation.id,
    spaceId: conversation.spaceId,
    authorId: words.author.id,
    body: words.body,
    replyToId: words.replyTo?.id ?? null,
    mentionIds: words.mentionIds ?? [],
    createdAt: ctx.now(),
    editedAt: null,
    removedAt: null,
    hiddenAt: null,
  };
  await postRow(tx, message);
  tx.append({
    type: 'conversations.message.posted',
    subject: message.id,
    space: message.spaceId,
    data: {
      conversation: conversation.id,
      idea: conversation.ideaId,
      channel: conversation.channel,
      replyTo: message.replyToId,
      repliedTo: words.replyTo?.authorId ?? null,
      mentions: message.mentionIds,
      party: words.author.viewer.party,
    },
  });
  return message.id;
}

export function checkBody(body: string, field: string): void {
  checkText(body, field, 1, 65_536);
}

const maxMentions = 1_000;

/** Each person once; refuses what is no id of a person. */
export function readMentions(mentions: readonly string[]): string[] {
  const ids = [...new Set(mentions)];
  if (ids.length > maxMentions) {
    throw invalid(
      `A message mentions at most ${maxMentions.toLocaleString('en')} people; these are ${ids.length.toLocaleString('en')}.`,
      'mentions',
    );
  }
  if (!ids.every((id) => isIdOf('Person', id))) throw invalid('Each mention is the id of a person.', 'mentions');
  return ids;
}
