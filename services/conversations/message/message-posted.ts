import type { HubEvent } from '#kernel/events/event.js';
import type { StreamField } from '#kernel/streams/stream-field.js';
import type { ConversationsContext } from '../conversations-context.js';

export interface MessagePostedFilter {
  readonly after?: string | null;
  readonly space?: string | null;
  readonly conversation?: string | null;
  readonly idea?: string | null;
  readonly mentionsMe: boolean;
}

export type MessagePosted = HubEvent<'conversations.message.posted'>;

/** New messages, as they come. */
export const messagePosted: StreamField<MessagePostedFilter, ConversationsContext> = {
  types: ['conversations.message.posted'],
  matches({ space, data }, filter, { viewer }) {
    const { conversation, idea, mentions } = data as MessagePosted['data'];
    return (
      (!filter.space || filter.space === space) &&
      (!filter.conversation || filter.conversation === conversation) &&
      (!filter.idea || filter.idea === idea) &&
      (!filter.mentionsMe || (viewer.kind === 'person' && mentions.includes(viewer.personId)))
    );
  },
  visible: async ({ subject }, ctx) => (await ctx.messages.load(subject)) !== null,
};
