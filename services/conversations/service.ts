import type { ServiceDefinition } from '#kernel/runtime/service.js';
import { onSpaceChanged } from '#kernel/spaces/on-space-changed.js';
import { onPersonErasedInConversations } from './consumers/on-person-erased.js';
import { Conversation } from './conversation/conversation.entity.js';
import { type ConversationsContext, conversationsContext } from './conversations-context.js';
import { Message } from './message/message.entity.js';
import { conversationsTables, kernelOfConversations } from './migrations/2026-11-21-first.js';
import { moderationOfConversations } from './migrations/2026-11-21-moderation.js';
import { originsOfConversations } from './migrations/2026-11-21-origins.js';
import { sharingOfConversations } from './migrations/2026-11-21-sharing.js';
import { hiddenConversations } from './migrations/2026-11-22-hidden-conversations.js';
import { sharedPeopleOfConversations } from './migrations/2026-11-22-shared-people.js';
import { Reaction } from './reaction/reaction.entity.js';
import { buildConversationsSubgraph } from './subgraph.js';

/** Conversations, the messages in them, and how people react to these. */
export const conversations: ServiceDefinition<ConversationsContext> = {
  name: 'conversations',
  entities: [Conversation, Message, Reaction],
  migrations: (rolePrefix) => [
    kernelOfConversations(rolePrefix),
    conversationsTables,
    sharingOfConversations,
    moderationOfConversations,
    originsOfConversations(rolePrefix),
    sharedPeopleOfConversations,
    hiddenConversations,
  ],
  buildSchema: buildConversationsSubgraph,
  consumers: [onSpaceChanged, onPersonErasedInConversations],
  context: conversationsContext,
};
