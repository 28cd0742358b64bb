import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { type Connection, connect } from '#kernel/connections/connection.js';
import { answerMutation } from '#kernel/graphql/answer-mutation.js';
import { PageArgs } from '#kernel/graphql/page.type.js';
import { NeedsScope } from '#kernel/graphql/scope.js';
import type { PeopleContext } from '../people-context.js';
import type { Person } from '../person/person.entity.js';
import { PersonType } from '../person/person.type.js';
import type { Space } from '../space/space.entity.js';
import { SpaceType } from '../space/space.type.js';
import { type Invitation, type InvitationState, stateOf } from './invitation.entity.js';
import {
  AcceptInvitationInput,
  AcceptInvitationPayload,
  DeclineInvitationInput,
  DeclineInvitationPayload,
  InvitationFilterInput,
  InviteToSpaceInput,
  InviteToSpacePayload,
  RevokeInvitationInput,
  RevokeInvitationPayload,
} from './invitation.input.js';
import { acceptInvitation, declineInvitation, invitationOfToken, revokeInvitation } from './invitation.js';
import { type InvitationRow, selectInvitations } from './invitation.repository.js';
import { InvitationConnection, InvitationStateType, InvitationType } from './invitation.type.js';
import { inviteToSpace } from './send-invitation.js';

@Resolver(() => InvitationType)
export class InvitationResolver {
  @NeedsScope('spaces:read')
  @Query(() => InvitationType, {
    nullable: true,
    description: 'One invitation, or null when there is none with this id that you may see.',
  })
  invitation(
    @Ctx() ctx: PeopleContext,
    @Arg('id', () => ID, { description: 'Id of an invitation.' }) id: string,
  ): Promise<Invitation | null> {
    return ctx.invitations.load(id);
  }

  @NeedsScope('spaces:read')
  @Query(() => InvitationType, {
    nullable: true,
    description: 'The invitation of a link, to show before it is accepted; null when there is none for you.',
  })
  invitationByToken(
    @Ctx() ctx: PeopleContext,
    @Arg('token', () => String, { description: 'The secret of the link.' }) token: string,
  ): Promise<Invitation | null> {
    return invitationOfToken(ctx, token);
  }

  @NeedsScope('spaces:read')
  @Query(() => InvitationConnection, {
    description: 'The invitations to you and into spaces you tend, the newest first; all for administrators.',
  })
  invitations(
    @Ctx() ctx: PeopleContext,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => InvitationFilterInput, {
      nullable: true,
      description: 'Which invitations; all when left out.',
    })
    filter?: InvitationFilterInput | null,
  ): Promise<Connection<InvitationRow>> {
    return connect<InvitationRow>(ctx, selectInvitations(ctx.viewer, filter ?? {}, ctx.now()), page);
  }

  @NeedsScope('spaces:write')
  @Mutation(() => InviteToSpacePayload, {
    description: 'Asks somebody into a space, also from outside; for its owners, its facilitators and administrators.',
  })
  inviteToSpace(
    @Ctx() ctx: PeopleContext,
    @Arg('input', () => InviteToSpaceInput, { description: 'Space, role and who is invited.' })
    input: InviteToSpaceInput,
  ): Promise<InviteToSpacePayload> {
    return answerMutation(input, () => inviteToSpace(ctx, input));
  }

  @NeedsScope('spaces:write')
  @Mutation(() => AcceptInvitationPayload, { description: 'Makes you a member of the space you were invited to.' })
  acceptInvitation(
    @Ctx() ctx: PeopleContext,
    @Arg('input', () => AcceptInvitationInput, { description: 'The invitation.' }) input: AcceptInvitationInput,
  ): Promise<AcceptInvitationPayload> {
    return answerMutation(input, () => acceptInvitation(ctx, input));
  }

  @NeedsScope('spaces:write')
  @Mutation(() => DeclineInvitationPayload, { description: 'Says no to an invitation, for good.' })
  declineInvitation(
    @Ctx() ctx: PeopleContext,
    @Arg('input', () => DeclineInvitationInput, { description: 'The invitation.' }) input: DeclineInvitationInput,
  ): Promise<DeclineInvitationPayload> {
    return answerMutation(input, () => declineInvitation(ctx, input));
  }

  @NeedsScope('spaces:write')
  @Mutation(() => RevokeInvitationPayload, {
    description: 'Takes an invitation back; for owners and facilitators of the space and administrators.',
  })
  revokeInvitation(
    @Ctx() ctx: PeopleContext,
    @Arg('input', () => RevokeInvitationInput, { description: 'The invitation.' }) input: RevokeInvitationInput,
  ): Promise<RevokeInvitationPayload> {
    return answerMutation(input, () => revokeInvitation(ctx, input));
  }

  @FieldResolver(() => InvitationStateType, { description: 'What has become of it.' })
  state(@Root() invitation: Invitation, @Ctx() ctx: PeopleContext): InvitationState {
    return stateOf(invitation, ctx.now());
  }

  @FieldResolver(() => SpaceType, { nullable: true, description: 'The space; null while you may not see it.' })
  space(@Root() invitation: Invitation, @Ctx() ctx: PeopleContext): Promise<Space | null> {
    return ctx.spaces.load(invitation.spaceId);
  }

  @FieldResolver(() => PersonType, { nullable: true, description: 'Who invites; null for whom you may not see.' })
  invitedBy(@Root() invitation: Invitation, @Ctx() ctx: PeopleContext): Promise<Person | null> {
    return ctx.people.load(invitation.inviterId);
  }

  @FieldResolver(() => PersonType, {
    nullable: true,
    description: 'Who is invited, or who answered; null while that is not known.',
  })
  async person(@Root() invitation: Invitation, @Ctx() ctx: PeopleContext): Promise<Person | null> {
    return invitation.personId === null ? null : ctx.people.load(invitation.personId);
  }
}
