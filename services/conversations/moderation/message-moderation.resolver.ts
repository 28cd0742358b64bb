import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { type Connection, connect } from '#kernel/connections/connection.js';
import { answerMutation } from '#kernel/graphql/answer-mutation.js';
import { type Keyed, refer } from '#kernel/graphql/entity-key.js';
import { PageArgs } from '#kernel/graphql/page.type.js';
import { NeedsScope } from '#kernel/graphql/scope.js';
import {
  appealHiding,
  decideAppeal,
  dismissReports,
  hideContent,
  reportContent,
  restoreContent,
} from '#kernel/moderation/moderation.js';
import { selectOwnCases, selectQueue } from '#kernel/moderation/moderation.repository.js';
import type { ModerationCase } from '#kernel/moderation/moderation-case.js';
import { QueueArgs } from '#kernel/moderation/queue.args.js';
import type { ConversationsContext } from '../conversations-context.js';
import { SpaceWithConversations } from '../foreign/foreign-types.js';
import type { Message } from '../message/message.entity.js';
import { MessageType } from '../message/message.type.js';
import { MessageCaseConnection, MessageCaseType } from './message-case.type.js';
import {
  AppealMessageHidingInput,
  AppealMessageHidingPayload,
  DecideMessageAppealInput,
  DecideMessageAppealPayload,
  DismissMessageReportsInput,
  DismissMessageReportsPayload,
  HideMessageInput,
  HideMessagePayload,
  ReportMessageInput,
  ReportMessagePayload,
  RestoreMessageInput,
  RestoreMessagePayload,
} from './message-moderation.input.js';
import { messageModeration } from './message-moderation.js';

const caseDescription =
  'What moderators decided or have to decide about it; for them, and for its author once it was hidden. Null for others.';

@Resolver(() => MessageCaseType)
export class MessageModerationResolver {
  @NeedsScope('moderation:read')
  @Query(() => MessageCaseConnection, {
    description:
      'What waits for a decision of yours about messages, longest waiting first: in the spaces whose owner or facilitator you are, and never about what you wrote; empty for others.',
  })
  messageCases(
    @Ctx() ctx: ConversationsContext,
    @Args(() => QueueArgs) args: QueueArgs,
  ): Promise<Connection<ModerationCase>> {
    return connect<ModerationCase>(ctx, selectQueue(ctx.viewer, args), args);
  }

  @NeedsScope('moderation:read')
  @Query(() => MessageCaseConnection, {
    description:
      'What moderators decided about messages of yours, latest first: with the reason, and whether you can appeal.',
  })
  ownMessageCases(
    @Ctx() ctx: ConversationsContext,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Connection<ModerationCase>> {
    return connect<ModerationCase>(ctx, selectOwnCases(ctx.viewer), page);
  }

  @NeedsScope('moderation:write')
  @Mutation(() => ReportMessagePayload, {
    description: 'Asks the moderators of a space to look at a message. Reporting the same again changes nothing.',
  })
  reportMessage(
    @Ctx() ctx: ConversationsContext,
    @Arg('input', () => ReportMessageInput, { description: 'What and why.' }) input: ReportMessageInput,
  ): Promise<ReportMessagePayload> {
    return answerMutation(input, () => reportContent(messageModeration, ctx, input));
  }

  @NeedsScope('moderation:write')
  @Mutation(() => HideMessagePayload, {
    description:
      'Hides a message from everybody but who wrote it and moderators; for owners and facilitators of the space.',
  })
  hideMessage(
    @Ctx() ctx: ConversationsContext,
    @Arg('input', () => HideMessageInput, { description: 'What and why.' }) input: HideMessageInput,
  ): Promise<HideMessagePayload> {
    return answerMutation(input, () => hideContent(messageModeration, ctx, input));
  }

  @NeedsScope('moderation:write')
  @Mutation(() => RestoreMessagePayload, {
    description: 'Shows a message again that was hidden; for owners and facilitators of the space.',
  })
  restoreMessage(
    @Ctx() ctx: ConversationsContext,
    @Arg('input', () => RestoreMessageInput, { description: 'What and why.' }) input: RestoreMessageInput,
  ): Promise<RestoreMessagePayload> {
    return answerMutation(input, () => restoreContent(messageModeration, ctx, input));
  }

  @NeedsScope('moderation:write')
  @Mutation(() => DismissMessageReportsPayload, {
    description: 'Lets a message stand that was reported; for owners and facilitators of the space.',
  })
  dismissMessageReports(
    @Ctx() ctx: ConversationsContext,
    @Arg('input', () => DismissMessageReportsInput, { description: 'What and why.' }) input: DismissMessageReportsInput,
  ): Promise<DismissMessageReportsPayload> {
    return answerMutation(input, () => dismissReports(messageModeration, ctx, input));
  }

  @NeedsScope('moderation:write')
  @Mutation(() => AppealMessageHidingPayload, {
    description: 'Asks for another look at a message of yours that was hidden, once each time.',
  })
  appealMessageHiding(
    @Ctx() ctx: ConversationsContext,
    @Arg('input', () => AppealMessageHidingInput, { description: 'Against what and why.' })
    input: AppealMessageHidingInput,
  ): Promise<AppealMessageHidingPayload> {
    return answerMutation(input, () => appealHiding(messageModeration, ctx, input));
  }

  @NeedsScope('moderation:write')
  @Mutation(() => DecideMessageAppealPayload, {
    description: 'Answers an appeal; for owners and facilitators of the space, to reject it not for who hid it.',
  })
  decideMessageAppeal(
    @Ctx() ctx: ConversationsContext,
    @Arg('input', () => DecideMessageAppealInput, { description: 'The answer.' }) input: DecideMessageAppealInput,
  ): Promise<DecideMessageAppealPayload> {
    return answerMutation(input, () => decideAppeal(messageModeration, ctx, input));
  }

  @FieldResolver(() => MessageType, {
    nullable: true,
    description: 'What it is about; null when you may no longer see it.',
  })
  message(@Root() { contentId }: ModerationCase, @Ctx() ctx: ConversationsContext): Promise<Message | null> {
    return ctx.messages.load(contentId);
  }

  @FieldResolver(() => SpaceWithConversations, { nullable: true, description: 'The space whose moderators decide.' })
  space(@Root() { spaceId }: ModerationCase): Keyed {
    return refer(spaceId);
  }
}

@Resolver(() => MessageType)
export class MessageCaseResolver {
  @NeedsScope('moderation:read')
  @FieldResolver(() => MessageCaseType, { nullable: true, description: caseDescription })
  moderation(@Root() { id }: Message, @Ctx() ctx: ConversationsContext): Promise<ModerationCase | null> {
    return ctx.moderation.of(id);
  }
}
