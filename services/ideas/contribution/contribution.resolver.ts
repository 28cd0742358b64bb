import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Connection } from '#kernel/connections/connection.js';
import { answerMutation } from '#kernel/graphql/answer-mutation.js';
import { type Keyed, keyOf, referTo } from '#kernel/graphql/entity-key.js';
import { PageArgs } from '#kernel/graphql/page.type.js';
import { NeedsScope } from '#kernel/graphql/scope.js';
import { PersonWithIdeas, ProgramReference } from '../foreign/foreign-types.js';
import type { Idea } from '../idea/idea.entity.js';
import { IdeaType } from '../idea/idea.type.js';
import type { IdeasContext } from '../ideas-context.js';
import type { Contribution, ContributionType } from './contribution.entity.js';
import {
  ContributeToIdeaInput,
  ContributeToIdeaPayload,
  ReviseContributionInput,
  ReviseContributionPayload,
} from './contribution.input.js';
import { contributeToIdea, reviseContribution } from './contribution.js';
import { type ContributionOrderName, selectContributions } from './contribution.repository.js';
import {
  ContributionConnection,
  ContributionObject,
  ContributionOrderEnum,
  ContributionTypeEnum,
} from './contribution.type.js';

const types = { nullable: true, description: 'Only contributions of these types; all when left out.' };
const orderDescription = 'Order of the list.';

@Resolver(() => ContributionObject)
export class ContributionResolver {
  @NeedsScope('ideas:read')
  @Query(() => ContributionObject, {
    nullable: true,
    description: 'One contribution, or null when there is none with this id that you may see.',
  })
  contribution(
    @Ctx() ctx: IdeasContext,
    @Arg('id', () => ID, { description: 'Id of a contribution.' }) id: string,
  ): Promise<Contribution | null> {
    return ctx.contributions.load(id);
  }

  @NeedsScope('ideas:write')
  @Mutation(() => ContributeToIdeaPayload, {
    description: 'Builds on an idea, asks, brings evidence or raises a concern.',
  })
  contributeToIdea(
    @Ctx() ctx: IdeasContext,
    @Arg('input', () => ContributeToIdeaInput, { description: 'The contribution.' }) input: ContributeToIdeaInput,
  ): Promise<ContributeToIdeaPayload> {
    return answerMutation(input, () => contributeToIdea(ctx, input));
  }

  @NeedsScope('ideas:write')
  @Mutation(() => ReviseContributionPayload, { description: 'Changes a contribution; for its author.' })
  reviseContribution(
    @Ctx() ctx: IdeasContext,
    @Arg('input', () => ReviseContributionInput, { description: 'The change.' }) input: ReviseContributionInput,
  ): Promise<ReviseContributionPayload> {
    return answerMutation(input, () => reviseContribution(ctx, input));
  }

  @FieldResolver(() => IdeaType, { nullable: true, description: 'The idea it belongs to.' })
  idea(@Root() contribution: Contribution, @Ctx() ctx: IdeasContext): Promise<Idea | null> {
    return ctx.ideas.load(contribution.ideaId);
  }

  @FieldResolver(() => PersonWithIdeas, {
    nullable: true,
    description: 'Who made it; null when erased, for who may not see them, and where a program did.',
  })
  author(@Root() contribution: Contribution): Keyed | null {
    return referTo('Person', contribution.authorId);
  }

  @FieldResolver(() => ProgramReference, {
    nullable: true,
    description: 'The program that made it, for its organisation; null where a person did.',
  })
  program(@Root() contribution: Contribution): Keyed | null {
    return referTo('ApiClient', contribution.authorId);
  }

  @FieldResolver(() => ContributionObject, {
    nullable: true,
    description: 'The contribution it answers, if any; null while that is hidden from you.',
  })
  async replyTo(@Root() contribution: Contribution, @Ctx() ctx: IdeasContext): Promise<Contribution | null> {
    return contribution.replyToId === null ? null : ctx.contributions.load(contribution.replyToId);
  }

  @FieldResolver(() => ContributionConnection, { description: 'The contributions that answer it, oldest first.' })
  replies(
    @Root() contribution: Contribution,
    @Ctx() ctx: IdeasContext,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Connection<Contribution>> {
    return ctx.lists.load(contribution.id, selectContributions(ctx.viewer, 'replies', 'OLDEST'), page);
  }
}

@Resolver(() => IdeaType)
export class IdeaContributionsResolver {
  @FieldResolver(() => ContributionConnection, { description: 'What was contributed to it.' })
  contributions(
    @Root() idea: Idea,
    @Ctx() ctx: IdeasContext,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('orderBy', () => ContributionOrderEnum, {
      defaultValue: ContributionOrderEnum.OLDEST,
      description: orderDescription,
    })
    orderBy: ContributionOrderName,
    @Arg('types', () => [ContributionTypeEnum], types) only?: ContributionType[] | null,
  ): Promise<Connection<Contribution>> {
    const kept = only ? undefined : () => idea.contributionCount;
    return ctx.lists.load(idea.id, selectContributions(ctx.viewer, 'ofIdea', orderBy, only), page, kept);
  }
}

@Resolver(() => PersonWithIdeas)
export class PersonContributionsResolver {
  @NeedsScope('ideas:read')
  @FieldResolver(() => ContributionConnection, {
    nullable: true,
    description: 'What this person contributed to ideas you may see. Null when the service of ideas does not answer.',
  })
  contributions(
    @Root() person: Keyed,
    @Ctx() ctx: IdeasContext,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('orderBy', () => ContributionOrderEnum, {
      defaultValue: ContributionOrderEnum.LATEST,
      description: orderDescription,
    })
    orderBy: ContributionOrderName,
  ): Promise<Connection<Contribution>> {
    return ctx.lists.load(keyOf(person), selectContributions(ctx.viewer, 'ofPerson', orderBy), page);
  }
}
