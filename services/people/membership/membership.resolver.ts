import { Arg, Args, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import type { Connection } from '#kernel/connections/connection.js';
import { answerMutation } from '#kernel/graphql/answer-mutation.js';
import { PageArgs } from '#kernel/graphql/page.type.js';
import { NeedsScope } from '#kernel/graphql/scope.js';
import type { PeopleContext } from '../people-context.js';
import type { Person } from '../person/person.entity.js';
import { PersonType } from '../person/person.type.js';
import type { Team } from '../team/team.entity.js';
import { TeamType } from '../team/team.type.js';
import type { Membership } from './membership.entity.js';
import { JoinTeamInput, JoinTeamPayload, LeaveTeamInput, LeaveTeamPayload } from './membership.input.js';
import { joinTeam, leaveTeam } from './membership.js';
import { selectMembershipsOfPerson, selectMembersOfTeam } from './membership.repository.js';
import { MembershipConnection, MembershipType } from './membership.type.js';

@Resolver(() => MembershipType)
export class MembershipResolver {
  @NeedsScope('people:write')
  @Mutation(() => JoinTeamPayload, {
    description: 'Makes you, or the person an administrator names, a member of a team.',
  })
  joinTeam(
    @Ctx() ctx: PeopleContext,
    @Arg('input', () => JoinTeamInput, { description: 'Team and person.' }) input: JoinTeamInput,
  ): Promise<JoinTeamPayload> {
    return answerMutation(input, () => joinTeam(ctx, input));
  }

  @NeedsScope('people:write')
  @Mutation(() => LeaveTeamPayload, { description: 'Ends a membership in a team; the history keeps it.' })
  leaveTeam(
    @Ctx() ctx: PeopleContext,
    @Arg('input', () => LeaveTeamInput, { description: 'Team and person.' }) input: LeaveTeamInput,
  ): Promise<LeaveTeamPayload> {
    return answerMutation(input, () => leaveTeam(ctx, input));
  }

  @FieldResolver(() => PersonType, {
    nullable: true,
    description: 'Who is or was in the team; null when erased, or for who may not see them.',
  })
  person(@Root() membership: Membership, @Ctx() ctx: PeopleContext): Promise<Person | null> {
    return ctx.people.load(membership.personId);
  }

  @FieldResolver(() => TeamType, { nullable: true, description: 'The team; null when you may no longer see it.' })
  team(@Root() membership: Membership, @Ctx() ctx: PeopleContext): Promise<Team | null> {
    return ctx.teams.load(membership.teamId);
  }
}

@Resolver(() => PersonType)
export class PersonMembershipsResolver {
  @FieldResolver(() => [TeamType], { description: 'The teams this person is in now, by name; at most 50.' })
  teams(@Root() person: Person, @Ctx() ctx: PeopleContext): Promise<readonly Team[]> {
    return ctx.teamsOfPerson.load(person.id);
  }

  @FieldResolver(() => MembershipConnection, {
    description: 'All memberships in teams, those that ended included; the latest first.',
  })
  memberships(
    @Root() person: Person,
    @Ctx() ctx: PeopleContext,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Connection<Membership>> {
    return ctx.lists.load(person.id, selectMembershipsOfPerson(ctx.viewer), page);
  }
}

@Resolver(() => TeamType)
export class TeamMembersResolver {
  @FieldResolver(() => MembershipConnection, { description: 'Who is in the team, the longest member first.' })
  members(
    @Root() team: Team,
    @Ctx() ctx: PeopleContext,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('includeFormer', () => Boolean, { defaultValue: false, description: 'True: also those who left.' })
    includeFormer: boolean,
  ): Promise<Connection<Membership>> {
    return ctx.lists.load(team.id, selectMembersOfTeam(ctx.viewer, includeFormer), page);
  }
}
