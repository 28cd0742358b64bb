import { kindOfId } from '#kernel/ids/id.js';
import type { Content, Moderated } from '#kernel/moderation/moderation.js';
import type { Write } from '#kernel/write/write.js';
import { setConversationHidden } from '../conversation/conversation.repository.js';
import type { ConversationsContext } from '../conversations-context.js';
import { setMessageHidden } from '../message/message.repository.js';

interface ConversationContent extends Content {
  /** The conversation itself, or the one a message was said in. */
  readonly conversationId: string;
}

/** Conversations and messages can be reported and hidden. */
export const conversationModeration: Moderated<ConversationsContext, ConversationContent> = {
  service: 'conversations',
  noun: 'conversation or message',
  find: (ctx, id) => (kindOfId(id) === 'Conversation' ? findConversation(ctx, id) : findMessage(ctx, id)),
  setHidden: (tx, content, at) =>
    content.id === content.conversationId ? hideConversation(tx, content, at) : hideMessage(tx, content, at),
  forget(ctx, { id, conversationId }) {
    ctx.messages.clear(id);
    ctx.conversations.clear(conversationId);
  },
};

async function findConversation(ctx: ConversationsContext, id: string): Promise<ConversationContent | null> {
  const found = await ctx.conversations.load(id);
  if (!found) return null;
  const { spaceId, hiddenAt, openerId } = found;
  return { id, spaceId, hiddenAt, conversationId: id, authorIds: openerId === null ? [] : [openerId] };
}

async function findMessage(ctx: ConversationsContext, id: string): Promise<ConversationContent | null> {
  const message = await ctx.messages.load(id);
  return message && { ...message, authorIds: [message.authorId] };
}

async function hideConversation(tx: Write, { id, spaceId: space }: Content, at: Date | null): Promise<void> {
  await setConversationHidden(tx, id, at);
  tx.append({ type: `conversations.conversation.${at ? 'hidden' : 'restored'}`, subject: id, space, data: {} });
}

async function hideMessage(tx: Write, content: ConversationContent, at: Date | null): Promise<void> {
  const { id, spaceId: space, conversationId: conversation } = content;
  await setMessageHidden(tx, id, at);
  const type = `conversations.message.${at ? 'hidden' : 'restored'}` as const;
  tx.append({ type, subject: id, space, data: { conversation } });
}
