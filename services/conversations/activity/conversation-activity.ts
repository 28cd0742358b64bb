import type { EventType } from '#kernel/events/catalogue.js';
import type { HubEvent } from '#kernel/events/event.js';
import type { StreamField } from '#kernel/streams/stream-field.js';
import type { ConversationsContext } from '../conversations-context.js';

export interface ConversationActivityFilter {
  readonly after?: string | null;
  readonly space?: string | null;
  readonly conversation?: string | null;
}

export const conversationActivityKinds = {
  'conversations.conversation.opened': 'OPENED',
  'conversations.conversation.revised': 'REVISED',
  'conversations.conversation.hidden': 'HIDDEN',
  'conversations.conversation.restored': 'RESTORED',
  'conversations.message.posted': 'MESSAGE_POSTED',
  'conversations.message.edited': 'MESSAGE_EDITED',
  'conversations.message.removed': 'MESSAGE_REMOVED',
  'conversations.message.reacted': 'REACTED',
  'conversations.message.reactionWithdrawn': 'REACTION_WITHDRAWN',
  'conversations.message.hidden': 'MESSAGE_HIDDEN',
  'conversations.message.restored': 'MESSAGE_RESTORED',
} as const satisfies Partial<Record<EventType, string>>;

type ConversationEventType = keyof typeof conversationActivityKinds;
export type ConversationActivityKind = (typeof conversationActivityKinds)[ConversationEventType];

/** Whatever happens in a conversation: what it is, in which conversation, to which message, and the facts of the change. */
export interface ConversationActivity {
  readonly event: HubEvent;
  readonly kind: ConversationActivityKind;
  readonly conversationId: string;
  readonly messageId: string | null;
  readonly emoji: string | null;
  readonly changed: readonly string[];
}

const nothing = { messageId: null, emoji: null, changed: [] };

/** Reads an event of the log as activity; undefined for events that are none. */
export function toConversationActivity(event: HubEvent): ConversationActivity | undefined {
  if (is(event, 'conversations.conversation.opened'))
    return { ...nothing, event, kind: 'OPENED', conversationId: event.subject };
  if (is(event, 'conversations.conversation.revised'))
    return { ...nothing, event, kind: 'REVISED', conversationId: event.subject, changed: event.data.changed };
  if (is(event, 'conversations.message.posted')) return ofMessage(event, 'MESSAGE_POSTED');
  if (is(event, 'conversations.message.edited')) return ofMessage(event, 'MESSAGE_EDITED');
  if (is(event, 'conversations.message.removed')) return ofMessage(event, 'MESSAGE_REMOVED');
  if (is(event, 'conversations.message.reacted')) return { ...ofMessage(event, 'REACTED'), emoji: event.data.emoji };
  if (is(event, 'conversations.message.reactionWithdrawn'))
    return { ...ofMessage(event, 'REACTION_WITHDRAWN'), emoji: event.data.emoji };
  return toModeration(event);
}

function toModeration(event: HubEvent): ConversationActivity | undefined {
  if (is(event, 'conversations.conversation.hidden'))
    return { ...nothing, event, kind: 'HIDDEN', conversationId: event.subject };
  if (is(event, 'conversations.conversation.restored'))
    return { ...nothing, event, kind: 'RESTORED', conversationId: event.subject };
  if (is(event, 'conversations.message.hidden')) return ofMessage(event, 'MESSAGE_HIDDEN');
  if (is(event, 'conversations.message.restored')) return ofMessage(event, 'MESSAGE_RESTORED');
  return undefined;
}

type MessageEventType = Extract<ConversationEventType, `conversations.message.${string}`>;

function ofMessage(event: HubEvent<MessageEventType>, kind: ConversationActivityKind): ConversationActivity {
  return { ...nothing, event, kind, conversationId: event.data.conversation, messageId: event.subject };
}

function is<Type extends ConversationEventType>(event: HubEvent, type: Type): event is HubEvent<Type> {
  return event.type === type;
}

/** Everything that happens in the conversations of a space, or in one conversation. */
export const conversationActivity: StreamField<ConversationActivityFilter, ConversationsContext> = {
  types: Object.keys(conversationActivityKinds) as ConversationEventType[],
  matches: (event, { space, conversation }) =>
    (!space || space === event.space) &&
    (!conversation || conversation === toConversationActivity(event)?.conversationId),
  async visible(event, ctx) {
    const activity = toConversationActivity(event);
    if (!activity) return false;
    const { kind, conversationId, messageId } = activity;
    // Whoever shows it has to hear that it is hidden now; to who did not know it, nothing but an id is told.
    if (kind === 'HIDDEN') return (await ctx.spaces.known(ctx.viewer, [event.space ?? ''])).size > 0;
    if ((await ctx.conversations.load(conversationId)) === null) return false;
    if (kind === 'MESSAGE_HIDDEN' || messageId === null) return true;
    return (await ctx.messages.load(messageId)) !== null;
  },
};

/** Who moderated is for moderators; see the case. */
export function actorOf({ kind, event }: ConversationActivity): string | null {
  return moderationKinds.includes(kind) ? null : event.actor;
}

const moderationKinds: readonly ConversationActivityKind[] = [
  'HIDDEN',
  'RESTORED',
  'MESSAGE_HIDDEN',
  'MESSAGE_RESTORED',
];
