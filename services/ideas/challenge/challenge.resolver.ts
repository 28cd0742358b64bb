import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { type Connection, connect } from '#kernel/connections/connection.js';
import { answerMutation } from '#kernel/graphql/answer-mutation.js';
import { type Keyed, keyOf, refer, referTo } from '#kernel/graphql/entity-key.js';
import { PageArgs } from '#kernel/graphql/page.type.js';
import { NeedsScope } from '#kernel/graphql/scope.js';
import { PersonWithIdeas, ProgramReference, SpaceWithIdeas } from '../foreign/foreign-types.js';
import type { Idea } from '../idea/idea.entity.js';
import { ideaLists, selectIdeas } from '../idea/idea.repository.js';
import { IdeaConnection, IdeaOrder, IdeaType } from '../idea/idea.type.js';
import type { IdeasContext } from '../ideas-context.js';
import type { Challenge } from './challenge.entity.js';
import {
  OpenChallengeInput,
  OpenChallengePayload,
  ReviseChallengeInput,
  ReviseChallengePayload,
} from './challenge.input.js';
import { openChallenge, reviseChallenge } from './challenge.js';
import { challengeLists, selectChallenges } from './challenge.repository.js';
import { ChallengeConnection, ChallengeType } from './challenge.type.js';

const openOnly = { defaultValue: false, description: 'True: only those that still take ideas.' };

@Resolver(() => ChallengeType)
export class ChallengeResolver {
  @NeedsScope('ideas:read')
  @Query(() => ChallengeType, {
    nullable: true,
    description: 'One challenge, or null when there is none with this id that you may see.',
  })
  challenge(
    @Ctx() ctx: IdeasContext,
    @Arg('id', () => ID, { description: 'Id of a challenge.' }) id: string,
  ): Promise<Challenge | null> {
    return ctx.challenges.load(id);
  }

  @NeedsScope('ideas:read')
  @Query(() => ChallengeConnection, { description: 'Challenges of all spaces you may see, newest first.' })
  challenges(
    @Ctx() ctx: IdeasContext,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('open', () => Boolean, openOnly) open: boolean,
  ): Promise<Connection<Challenge>> {
    return connect<Challenge>(
      ctx,
      selectChallenges(ctx.viewer, challengeLists.allChallenges, open ? ctx.now() : null),
      page,
    );
  }

  @NeedsScope('ideas:write')
  @Mutation(() => OpenChallengePayload, { description: 'Asks the people of a space a question that ideas may answer.' })
  openChallenge(
    @Ctx() ctx: IdeasContext,
    @Arg('input', () => OpenChallengeInput, { description: 'The challenge.' }) input: OpenChallengeInput,
  ): Promise<OpenChallengePayload> {
    return answerMutation(input, () => openChallenge(ctx, input));
  }

  @NeedsScope('ideas:write')
  @Mutation(() => ReviseChallengePayload, { description: 'Changes a challenge; for who opened it.' })
  reviseChallenge(
    @Ctx() ctx: IdeasContext,
    @Arg('input', () => ReviseChallengeInput, { description: 'The change.' }) input: ReviseChallengeInput,
  ): Promise<ReviseChallengePayload> {
    return answerMutation(input, () => reviseChallenge(ctx, input));
  }

  @FieldResolver(() => SpaceWithIdeas, { nullable: true, description: 'The space whose people are asked.' })
  space(@Root() challenge: Challenge): Keyed {
    return refer(challenge.spaceId);
  }

  @FieldResolver(() => PersonWithIdeas, {
    nullable: true,
    description: 'Who opened it; null when unknown or erased, and where a program did.',
  })
  author(@Root() challenge: Challenge): Keyed | null {
    return referTo('Person', challenge.authorId);
  }

  @FieldResolver(() => ProgramReference, {
    nullable: true,
    description: 'The program that opened it, for its organisation; null where a person did.',
  })
  program(@Root() challenge: Challenge): Keyed | null {
    return referTo('ApiClient', challenge.authorId);
  }

  @FieldResolver(() => IdeaConnection, { description: 'The ideas that answer it.' })
  ideas(
    @Root() challenge: Challenge,
    @Ctx() ctx: IdeasContext,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('orderBy', () => IdeaOrder, { defaultValue: IdeaOrder.LATEST, description: 'Order of the list.' })
    orderBy: IdeaOrder,
  ): Promise<Connection<Idea>> {
    return ctx.lists.load(challenge.id, selectIdeas(ctx.viewer, ideaLists.ideasOfChallenge, orderBy), page);
  }
}

@Resolver(() => IdeaType)
export class IdeaChallengeResolver {
  @FieldResolver(() => ChallengeType, {
    nullable: true,
    description: 'The challenge it answers; null when it answers none, or one you may not see.',
  })
  async challenge(@Root() idea: Idea, @Ctx() ctx: IdeasContext): Promise<Challenge | null> {
    return idea.challengeId === null ? null : ctx.challenges.load(idea.challengeId);
  }
}

@Resolver(() => SpaceWithIdeas)
export class SpaceChallengesResolver {
  @NeedsScope('ideas:read')
  @FieldResolver(() => ChallengeConnection, {
    nullable: true,
    description: 'The challenges of this space, newest first. Null when the service of ideas does not answer.',
  })
  challenges(
    @Root() space: Keyed,
    @Ctx() ctx: IdeasContext,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('open', () => Boolean, openOnly) open: boolean,
  ): Promise<Connection<Challenge>> {
    return ctx.lists.load(
      keyOf(space),
      selectChallenges(ctx.viewer, challengeLists.challengesOfSpace, open ? ctx.now() : null),
      page,
    );
  }
}
