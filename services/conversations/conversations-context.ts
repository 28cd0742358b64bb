import { type ConnectionLoader, connectionLoader } from '#kernel/connections/connection.js';
import type { RowLoader } from '#kernel/connections/row-loader.js';
import { type ModerationContext, moderationLoaders } from '#kernel/moderation/moderation.loader.js';
import type { RequestContext } from '#kernel/runtime/request-context.js';
import type { ServiceInside } from '#kernel/runtime/service.js';
import { type SpaceAccess, spaceAccess } from '#kernel/spaces/require-space.js';
import type { Conversation } from './conversation/conversation.entity.js';
import { conversationLoader } from './conversation/conversation.loader.js';
import type { Message } from './message/message.entity.js';
import { messageLoader } from './message/message.loader.js';
import type { Reaction } from './reaction/reaction.entity.js';
import { type ReactionCountLoader, reactionCountLoader, reactionLoader } from './reaction/reaction.loader.js';

/** What every resolver and domain function of this service is given. */
export interface ConversationsContext extends ModerationContext {
  readonly spaces: SpaceAccess;
  readonly lists: ConnectionLoader;
  readonly conversations: RowLoader<Conversation>;
  readonly messages: RowLoader<Message>;
  readonly reactions: RowLoader<Reaction>;
  readonly reactionCounts: ReactionCountLoader;
}

export function conversationsContext(base: RequestContext, service: ServiceInside): ConversationsContext {
  return {
    ...base,
    spaces: spaceAccess(base.db, () => service.consumer('on-space-changed')),
    lists: connectionLoader(base),
    conversations: conversationLoader(base),
    messages: messageLoader(base),
    reactions: reactionLoader(base),
    reactionCounts: reactionCountLoader(base),
    moderation: moderationLoaders(base),
  };
}
