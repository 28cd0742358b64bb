import type { Consumer } from '#kernel/consumers/consumer.js';
import { type HubEvent, isEvent } from '#kernel/events/event.js';
import { interactionWeights, type NewInteraction } from '../interaction/interaction-kind.js';
import { eventsAtOnce, recordInteractions, tieTurn } from '../interaction/record-interactions.js';

/** Ties grow where people address each other in conversations: by replying, mentioning or reacting. */
export const onMessageAddressed: Consumer = {
  name: 'on-message-addressed',
  source: 'conversations',
  types: ['conversations.message.posted', 'conversations.message.edited', 'conversations.message.reacted'],
  inTurn: tieTurn,
  atOnce: eventsAtOnce,
  handle: (events, tx, given) => recordInteractions(tx, given, events.flatMap(interactionsIn)),
};

function interactionsIn(event: HubEvent): NewInteraction[] {
  if (isEvent(event, 'conversations.message.posted')) {
    const { mentions, replyTo, repliedTo } = event.data;
    return [...replyIn(event, replyTo, repliedTo), ...mentionsIn(event, mentions, mentions)];
  }
  if (isEvent(event, 'conversations.message.edited'))
    return mentionsIn(event, event.data.newMentions, event.data.mentions);
  if (isEvent(event, 'conversations.message.reacted'))
    return towards(event, 'reaction', event.subject, [event.data.messageAuthor]);
  return [];
}

type Addressed = HubEvent<
  'conversations.message.posted' | 'conversations.message.edited' | 'conversations.message.reacted'
>;

function replyIn(event: Addressed, replyTo: string | null, repliedTo: string | null): NewInteraction[] {
  return replyTo === null || repliedTo === null ? [] : towards(event, 'reply', replyTo, [repliedTo]);
}

/** Who mentions more people at once speaks to a crowd. */
const mostMentioned = 8;

function mentionsIn(event: Addressed, mentioned: readonly string[], all: readonly string[]): NewInteraction[] {
  if (new Set(all).size > mostMentioned) return [];
  return towards(event, 'mention', event.data.conversation, mentioned);
}

function towards(
  { actor, time: at, space, data }: Addressed,
  kind: 'reply' | 'mention' | 'reaction',
  object: string,
  people: readonly string[],
): NewInteraction[] {
  if (actor === null) return [];
  const where = { at, space, idea: 'idea' in data ? data.idea : null, conversation: data.conversation };
  return people.map((to) => ({ from: actor, to, kind, object, weight: interactionWeights[kind], ...where }));
}
