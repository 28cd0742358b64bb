import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { connectionType } from '#kernel/graphql/connection.type.js';
import { NodeType } from '#kernel/graphql/node.type.js';
import { InstantScalar } from '#kernel/graphql/scalars.js';
import { NeedsScope } from '#kernel/graphql/scope.js';
import { SpaceRoleType } from '../space-membership/space-membership.type.js';
import type { Invitation } from './invitation.entity.js';

export enum InvitationStateType {
  PENDING = 'pending',
  ACCEPTED = 'accepted',
  DECLINED = 'declined',
  REVOKED = 'revoked',
  EXPIRED = 'expired',
}

registerEnumType(InvitationStateType, {
  name: 'InvitationState',
  description: 'What has become of an invitation.',
  valuesConfig: {
    PENDING: { description: 'It waits for an answer.' },
    ACCEPTED: { description: 'It was accepted; it is good once.' },
    DECLINED: { description: 'It was declined.' },
    REVOKED: { description: 'It was taken back, or who sent it no longer tends the space.' },
    EXPIRED: { description: 'Nobody answered in time.' },
  },
});

@NeedsScope('spaces:read')
@ObjectType('Invitation', { implements: NodeType, description: 'Somebody is asked into a space.' })
export class InvitationType extends NodeType {
  @Field(() => SpaceRoleType, { description: 'As what.' })
  role: string;

  @Field(() => String, { description: 'The name of the space, which who is invited may know before.' })
  spaceName: string;

  @Field(() => String, {
    nullable: true,
    description: 'The e-mail address it is for, in lower case; null for one to a person of the hub.',
  })
  email: string | null;

  @Field(() => String, { description: 'What who invites has to say, up to 2,000 characters; may be empty.' })
  note: string;

  @Field(() => InstantScalar, { description: 'When it was made.' })
  createdAt: Date;

  @Field(() => InstantScalar, { description: 'Until when it can be accepted.' })
  expiresAt: Date;

  @Field(() => InstantScalar, {
    nullable: true,
    description: 'When it was accepted, declined or revoked; null before.',
  })
  settledAt: Date | null;
}

export const InvitationConnection = connectionType<Invitation>('Invitation', () => InvitationType, 'invitations');
