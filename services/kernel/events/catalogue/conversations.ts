import { z } from 'zod';
import { partyKinds } from '../../auth/viewer.js';
import { event, id, ids, optionalId } from './fact.js';
import { caseAppealDecided, caseAppealed, caseDismissed, caseReported } from './moderation.js';
import { personalDataExported, recordsExported, recordsImported } from './records.js';

export const conversationChannels = ['internal', 'customer', 'partner', 'social'] as const;

const channel = z.enum(conversationChannels);

export const conversationsEvents = {
  'conversations.conversation.opened': event('A conversation was opened in a space.', { idea: optionalId, channel }),
  'conversations.conversation.revised': event('The title or the channel of a conversation changed.', {
    idea: optionalId,
    channel,
    changed: z.array(z.string()),
  }),
  'conversations.conversation.hidden': event(
    'A moderator hid a conversation, and what was said in it, from everybody but its opener and moderators.',
    {},
  ),
  'conversations.conversation.restored': event('A conversation that was hidden is shown again.', {}),
  'conversations.message.posted': event('Somebody said something in a conversation.', {
    conversation: id,
    idea: optionalId,
    channel,
    replyTo: optionalId,
    repliedTo: optionalId,
    mentions: ids,
    party: z.enum(partyKinds).nullable(),
  }),
  'conversations.message.edited': event(
    'The author changed the words of a message; newMentions are those it did not mention before.',
    { conversation: id, idea: optionalId, mentions: ids, newMentions: ids },
  ),
  'conversations.message.removed': event('A message was taken away; its place in the conversation stays.', {
    conversation: id,
    idea: optionalId,
    messageAuthor: id,
  }),
  'conversations.message.reacted': event('Somebody reacted to a message.', {
    conversation: id,
    emoji: z.string(),
    messageAuthor: id,
  }),
  'conversations.message.reactionWithdrawn': event('Somebody took a reaction back.', {
    conversation: id,
    emoji: z.string(),
    messageAuthor: id,
  }),
  'conversations.message.hidden': event('A moderator hid a message from everybody but its author and moderators.', {
    conversation: id,
  }),
  'conversations.message.restored': event('A message that was hidden is shown again.', { conversation: id }),
  'conversations.erasure.completed': event('Conversations holds nothing of an erased person any more.', {}),
  'conversations.case.reported': caseReported,
  'conversations.case.dismissed': caseDismissed,
  'conversations.case.appealed': caseAppealed,
  'conversations.case.appealDecided': caseAppealDecided,
  'conversations.records.imported': recordsImported,
  'conversations.records.exported': recordsExported,
  'conversations.personalData.exported': personalDataExported,
} as const;
