import { Args, Ctx, FieldResolver, Resolver, Root, Subscription } from 'type-graphql';
import { type Keyed, referTo } from '#kernel/graphql/entity-key.js';
import { NeedsScope } from '#kernel/graphql/scope.js';
import { subscribeTo } from '#kernel/streams/stream-field.js';
import type { ConversationsContext } from '../conversations-context.js';
import { PersonWithMessages } from '../foreign/foreign-types.js';
import type { Message } from './message.entity.js';
import { MessageType } from './message.type.js';
import { type MessagePosted, messagePosted } from './message-posted.js';
import { MessagePostedArgs, MessagePostedType } from './message-posted.type.js';

@Resolver(() => MessagePostedType)
export class MessagePostedResolver {
  @NeedsScope('conversations:read')
  @Subscription(() => MessagePostedType, {
    description: 'New messages in conversations you may see, as they come.',
    subscribe: subscribeTo(messagePosted),
  })
  messagePosted(
    @Root() event: MessagePosted,
    @Args(() => MessagePostedArgs) _filter: MessagePostedArgs,
  ): MessagePosted {
    return event;
  }

  @FieldResolver(() => MessageType, { nullable: true, description: 'The message as it is now.' })
  message(@Root() event: MessagePosted, @Ctx() ctx: ConversationsContext): Promise<Message | null> {
    return ctx.messages.load(event.subject);
  }

  @FieldResolver(() => PersonWithMessages, {
    nullable: true,
    description: 'Who said it; null when erased, or for who may not see them.',
  })
  actor(@Root() event: MessagePosted): Keyed | null {
    return referTo('Person', event.actor);
  }
}
