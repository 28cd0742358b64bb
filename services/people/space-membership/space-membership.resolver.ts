import { Arg, Args, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import type { Connection } from '#kernel/connections/connection.js';
import { answerMutation } from '#kernel/graphql/answer-mutation.js';
import { PageArgs } from '#kernel/graphql/page.type.js';
import { NeedsScope } from '#kernel/graphql/scope.js';
import type { SpaceRole } from '#kernel/spaces/space-visibility.js';
import type { PeopleContext } from '../people-context.js';
import type { Person } from '../person/person.entity.js';
import { PersonType } from '../person/person.type.js';
import type { Space } from '../space/space.entity.js';
import { SpaceType } from '../space/space.type.js';
import type { SpaceMembership } from './space-membership.entity.js';
import {
  AddSpaceMemberInput,
  AddSpaceMemberPayload,
  JoinSpaceInput,
  JoinSpacePayload,
  LeaveSpaceInput,
  LeaveSpacePayload,
  RemoveSpaceMemberInput,
  RemoveSpaceMemberPayload,
} from './space-membership.input.js';
import { addSpaceMember, joinSpace, leaveSpace, removeSpaceMember } from './space-membership.js';
import { selectMembersOfSpace } from './space-membership.repository.js';
import { SpaceMembershipConnection, SpaceMembershipType, SpaceRoleType } from './space-membership.type.js';

@Resolver(() => SpaceMembershipType)
export class SpaceMembershipResolver {
  @NeedsScope('spaces:write')
  @Mutation(() => JoinSpacePayload, {
    description: 'Makes you a member of an open space, or of one that your organisation owns and shows to its people.',
  })
  joinSpace(
    @Ctx() ctx: PeopleContext,
    @Arg('input', () => JoinSpaceInput, { description: 'The space.' }) input: JoinSpaceInput,
  ): Promise<JoinSpacePayload> {
    return answerMutation(input, () => joinSpace(ctx, input));
  }

  @NeedsScope('spaces:write')
  @Mutation(() => LeaveSpacePayload, { description: 'Takes you out of a space. You may lose sight of it.' })
  leaveSpace(
    @Ctx() ctx: PeopleContext,
    @Arg('input', () => LeaveSpaceInput, { description: 'The space.' }) input: LeaveSpaceInput,
  ): Promise<LeaveSpacePayload> {
    return answerMutation(input, () => leaveSpace(ctx, input));
  }

  @NeedsScope('spaces:write')
  @Mutation(() => AddSpaceMemberPayload, {
    description:
      'Lets a person into a space or changes their role; for its owners, its facilitators and administrators.',
  })
  addSpaceMember(
    @Ctx() ctx: PeopleContext,
    @Arg('input', () => AddSpaceMemberInput, { description: 'Space, person and role.' }) input: AddSpaceMemberInput,
  ): Promise<AddSpaceMemberPayload> {
    return answerMutation(input, () => addSpaceMember(ctx, input));
  }

  @NeedsScope('spaces:write')
  @Mutation(() => RemoveSpaceMemberPayload, {
    description: 'Takes a person out of a space; for its owners, its facilitators and administrators.',
  })
  removeSpaceMember(
    @Ctx() ctx: PeopleContext,
    @Arg('input', () => RemoveSpaceMemberInput, { description: 'Space and person.' }) input: RemoveSpaceMemberInput,
  ): Promise<RemoveSpaceMemberPayload> {
    return answerMutation(input, () => removeSpaceMember(ctx, input));
  }

  @FieldResolver(() => PersonType, {
    nullable: true,
    description: 'Who; null when erased, or for who may not see them.',
  })
  person(@Root() membership: SpaceMembership, @Ctx() ctx: PeopleContext): Promise<Person | null> {
    return ctx.people.load(membership.personId);
  }

  @FieldResolver(() => SpaceType, { nullable: true, description: 'Where; null when you may no longer see the space.' })
  space(@Root() membership: SpaceMembership, @Ctx() ctx: PeopleContext): Promise<Space | null> {
    return ctx.spaces.load(membership.spaceId);
  }
}

@Resolver(() => SpaceType)
export class SpaceMembersResolver {
  @FieldResolver(() => SpaceMembershipConnection, { description: 'Who is in the space, the longest member first.' })
  members(
    @Root() space: Space,
    @Ctx() ctx: PeopleContext,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('roles', () => [SpaceRoleType], { nullable: true, description: 'Only those in one of these roles.' })
    roles?: SpaceRole[] | null,
  ): Promise<Connection<SpaceMembership>> {
    return ctx.lists.load(space.id, selectMembersOfSpace(ctx.viewer, roles ?? null), page);
  }

  @FieldResolver(() => Boolean, { description: 'Whether you are a member.' })
  async isMember(@Root() space: Space, @Ctx() ctx: PeopleContext): Promise<boolean> {
    return (await ctx.viewerRoles.load(space.id)) !== null;
  }

  @FieldResolver(() => SpaceRoleType, {
    nullable: true,
    description: 'As what you are in it; null when you are no member.',
  })
  viewerRole(@Root() space: Space, @Ctx() ctx: PeopleContext): Promise<SpaceRole | null> {
    return ctx.viewerRoles.load(space.id);
  }
}
