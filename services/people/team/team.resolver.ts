import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { type Connection, connect } from '#kernel/connections/connection.js';
import { answerMutation } from '#kernel/graphql/answer-mutation.js';
import { PageArgs } from '#kernel/graphql/page.type.js';
import { NeedsScope } from '#kernel/graphql/scope.js';
import type { DirectoryOrderName } from '../directory/directory-order.js';
import type { Organization } from '../organization/organization.entity.js';
import { OrganizationType } from '../organization/organization.type.js';
import type { PeopleContext } from '../people-context.js';
import type { Team } from './team.entity.js';
import { FormTeamInput, FormTeamPayload, ReviseTeamInput, ReviseTeamPayload, TeamFilterInput } from './team.input.js';
import { formTeam, reviseTeam } from './team.js';
import { selectTeams, teamLists } from './team.repository.js';
import { TeamConnection, TeamOrder, TeamType } from './team.type.js';

@Resolver(() => TeamType)
export class TeamResolver {
  @NeedsScope('people:read')
  @Query(() => TeamType, {
    nullable: true,
    description: 'One team, or null when there is none with this id that you may see.',
  })
  team(
    @Ctx() ctx: PeopleContext,
    @Arg('id', () => ID, { description: 'Id of a team.' }) id: string,
  ): Promise<Team | null> {
    return ctx.teams.load(id);
  }

  @NeedsScope('people:read')
  @Query(() => TeamConnection, {
    description: 'The teams you may see: those of the hub for people of the host, those of people they see for others.',
  })
  teams(
    @Ctx() ctx: PeopleContext,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('orderBy', () => TeamOrder, { defaultValue: TeamOrder.NAME, description: 'Order of the list.' })
    orderBy: DirectoryOrderName,
    @Arg('filter', () => TeamFilterInput, { nullable: true, description: 'Which teams; all when left out.' })
    filter?: TeamFilterInput | null,
  ): Promise<Connection<Team>> {
    return connect<Team>(ctx, selectTeams(ctx.viewer, teamLists.allTeams, orderBy, filter ?? {}), page);
  }

  @NeedsScope('people:write')
  @Mutation(() => FormTeamPayload, { description: 'Forms a team; for administrators.' })
  formTeam(
    @Ctx() ctx: PeopleContext,
    @Arg('input', () => FormTeamInput, { description: 'The team.' }) input: FormTeamInput,
  ): Promise<FormTeamPayload> {
    return answerMutation(input, () => formTeam(ctx, input));
  }

  @NeedsScope('people:write')
  @Mutation(() => ReviseTeamPayload, { description: 'Changes facts of a team; for administrators.' })
  reviseTeam(
    @Ctx() ctx: PeopleContext,
    @Arg('input', () => ReviseTeamInput, { description: 'The change.' }) input: ReviseTeamInput,
  ): Promise<ReviseTeamPayload> {
    return answerMutation(input, () => reviseTeam(ctx, input));
  }

  @FieldResolver(() => OrganizationType, {
    nullable: true,
    description: 'The organisation it belongs to; null for a team across organisations.',
  })
  async organization(@Root() team: Team, @Ctx() ctx: PeopleContext): Promise<Organization | null> {
    return team.organizationId === null ? null : ctx.organizations.load(team.organizationId);
  }

  @FieldResolver(() => TeamType, { nullable: true, description: 'The team it is part of, if any.' })
  async parent(@Root() team: Team, @Ctx() ctx: PeopleContext): Promise<Team | null> {
    return team.parentId === null ? null : ctx.teams.load(team.parentId);
  }

  @FieldResolver(() => TeamConnection, { description: 'The teams that are directly part of it.' })
  children(
    @Root() team: Team,
    @Ctx() ctx: PeopleContext,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('orderBy', () => TeamOrder, { defaultValue: TeamOrder.NAME, description: 'Order of the list.' })
    orderBy: DirectoryOrderName,
  ): Promise<Connection<Team>> {
    return ctx.lists.load(team.id, selectTeams(ctx.viewer, teamLists.children, orderBy), page);
  }
}
