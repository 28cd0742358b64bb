import { Args, Ctx, FieldResolver, Resolver, Root, Subscription } from 'type-graphql';
import type { HubEvent } from '#kernel/events/event.js';
import { type Keyed, referTo } from '#kernel/graphql/entity-key.js';
import { NeedsScope } from '#kernel/graphql/scope.js';
import { subscribeTo } from '#kernel/streams/stream-field.js';
import type { Conversation } from '../conversation/conversation.entity.js';
import { ConversationType } from '../conversation/conversation.type.js';
import type { ConversationsContext } from '../conversations-context.js';
import { PersonWithMessages } from '../foreign/foreign-types.js';
import type { Message } from '../message/message.entity.js';
import { MessageType } from '../message/message.type.js';
import {
  actorOf,
  type ConversationActivity,
  conversationActivity,
  toConversationActivity,
} from './conversation-activity.js';
import { ConversationActivityArgs, ConversationActivityType } from './conversation-activity.type.js';

@Resolver(() => ConversationActivityType)
export class ConversationActivityResolver {
  @NeedsScope('conversations:read')
  @Subscription(() => ConversationActivityType, {
    description: 'Everything that happens in the conversations you may see: opened, said, changed, reacted to, hidden.',
    subscribe: subscribeTo(conversationActivity),
  })
  conversationActivity(
    @Root() event: HubEvent,
    @Args(() => ConversationActivityArgs) _filter: ConversationActivityArgs,
  ): ConversationActivity | undefined {
    return toConversationActivity(event);
  }

  @FieldResolver(() => ConversationType, {
    nullable: true,
    description: 'The conversation as it is now; null when you may not see it.',
  })
  conversation(@Root() activity: ConversationActivity, @Ctx() ctx: ConversationsContext): Promise<Conversation | null> {
    return ctx.conversations.load(activity.conversationId);
  }

  @FieldResolver(() => MessageType, {
    nullable: true,
    description: 'The message as it is now; null when it happened to the conversation, and when you may not see it.',
  })
  async message(@Root() activity: ConversationActivity, @Ctx() ctx: ConversationsContext): Promise<Message | null> {
    return activity.messageId === null ? null : ctx.messages.load(activity.messageId);
  }

  @FieldResolver(() => PersonWithMessages, {
    nullable: true,
    description: 'Who did it; null when the hub, an import or a moderator did.',
  })
  actor(@Root() activity: ConversationActivity): Keyed | null {
    return referTo('Person', actorOf(activity));
  }
}
