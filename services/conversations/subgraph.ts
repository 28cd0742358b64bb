import type { GraphQLSchema } from 'graphql';
import { deadLetterResolver } from '#kernel/consumers/dead-letter.resolver.js';
import { refer } from '#kernel/graphql/entity-key.js';
import { positionResolver } from '#kernel/graphql/position.resolver.js';
import { buildSubgraph } from '#kernel/graphql/subgraph.js';
import { ownExportOf } from '#kernel/privacy/own-export.js';
import { ConversationActivityResolver } from './activity/conversation-activity.resolver.js';
import {
  ConversationResolver,
  IdeaConversationsResolver,
  SpaceConversationsResolver,
} from './conversation/conversation.resolver.js';
import type { ConversationsContext } from './conversations-context.js';
import { PersonalExportWithConversations } from './foreign/foreign-types.js';
import { ConversationMessagesResolver, MessageResolver, PersonMessagesResolver } from './message/message.resolver.js';
import { MessagePostedResolver } from './message/message-posted.resolver.js';
import {
  ConversationCaseResolver,
  ConversationModerationResolver,
  MessageCaseResolver,
} from './moderation/conversation-moderation.resolver.js';
import { PersonalExportResolver } from './privacy/personal-export.resolver.js';
import { MessageReactionsResolver, ReactionResolver } from './reaction/reaction.resolver.js';
import { ConversationRecordsResolver } from './records/records.resolver.js';

const PositionResolver = positionResolver(
  'conversationsPosition',
  'the streams of conversations',
  'conversations:read',
);

const DeadLetterResolver = deadLetterResolver('conversations');

/** The part of the graph this service answers for. */
export function buildConversationsSubgraph(): Promise<GraphQLSchema> {
  return buildSubgraph<ConversationsContext>({
    resolvers: [
      ConversationResolver,
      SpaceConversationsResolver,
      IdeaConversationsResolver,
      MessageResolver,
      ConversationMessagesResolver,
      PersonMessagesResolver,
      ReactionResolver,
      MessageReactionsResolver,
      ConversationModerationResolver,
      ConversationCaseResolver,
      MessageCaseResolver,
      PersonalExportResolver,
      ConversationRecordsResolver,
      MessagePostedResolver,
      ConversationActivityResolver,
      PositionResolver,
      DeadLetterResolver,
    ],
    orphanedTypes: [PersonalExportWithConversations],
    references: {
      Conversation: (key, ctx) => ctx.conversations.load(key),
      Message: (key, ctx) => ctx.messages.load(key),
      Reaction: (key, ctx) => ctx.reactions.load(key),
      Space: refer,
      Idea: refer,
      Person: refer,
      PersonalExport: ownExportOf,
    },
  });
}
