import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { type Connection, connect } from '#kernel/connections/connection.js';
import { answerMutation } from '#kernel/graphql/answer-mutation.js';
import { type Keyed, keyOf, refer, referTo } from '#kernel/graphql/entity-key.js';
import { PageArgs } from '#kernel/graphql/page.type.js';
import { NeedsScope } from '#kernel/graphql/scope.js';
import { type Hit, type SearchConnection, toSearchConnection } from '#kernel/graphql/search.type.js';
import { PersonWithIdeas, ProgramReference, SpaceWithIdeas, TeamReference } from '../foreign/foreign-types.js';
import type { IdeasContext } from '../ideas-context.js';
import type { Idea } from './idea.entity.js';
import {
  IdeaFilterInput,
  MoveIdeaInput,
  MoveIdeaPayload,
  ReviseIdeaInput,
  ReviseIdeaPayload,
  SubmitIdeaInput,
  SubmitIdeaPayload,
} from './idea.input.js';
import { moveIdea, reviseIdea, submitIdea } from './idea.js';
import { ideaLists, searchIdeas, selectIdeas } from './idea.repository.js';
import { IdeaConnection, IdeaOrder, IdeaSearchConnection, IdeaType } from './idea.type.js';

const orderDescription = 'Order of the list.';
const filterDescription = 'Which ideas; all when left out.';

@Resolver(() => IdeaType)
export class IdeaResolver {
  @NeedsScope('ideas:read')
  @Query(() => IdeaType, {
    nullable: true,
    description: 'One idea, or null when there is none with this id that you may see.',
  })
  idea(
    @Ctx() ctx: IdeasContext,
    @Arg('id', () => ID, { description: 'Id of an idea.' }) id: string,
  ): Promise<Idea | null> {
    return ctx.ideas.load(id);
  }

  @NeedsScope('ideas:read')
  @Query(() => IdeaConnection, { description: 'Ideas of all spaces you may see.' })
  ideas(
    @Ctx() ctx: IdeasContext,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('orderBy', () => IdeaOrder, { defaultValue: IdeaOrder.LATEST, description: orderDescription })
    orderBy: IdeaOrder,
    @Arg('filter', () => IdeaFilterInput, { nullable: true, description: filterDescription })
    filter?: IdeaFilterInput | null,
  ): Promise<Connection<Idea>> {
    return connect<Idea>(ctx, selectIdeas(ctx.viewer, ideaLists.allIdeas, orderBy, filter ?? {}), page);
  }

  @NeedsScope('ideas:read')
  @Query(() => IdeaSearchConnection, {
    description: 'Full-text search in titles and bodies of ideas, best match first.',
  })
  async searchIdeas(
    @Ctx() ctx: IdeasContext,
    @Arg('query', () => String, {
      description: 'Words to find, 1 to 500 characters; "quoted phrases", or, and -without work.',
    })
    query: string,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => IdeaFilterInput, { nullable: true, description: filterDescription })
    filter?: IdeaFilterInput | null,
  ): Promise<SearchConnection<Idea>> {
    return toSearchConnection(await connect<Idea & Hit>(ctx, searchIdeas(ctx.viewer, query, filter ?? {}), page));
  }

  @NeedsScope('ideas:write')
  @Mutation(() => SubmitIdeaPayload, { description: 'Brings a new idea into a space.' })
  submitIdea(
    @Ctx() ctx: IdeasContext,
    @Arg('input', () => SubmitIdeaInput, { description: 'The idea.' }) input: SubmitIdeaInput,
  ): Promise<SubmitIdeaPayload> {
    return answerMutation(input, () => submitIdea(ctx, input));
  }

  @NeedsScope('ideas:write')
  @Mutation(() => ReviseIdeaPayload, {
    description: 'Changes the words of an idea; for its authors. Earlier words stay as revisions.',
  })
  reviseIdea(
    @Ctx() ctx: IdeasContext,
    @Arg('input', () => ReviseIdeaInput, { description: 'The change.' }) input: ReviseIdeaInput,
  ): Promise<ReviseIdeaPayload> {
    return answerMutation(input, () => reviseIdea(ctx, input));
  }

  @NeedsScope('ideas:write')
  @Mutation(() => MoveIdeaPayload, { description: 'Moves an idea to another stage; for its authors.' })
  moveIdea(
    @Ctx() ctx: IdeasContext,
    @Arg('input', () => MoveIdeaInput, { description: 'Idea and stage.' }) input: MoveIdeaInput,
  ): Promise<MoveIdeaPayload> {
    return answerMutation(input, () => moveIdea(ctx, input));
  }

  @FieldResolver(() => SpaceWithIdeas, {
    nullable: true,
    description: 'The space it was brought into; null when you may no longer see it.',
  })
  space(@Root() idea: Idea): Keyed {
    return refer(idea.spaceId);
  }

  @FieldResolver(() => [PersonWithIdeas], {
    nullable: 'items',
    description:
      'Its authors, at most 100; null in place of one who was erased, and empty where a program named nobody.',
  })
  authors(@Root() idea: Idea): Keyed[] {
    return idea.authorIds.flatMap((id) => referTo('Person', id) ?? []);
  }

  @FieldResolver(() => ProgramReference, {
    nullable: true,
    description:
      'The program that brought it, for its organisation, beside the authors it named; null where people did.',
  })
  program(@Root() idea: Idea): Keyed | null {
    return referTo('ApiClient', idea.authorIds[0] ?? null);
  }

  @FieldResolver(() => TeamReference, { nullable: true, description: 'The team that leads it, if any.' })
  team(@Root() idea: Idea): Keyed | null {
    return refer(idea.teamId);
  }

  @FieldResolver(() => [TeamReference], {
    nullable: 'items',
    description: 'Other teams that take part; at most 1,000.',
  })
  participatingTeams(@Root() idea: Idea): Keyed[] {
    return idea.participatingTeamIds.map((id) => refer(id));
  }

  @FieldResolver(() => IdeaConnection, { description: 'The ideas it builds on, oldest first.' })
  buildsOn(
    @Root() idea: Idea,
    @Ctx() ctx: IdeasContext,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Connection<Idea>> {
    return ctx.lists.load(idea.id, selectIdeas(ctx.viewer, ideaLists.buildsOn, 'OLDEST'), page);
  }

  @FieldResolver(() => IdeaConnection, { description: 'The ideas that build on it, oldest first.' })
  builtOnBy(
    @Root() idea: Idea,
    @Ctx() ctx: IdeasContext,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Connection<Idea>> {
    return ctx.lists.load(idea.id, selectIdeas(ctx.viewer, ideaLists.builtOnBy, 'OLDEST'), page);
  }
}

@Resolver(() => SpaceWithIdeas)
export class SpaceIdeasResolver {
  @NeedsScope('ideas:read')
  @FieldResolver(() => IdeaConnection, {
    nullable: true,
    description: 'The ideas of this space. Null when the service of ideas does not answer.',
  })
  ideas(
    @Root() space: Keyed,
    @Ctx() ctx: IdeasContext,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('orderBy', () => IdeaOrder, { defaultValue: IdeaOrder.LATEST, description: orderDescription })
    orderBy: IdeaOrder,
    @Arg('filter', () => IdeaFilterInput, { nullable: true, description: filterDescription })
    filter?: IdeaFilterInput | null,
  ): Promise<Connection<Idea>> {
    return ctx.lists.load(keyOf(space), selectIdeas(ctx.viewer, ideaLists.ideasOfSpace, orderBy, filter ?? {}), page);
  }
}
