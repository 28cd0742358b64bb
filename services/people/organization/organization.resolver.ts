import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { type Connection, connect } from '#kernel/connections/connection.js';
import { answerMutation } from '#kernel/graphql/answer-mutation.js';
import { PageArgs } from '#kernel/graphql/page.type.js';
import { NeedsScope } from '#kernel/graphql/scope.js';
import type { DirectoryOrderName } from '../directory/directory-order.js';
import type { PeopleContext } from '../people-context.js';
import type { Person } from '../person/person.entity.js';
import { PersonFilterInput } from '../person/person.input.js';
import { personLists, selectPeople } from '../person/person.repository.js';
import { PersonConnection, PersonOrder } from '../person/person.type.js';
import type { Team } from '../team/team.entity.js';
import { selectTeams, teamLists } from '../team/team.repository.js';
import { TeamConnection, TeamOrder } from '../team/team.type.js';
import type { Organization } from './organization.entity.js';
import {
  OrganizationFilterInput,
  RegisterOrganizationInput,
  RegisterOrganizationPayload,
  ReviseOrganizationInput,
  ReviseOrganizationPayload,
} from './organization.input.js';
import { registerOrganization, reviseOrganization } from './organization.js';
import { selectOrganizations } from './organization.repository.js';
import { OrganizationConnection, OrganizationOrder, OrganizationType } from './organization.type.js';

@Resolver(() => OrganizationType)
export class OrganizationResolver {
  @NeedsScope('people:read')
  @Query(() => OrganizationType, {
    nullable: true,
    description: 'One organisation, or null when there is none with this id that you may see.',
  })
  organization(
    @Ctx() ctx: PeopleContext,
    @Arg('id', () => ID, { description: 'Id of an organisation.' }) id: string,
  ): Promise<Organization | null> {
    return ctx.organizations.load(id);
  }

  @NeedsScope('people:read')
  @Query(() => OrganizationConnection, {
    description:
      'The organisations you may see: those of the hub for people of the host; their own, the host and those they meet for others.',
  })
  organizations(
    @Ctx() ctx: PeopleContext,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('orderBy', () => OrganizationOrder, {
      defaultValue: OrganizationOrder.NAME,
      description: 'Order of the list.',
    })
    orderBy: DirectoryOrderName,
    @Arg('filter', () => OrganizationFilterInput, {
      nullable: true,
      description: 'Which organisations; all when left out.',
    })
    filter?: OrganizationFilterInput | null,
  ): Promise<Connection<Organization>> {
    return connect<Organization>(ctx, selectOrganizations(ctx.viewer, orderBy, filter ?? {}), page);
  }

  @NeedsScope('people:write')
  @Mutation(() => RegisterOrganizationPayload, {
    description: 'Makes an organisation known to the hub; for administrators.',
  })
  registerOrganization(
    @Ctx() ctx: PeopleContext,
    @Arg('input', () => RegisterOrganizationInput, { description: 'The organisation.' })
    input: RegisterOrganizationInput,
  ): Promise<RegisterOrganizationPayload> {
    return answerMutation(input, () => registerOrganization(ctx, input));
  }

  @NeedsScope('people:write')
  @Mutation(() => ReviseOrganizationPayload, { description: 'Changes facts of an organisation; for administrators.' })
  reviseOrganization(
    @Ctx() ctx: PeopleContext,
    @Arg('input', () => ReviseOrganizationInput, { description: 'The change.' }) input: ReviseOrganizationInput,
  ): Promise<ReviseOrganizationPayload> {
    return answerMutation(input, () => reviseOrganization(ctx, input));
  }

  @FieldResolver(() => TeamConnection, { description: 'Its teams.' })
  teams(
    @Root() organization: Organization,
    @Ctx() ctx: PeopleContext,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('orderBy', () => TeamOrder, { defaultValue: TeamOrder.NAME, description: 'Order of the list.' })
    orderBy: DirectoryOrderName,
  ): Promise<Connection<Team>> {
    return ctx.lists.load(organization.id, selectTeams(ctx.viewer, teamLists.teamsOfOrganization, orderBy), page);
  }

  @FieldResolver(() => PersonConnection, { description: 'The people who belong to it.' })
  people(
    @Root() organization: Organization,
    @Ctx() ctx: PeopleContext,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('orderBy', () => PersonOrder, { defaultValue: PersonOrder.NAME, description: 'Order of the list.' })
    orderBy: DirectoryOrderName,
    @Arg('filter', () => PersonFilterInput, { nullable: true, description: 'Which people; all when left out.' })
    filter?: PersonFilterInput | null,
  ): Promise<Connection<Person>> {
    const selection = selectPeople(ctx.viewer, personLists.peopleOfOrganization, orderBy, filter ?? {});
    return ctx.lists.load(organization.id, selection, page);
  }
}
