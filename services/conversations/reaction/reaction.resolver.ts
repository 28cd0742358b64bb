import { Arg, Args, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import type { Connection } from '#kernel/connections/connection.js';
import { answerMutation } from '#kernel/graphql/answer-mutation.js';
import { type Keyed, refer } from '#kernel/graphql/entity-key.js';
import { PageArgs } from '#kernel/graphql/page.type.js';
import { NeedsScope } from '#kernel/graphql/scope.js';
import type { ConversationsContext } from '../conversations-context.js';
import { PersonWithMessages } from '../foreign/foreign-types.js';
import type { Message } from '../message/message.entity.js';
import { MessageType } from '../message/message.type.js';
import type { Reaction } from './reaction.entity.js';
import { ReactInput, ReactPayload, WithdrawReactionInput, WithdrawReactionPayload } from './reaction.input.js';
import { react, withdrawReaction } from './reaction.js';
import { maxCounts, type ReactionCount, reactionsOf } from './reaction.repository.js';
import { ReactionConnection, ReactionCountType, ReactionType } from './reaction.type.js';

@Resolver(() => ReactionType)
export class ReactionResolver {
  @NeedsScope('conversations:write')
  @Mutation(() => ReactPayload, { description: 'Answers a message with an emoji.' })
  react(
    @Ctx() ctx: ConversationsContext,
    @Arg('input', () => ReactInput, { description: 'Message and emoji.' }) input: ReactInput,
  ): Promise<ReactPayload> {
    return answerMutation(input, () => react(ctx, input));
  }

  @NeedsScope('conversations:write')
  @Mutation(() => WithdrawReactionPayload, { description: 'Takes a reaction of yours back.' })
  withdrawReaction(
    @Ctx() ctx: ConversationsContext,
    @Arg('input', () => WithdrawReactionInput, { description: 'Message and emoji.' }) input: WithdrawReactionInput,
  ): Promise<WithdrawReactionPayload> {
    return answerMutation(input, () => withdrawReaction(ctx, input));
  }

  @FieldResolver(() => PersonWithMessages, {
    nullable: true,
    description: 'Who reacted; null when erased, or for who may not see them.',
  })
  person(@Root() reaction: Reaction): Keyed {
    return refer(reaction.personId);
  }

  @FieldResolver(() => MessageType, {
    nullable: true,
    description: 'The message; null when you may no longer see it.',
  })
  message(@Root() reaction: Reaction, @Ctx() ctx: ConversationsContext): Promise<Message | null> {
    return ctx.messages.load(reaction.messageId);
  }
}

@Resolver(() => MessageType)
export class MessageReactionsResolver {
  @FieldResolver(() => ReactionConnection, { description: 'Who reacted to it how, oldest first.' })
  reactions(
    @Root() message: Message,
    @Ctx() ctx: ConversationsContext,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Connection<Reaction>> {
    return ctx.lists.load(message.id, reactionsOf(), page);
  }

  @FieldResolver(() => [ReactionCountType], {
    description: `How often each emoji was given, the most frequent ${maxCounts} at most; empty without reactions.`,
  })
  reactionCounts(@Root() message: Message, @Ctx() ctx: ConversationsContext): Promise<readonly ReactionCount[]> {
    return ctx.reactionCounts.load(message.id);
  }
}
