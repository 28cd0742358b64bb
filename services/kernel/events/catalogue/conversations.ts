import { event, id, ids, optionalId } from './fact.js';
import { z } from 'zod';

export const conversationsEvents = {
  'conversations.conversation.opened': event('A conversation was opened in a space.', { idea: optionalId, channel: z.string() }),
  'conversations.conversation.revised': event('The title or channel of a conversation changed.', { changed: z.array(z.string()) }),
  'conversations.message.posted': event('Somebody said something in a conversation.', {
    conversation: id,
    replyTo: optionalId,
    repliedTo: optionalId,
    mentions: ids,
  }),
  'conversations.message.edited': event('The author changed the words of a message.', { conversation: id, mentions: ids }),
  'conversations.message.removed': event('A message was taken away; its place in the conversation stays.', { conversation: id }),
  'conversations.message.reacted': event('Somebody reacted to a message.', { conversation: id, emoji: z.string(), messageAuthor: id }),
  'conversations.message.reactionWithdrawn': event('Somebody took a reaction back.', { conversation: id, emoji: z.string() }),
} as const;
