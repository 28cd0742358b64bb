import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { type Connection, connect } from '#kernel/connections/connection.js';
import { answerMutation } from '#kernel/graphql/answer-mutation.js';
import { PageArgs } from '#kernel/graphql/page.type.js';
import { NeedsScope } from '#kernel/graphql/scope.js';
import type { DirectoryOrderName } from '../directory/directory-order.js';
import type { Organization } from '../organization/organization.entity.js';
import { OrganizationType } from '../organization/organization.type.js';
import type { PeopleContext } from '../people-context.js';
import type { Person } from '../person/person.entity.js';
import { PersonType } from '../person/person.type.js';
import type { Space } from './space.entity.js';
import {
  OpenSpaceInput,
  OpenSpacePayload,
  ReviseSpaceInput,
  ReviseSpacePayload,
  SpaceFilterInput,
} from './space.input.js';
import { openSpace, reviseSpace } from './space.js';
import { selectSpaces, spaceLists } from './space.repository.js';
import { SpaceConnection, SpaceOrder, SpaceType } from './space.type.js';

@Resolver(() => SpaceType)
export class SpaceResolver {
  @NeedsScope('spaces:read')
  @Query(() => SpaceType, {
    nullable: true,
    description: 'One space, or null when there is none with this id that you may see.',
  })
  space(
    @Ctx() ctx: PeopleContext,
    @Arg('id', () => ID, { description: 'Id of a space.' }) id: string,
  ): Promise<Space | null> {
    return ctx.spaces.load(id);
  }

  @NeedsScope('spaces:read')
  @Query(() => SpaceConnection, { description: 'The spaces you may see.' })
  spaces(
    @Ctx() ctx: PeopleContext,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('orderBy', () => SpaceOrder, { defaultValue: SpaceOrder.NAME, description: 'Order of the list.' })
    orderBy: DirectoryOrderName,
    @Arg('filter', () => SpaceFilterInput, { nullable: true, description: 'Which spaces; all when left out.' })
    filter?: SpaceFilterInput | null,
  ): Promise<Connection<Space>> {
    return connect<Space>(ctx, selectSpaces(ctx.viewer, spaceLists.allSpaces, orderBy, filter ?? {}), page);
  }

  @NeedsScope('spaces:write')
  @Mutation(() => OpenSpacePayload, {
    description: 'Opens a space and makes you its owner; for people of the host and administrators.',
  })
  openSpace(
    @Ctx() ctx: PeopleContext,
    @Arg('input', () => OpenSpaceInput, { description: 'The space.' }) input: OpenSpaceInput,
  ): Promise<OpenSpacePayload> {
    return answerMutation(input, () => openSpace(ctx, input));
  }

  @NeedsScope('spaces:write')
  @Mutation(() => ReviseSpacePayload, {
    description: 'Changes facts of a space; for its owners, its facilitators and administrators.',
  })
  reviseSpace(
    @Ctx() ctx: PeopleContext,
    @Arg('input', () => ReviseSpaceInput, { description: 'The change.' }) input: ReviseSpaceInput,
  ): Promise<ReviseSpacePayload> {
    return answerMutation(input, () => reviseSpace(ctx, input));
  }

  @FieldResolver(() => [OrganizationType], {
    nullable: 'items',
    description: 'The organisations it belongs to, at most 1,000; null in place of one you may not see.',
  })
  owners(@Root() space: Space, @Ctx() ctx: PeopleContext): Promise<(Organization | null)[]> {
    return Promise.all(space.owners.map((id) => ctx.organizations.load(id)));
  }
}

@Resolver(() => PersonType)
export class PersonSpacesResolver {
  @NeedsScope('spaces:read')
  @FieldResolver(() => SpaceConnection, {
    description: 'The spaces this person is a member of, among those you may see.',
  })
  spaces(
    @Root() person: Person,
    @Ctx() ctx: PeopleContext,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('orderBy', () => SpaceOrder, { defaultValue: SpaceOrder.NAME, description: 'Order of the list.' })
    orderBy: DirectoryOrderName,
  ): Promise<Connection<Space>> {
    return ctx.lists.load(person.id, selectSpaces(ctx.viewer, spaceLists.spacesOfPerson, orderBy), page);
  }
}
