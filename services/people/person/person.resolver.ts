import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { type Connection, connect } from '#kernel/connections/connection.js';
import { answerMutation } from '#kernel/graphql/answer-mutation.js';
import { PageArgs } from '#kernel/graphql/page.type.js';
import { NeedsScope } from '#kernel/graphql/scope.js';
import type { DirectoryOrderName } from '../directory/directory-order.js';
import type { Organization } from '../organization/organization.entity.js';
import { OrganizationType } from '../organization/organization.type.js';
import type { PeopleContext } from '../people-context.js';
import type { Person } from './person.entity.js';
import {
  PersonFilterInput,
  RegisterPersonInput,
  RegisterPersonPayload,
  RevisePersonInput,
  RevisePersonPayload,
} from './person.input.js';
import { registerPerson, revisePerson } from './person.js';
import { findByHandle, personLists, selectPeople } from './person.repository.js';
import { PersonConnection, PersonOrder, PersonType } from './person.type.js';

@Resolver(() => PersonType)
export class PersonResolver {
  @NeedsScope('people:read')
  @Query(() => PersonType, {
    nullable: true,
    description: 'One person, or null when there is none with this id that you may see.',
  })
  person(
    @Ctx() ctx: PeopleContext,
    @Arg('id', () => ID, { description: 'Id of a person.' }) id: string,
  ): Promise<Person | null> {
    return ctx.people.load(id);
  }

  @NeedsScope('people:read')
  @Query(() => PersonType, { nullable: true, description: 'The person with this handle, or null when there is none.' })
  personByHandle(
    @Ctx() ctx: PeopleContext,
    @Arg('handle', () => String, { description: 'Short name of a person, without "@"; its case does not matter.' })
    handle: string,
  ): Promise<Person | null> {
    return findByHandle(ctx.db, ctx.viewer, handle);
  }

  @NeedsScope('people:read')
  @Query(() => PersonConnection, {
    description:
      'The people you may see: those of the hub for people of the host, those of the spaces shared with them for others.',
  })
  people(
    @Ctx() ctx: PeopleContext,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('orderBy', () => PersonOrder, { defaultValue: PersonOrder.NAME, description: 'Order of the list.' })
    orderBy: DirectoryOrderName,
    @Arg('filter', () => PersonFilterInput, { nullable: true, description: 'Which people; all when left out.' })
    filter?: PersonFilterInput | null,
  ): Promise<Connection<Person>> {
    return connect<Person>(ctx, selectPeople(ctx.viewer, personLists.allPeople, orderBy, filter ?? {}), page);
  }

  @NeedsScope('people:write')
  @Mutation(() => RegisterPersonPayload, { description: 'Makes a person known to the hub; for administrators.' })
  registerPerson(
    @Ctx() ctx: PeopleContext,
    @Arg('input', () => RegisterPersonInput, { description: 'The person.' }) input: RegisterPersonInput,
  ): Promise<RegisterPersonPayload> {
    return answerMutation(input, () => registerPerson(ctx, input));
  }

  @NeedsScope('people:write')
  @Mutation(() => RevisePersonPayload, {
    description: 'Changes facts of a person; for the person, and for administrators also organisation and party.',
  })
  revisePerson(
    @Ctx() ctx: PeopleContext,
    @Arg('input', () => RevisePersonInput, { description: 'The change.' }) input: RevisePersonInput,
  ): Promise<RevisePersonPayload> {
    return answerMutation(input, () => revisePerson(ctx, input));
  }

  @FieldResolver(() => OrganizationType, {
    nullable: true,
    description: 'The organisation the person belongs to; null for somebody of none.',
  })
  async organization(@Root() person: Person, @Ctx() ctx: PeopleContext): Promise<Organization | null> {
    return person.organizationId === null ? null : ctx.organizations.load(person.organizationId);
  }
}
