import type { Content, Moderated } from '#kernel/moderation/moderation.js';
import type { ConversationsContext } from '../conversations-context.js';
import { setMessageHidden } from '../message/message.repository.js';

interface MessageContent extends Content {
  readonly conversationId: string;
}

/** Messages can be reported and hidden. */
export const messageModeration: Moderated<ConversationsContext, MessageContent> = {
  service: 'conversations',
  noun: 'message',
  async find(ctx, id) {
    const message = await ctx.messages.load(id);
    return message && { ...message, authorIds: [message.authorId] };
  },
  async setHidden(tx, { id, spaceId: space, conversationId: conversation }, at) {
    await setMessageHidden(tx, id, at);
    const type = `conversations.message.${at ? 'hidden' : 'restored'}` as const;
    tx.append({ type, subject: id, space, data: { conversation } });
  },
  forget(ctx, { id, conversationId }) {
    ctx.messages.clear(id);
    ctx.conversations.clear(conversationId);
  },
};
