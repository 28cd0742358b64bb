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
import type { Challenge } from '../challenge/challenge.entity.js';
import { ChallengeType } from '../challenge/challenge.type.js';
import type { Contribution } from '../contribution/contribution.entity.js';
import { ContributionObject } from '../contribution/contribution.type.js';
import { SpaceWithIdeas } from '../foreign/foreign-types.js';
import type { Idea } from '../idea/idea.entity.js';
import { IdeaType } from '../idea/idea.type.js';
import type { IdeasContext } from '../ideas-context.js';
import { IdeaCaseConnection, IdeaCaseType, IdeaContent } from './idea-case.type.js';
import {
  AppealIdeaHidingInput,
  AppealIdeaHidingPayload,
  DecideIdeaAppealInput,
  DecideIdeaAppealPayload,
  DismissIdeaReportsInput,
  DismissIdeaReportsPayload,
  HideIdeaContentInput,
  HideIdeaContentPayload,
  ReportIdeaContentInput,
  ReportIdeaContentPayload,
  RestoreIdeaContentInput,
  RestoreIdeaContentPayload,
} from './idea-moderation.input.js';
import { ideaModeration } from './idea-moderation.js';

@Resolver(() => IdeaCaseType)
export class IdeaModerationResolver {
  @NeedsScope('moderation:read')
  @Query(() => IdeaCaseConnection, {
    description:
      'What waits for a decision of yours about challenges, ideas and contributions, longest waiting first: in the spaces whose owner or facilitator you are, and never about what you wrote; empty for others.',
  })
  ideaCases(@Ctx() ctx: IdeasContext, @Args(() => QueueArgs) args: QueueArgs): Promise<Connection<ModerationCase>> {
    return connect<ModerationCase>(ctx, selectQueue(ctx.viewer, args), args);
  }

  @NeedsScope('ideas:read')
  @Query(() => IdeaCaseConnection, {
    description:
      'What moderators decided about challenges, ideas and contributions of yours, latest first: with the reason, and whether you can appeal.',
  })
  ownIdeaCases(@Ctx() ctx: IdeasContext, @Args(() => PageArgs) page: PageArgs): Promise<Connection<ModerationCase>> {
    return connect<ModerationCase>(ctx, selectOwnCases(ctx.viewer), page);
  }

  @NeedsScope('moderation:write')
  @Mutation(() => ReportIdeaContentPayload, {
    description:
      'Asks the moderators of a space to look at a challenge, an idea or a contribution. Reporting the same again changes nothing.',
  })
  reportIdeaContent(
    @Ctx() ctx: IdeasContext,
    @Arg('input', () => ReportIdeaContentInput, { description: 'What and why.' }) input: ReportIdeaContentInput,
  ): Promise<ReportIdeaContentPayload> {
    return answerMutation(input, () => reportContent(ideaModeration, ctx, input));
  }

  @NeedsScope('moderation:write')
  @Mutation(() => HideIdeaContentPayload, {
    description:
      'Hides a challenge, an idea or a contribution from everybody but who wrote it and moderators; for owners and facilitators of the space.',
  })
  hideIdeaContent(
    @Ctx() ctx: IdeasContext,
    @Arg('input', () => HideIdeaContentInput, { description: 'What and why.' }) input: HideIdeaContentInput,
  ): Promise<HideIdeaContentPayload> {
    return answerMutation(input, () => hideContent(ideaModeration, ctx, input));
  }

  @NeedsScope('moderation:write')
  @Mutation(() => RestoreIdeaContentPayload, {
    description:
      'Shows a challenge, an idea or a contribution again that was hidden; for owners and facilitators of the space.',
  })
  restoreIdeaContent(
    @Ctx() ctx: IdeasContext,
    @Arg('input', () => RestoreIdeaContentInput, { description: 'What and why.' }) input: RestoreIdeaContentInput,
  ): Promise<RestoreIdeaContentPayload> {
    return answerMutation(input, () => restoreContent(ideaModeration, ctx, input));
  }

  @NeedsScope('moderation:write')
  @Mutation(() => DismissIdeaReportsPayload, {
    description:
      'Lets a challenge, an idea or a contribution stand that was reported; for owners and facilitators of the space.',
  })
  dismissIdeaReports(
    @Ctx() ctx: IdeasContext,
    @Arg('input', () => DismissIdeaReportsInput, { description: 'What and why.' }) input: DismissIdeaReportsInput,
  ): Promise<DismissIdeaReportsPayload> {
    return answerMutation(input, () => dismissReports(ideaModeration, ctx, input));
  }

  @NeedsScope('ideas:write')
  @Mutation(() => AppealIdeaHidingPayload, {
    description:
      'Asks for another look at a challenge, an idea or a contribution of yours that was hidden, once each time; a program appeals for what it wrote.',
  })
  appealIdeaHiding(
    @Ctx() ctx: IdeasContext,
    @Arg('input', () => AppealIdeaHidingInput, { description: 'Against what and why.' }) input: AppealIdeaHidingInput,
  ): Promise<AppealIdeaHidingPayload> {
    return answerMutation(input, () => appealHiding(ideaModeration, ctx, input));
  }

  @NeedsScope('moderation:write')
  @Mutation(() => DecideIdeaAppealPayload, {
    description: 'Answers an appeal; for owners and facilitators of the space, to reject it not for who hid it.',
  })
  decideIdeaAppeal(
    @Ctx() ctx: IdeasContext,
    @Arg('input', () => DecideIdeaAppealInput, { description: 'The answer.' }) input: DecideIdeaAppealInput,
  ): Promise<DecideIdeaAppealPayload> {
    return answerMutation(input, () => decideAppeal(ideaModeration, ctx, input));
  }

  @FieldResolver(() => IdeaContent, {
    nullable: true,
    description: 'What it is about; null when you may no longer see it.',
  })
  async content(
    @Root() { contentId }: ModerationCase,
    @Ctx() ctx: IdeasContext,
  ): Promise<Challenge | Idea | Contribution | null> {
    const kind = kindOfId(contentId);
    if (kind === 'Idea') return ctx.ideas.load(contentId);
    return kind === 'Challenge' ? ctx.challenges.load(contentId) : ctx.contributions.load(contentId);
  }

  @FieldResolver(() => SpaceWithIdeas, { nullable: true, description: 'The space whose moderators decide.' })
  space(@Root() { spaceId }: ModerationCase): Keyed {
    return refer(spaceId);
  }
}

export const IdeaCaseResolver = contentCaseResolver(IdeaType, IdeaCaseType);
export const ChallengeCaseResolver = contentCaseResolver(ChallengeType, IdeaCaseType);
export const ContributionCaseResolver = contentCaseResolver(ContributionObject, IdeaCaseType);
