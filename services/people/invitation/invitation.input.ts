import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { CreatingInput, MutationPayload } from '#kernel/graphql/mutation.type.js';
import { InstantScalar } from '#kernel/graphql/scalars.js';
import type { SpaceRole } from '#kernel/spaces/space-visibility.js';
import type { SpaceMembership } from '../space-membership/space-membership.entity.js';
import { SpaceMembershipType, SpaceRoleType } from '../space-membership/space-membership.type.js';
import type { Invitation, InvitationState } from './invitation.entity.js';
import type { AnswerInvitation, RevokeInvitation } from './invitation.js';
import type { InvitationFilter } from './invitation.repository.js';
import { InvitationStateType, InvitationType } from './invitation.type.js';
import { type InviteToSpace, maxDays, usualDays } from './send-invitation.js';

@InputType('InvitationFilter', { description: 'Which invitations; every condition given must hold.' })
export class InvitationFilterInput implements InvitationFilter {
  @Field(() => ID, { nullable: true, description: 'Only those into this space.' })
  space?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only those to this person; yourself, to see what awaits you.' })
  person?: string | null;

  @Field(() => [InvitationStateType], { nullable: true, description: 'Only those that stand so.' })
  states?: InvitationState[] | null;
}

@InputType({ description: 'Whom to ask into a space: exactly one of person, handle and email.' })
export class InviteToSpaceInput extends CreatingInput implements InviteToSpace {
  @Field(() => ID, { description: 'The space.' })
  space: string;

  @Field(() => SpaceRoleType, { description: 'As what. Only owners invite owners.' })
  role: SpaceRole;

  @Field(() => ID, { nullable: true, description: 'A person of the hub: only they can accept.' })
  person?: string | null;

  @Field(() => String, { nullable: true, description: 'The handle of a person of the hub: only they can accept.' })
  handle?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The address of somebody, up to 320 characters: whoever holds the link can accept, once.',
  })
  email?: string | null;

  @Field(() => String, { nullable: true, description: 'What you have to say to them, up to 2,000 characters.' })
  note?: string | null;

  @Field(() => InstantScalar, {
    nullable: true,
    description: `Until when it can be accepted, at most ${maxDays} days from now; ${usualDays} days when left out.`,
  })
  expiresAt?: Date | null;
}

@ObjectType({ description: 'What inviteToSpace did.' })
export class InviteToSpacePayload extends MutationPayload {
  @Field(() => InvitationType, { nullable: true, description: 'The invitation; null when there are errors.' })
  invitation: Invitation | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The secret to put into the link you pass on. It is shown this once: null when the same call is repeated.',
  })
  token: string | null;
}

const answered = 'The invitation; null when there are errors.';

@InputType({ description: 'Which invitation to accept: exactly one of invitation and token.' })
export class AcceptInvitationInput extends CreatingInput implements AnswerInvitation {
  @Field(() => ID, { nullable: true, description: 'One that is addressed to you.' })
  invitation?: string | null;

  @Field(() => String, { nullable: true, description: 'The secret of its link.' })
  token?: string | null;
}

@ObjectType({ description: 'What acceptInvitation did.' })
export class AcceptInvitationPayload extends MutationPayload {
  @Field(() => InvitationType, { nullable: true, description: answered })
  invitation: Invitation | null;

  @Field(() => SpaceMembershipType, {
    nullable: true,
    description: 'What you are in the space now; null when there are errors.',
  })
  membership: SpaceMembership | null;
}

@InputType({ description: 'Which invitation to decline: exactly one of invitation and token.' })
export class DeclineInvitationInput extends CreatingInput implements AnswerInvitation {
  @Field(() => ID, { nullable: true, description: 'One that is addressed to you.' })
  invitation?: string | null;

  @Field(() => String, { nullable: true, description: 'The secret of its link.' })
  token?: string | null;
}

@ObjectType({ description: 'What declineInvitation did.' })
export class DeclineInvitationPayload extends MutationPayload {
  @Field(() => InvitationType, { nullable: true, description: answered })
  invitation: Invitation | null;
}

@InputType({ description: 'Which invitation to take back.' })
export class RevokeInvitationInput extends CreatingInput implements RevokeInvitation {
  @Field(() => ID, { description: 'An invitation into a space you tend.' })
  invitation: string;
}

@ObjectType({ description: 'What revokeInvitation did.' })
export class RevokeInvitationPayload extends MutationPayload {
  @Field(() => InvitationType, { nullable: true, description: answered })
  invitation: Invitation | null;
}
