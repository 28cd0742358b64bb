import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { type Connection, connect } from '#kernel/connections/connection.js';
import { answerMutation } from '#kernel/graphql/answer-mutation.js';
import { type Keyed, refer } from '#kernel/graphql/entity-key.js';
import { PageArgs } from '#kernel/graphql/page.type.js';
import { NeedsScope } from '#kernel/graphql/scope.js';
import { kindOfId } from '#kernel/ids/id.js';
import { contentCaseResolver } from '#kernel/moderation/content-case.resolver.js';
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
import type { Conversation } from '../conversation/conversation.entity.js';
import { ConversationType } from '../conversation/conversation.type.js';
import type { ConversationsContext } from '../conversations-context.js';
import { SpaceWithConversations } from '../foreign/foreign-types.js';
import type { Message } from '../message/message.entity.js';
import { MessageType } from '../message/message.type.js';
import { ConversationCaseConnection, ConversationCaseType, ConversationContent } from './conversation-case.type.js';
import {
  AppealConversationHidingInput,
  AppealConversationHidingPayload,
  DecideConversationAppealInput,
  DecideConversationAppealPayload,
  DismissConversationReportsInput,
  DismissConversationReportsPayload,
  HideConversationContentInput,
  HideConversationContentPayload,
  ReportConversationContentInput,
  ReportConversationContentPayload,
  RestoreConversationContentInput,
  RestoreConversationContentPayload,
} from './conversation-moderation.input.js';
import { conversationModeration } from './conversation-moderation.js';

@Resolver(() => ConversationCaseType)
export class ConversationModerationResolver {
  @NeedsScope('moderation:read')
  @Query(() => ConversationCaseConnection, {
    description:
      'What waits for a decision of yours about conversations and messages, longest waiting first: in the spaces whose owner or facilitator you are, and never about what you wrote; empty for others.',
  })
  conversationCases(
    @Ctx() ctx: ConversationsContext,
    @Args(() => QueueArgs) args: QueueArgs,
  ): Promise<Connection<ModerationCase>> {
    return connect<ModerationCase>(ctx, selectQueue(ctx.viewer, args), args);
  }

  @NeedsScope('conversations:read')
  @Query(() => ConversationCaseConnection, {
    description:
      'What moderators decided about conversations and messages of yours, latest first: with the reason, and whether you can appeal.',
  })
  ownConversationCases(
    @Ctx() ctx: ConversationsContext,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Connection<ModerationCase>> {
    return connect<ModerationCase>(ctx, selectOwnCases(ctx.viewer), page);
  }

  @NeedsScope('moderation:write')
  @Mutation(() => ReportConversationContentPayload, {
    description:
      'Asks the moderators of a space to look at a conversation or a message. Reporting the same again changes nothing.',
  })
  reportConversationContent(
    @Ctx() ctx: ConversationsContext,
    @Arg('input', () => ReportConversationContentInput, { description: 'What and why.' })
    input: ReportConversationContentInput,
  ): Promise<ReportConversationContentPayload> {
    return answerMutation(input, () => reportContent(conversationModeration, ctx, input));
  }

  @NeedsScope('moderation:write')
  @Mutation(() => HideConversationContentPayload, {
    description:
      'Hides a conversation with all its messages, or a message, from everybody but who wrote it and moderators; for owners and facilitators of the space.',
  })
  hideConversationContent(
    @Ctx() ctx: ConversationsContext,
    @Arg('input', () => HideConversationContentInput, { description: 'What and why.' })
    input: HideConversationContentInput,
  ): Promise<HideConversationContentPayload> {
    return answerMutation(input, () => hideContent(conversationModeration, ctx, input));
  }

  @NeedsScope('moderation:write')
  @Mutation(() => RestoreConversationContentPayload, {
    description: 'Shows a conversation or a message again that was hidden; for owners and facilitators of the space.',
  })
  restoreConversationContent(
    @Ctx() ctx: ConversationsContext,
    @Arg('input', () => RestoreConversationContentInput, { description: 'What and why.' })
    input: RestoreConversationContentInput,
  ): Promise<RestoreConversationContentPayload> {
    return answerMutation(input, () => restoreContent(conversationModeration, ctx, input));
  }

  @NeedsScope('moderation:write')
  @Mutation(() => DismissConversationReportsPayload, {
    description: 'Lets a conversation or a message stand that was reported; for owners and facilitators of the space.',
  })
  dismissConversationReports(
    @Ctx() ctx: ConversationsContext,
    @Arg('input', () => DismissConversationReportsInput, { description: 'What and why.' })
    input: DismissConversationReportsInput,
  ): Promise<DismissConversationReportsPayload> {
    return answerMutation(input, () => dismissReports(conversationModeration, ctx, input));
  }

  @NeedsScope('conversations:write')
  @Mutation(() => AppealConversationHidingPayload, {
    description:
      'Asks for another look at a conversation or a message of yours that was hidden, once each time; a program appeals for what it wrote.',
  })
  appealConversationHiding(
    @Ctx() ctx: ConversationsContext,
    @Arg('input', () => AppealConversationHidingInput, { description: 'Against what and why.' })
    input: AppealConversationHidingInput,
  ): Promise<AppealConversationHidingPayload> {
    return answerMutation(input, () => appealHiding(conversationModeration, ctx, input));
  }

  @NeedsScope('moderation:write')
  @Mutation(() => DecideConversationAppealPayload, {
    description: 'Answers an appeal; for owners and facilitators of the space, to reject it not for who hid it.',
  })
  decideConversationAppeal(
    @Ctx() ctx: ConversationsContext,
    @Arg('input', () => DecideConversationAppealInput, { description: 'The answer.' })
    input: DecideConversationAppealInput,
  ): Promise<DecideConversationAppealPayload> {
    return answerMutation(input, () => decideAppeal(conversationModeration, ctx, input));
  }

  @FieldResolver(() => ConversationContent, {
    nullable: true,
    description: 'What it is about; null when you may no longer see it.',
  })
  async content(
    @Root() { contentId }: ModerationCase,
    @Ctx() ctx: ConversationsContext,
  ): Promise<Conversation | Message | null> {
    return kindOfId(contentId) === 'Conversation' ? ctx.conversations.load(contentId) : ctx.messages.load(contentId);
  }

  @FieldResolver(() => SpaceWithConversations, { nullable: true, description: 'The space whose moderators decide.' })
  space(@Root() { spaceId }: ModerationCase): Keyed {
    return refer(spaceId);
  }
}

export const ConversationCaseResolver = contentCaseResolver(ConversationType, ConversationCaseType);
export const MessageCaseResolver = contentCaseResolver(MessageType, ConversationCaseType);
