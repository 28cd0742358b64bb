import { Field, ObjectType } from 'type-graphql';
import { connectionType } from '#kernel/graphql/connection.type.js';
import { NodeType } from '#kernel/graphql/node.type.js';
import { InstantScalar } from '#kernel/graphql/scalars.js';
import { NeedsScope } from '#kernel/graphql/scope.js';
import type { Membership } from './membership.entity.js';

@NeedsScope('people:read')
@ObjectType('Membership', { implements: NodeType, description: 'A person in a team, from one instant to another.' })
export class MembershipType extends NodeType {
  @Field(() => InstantScalar, { description: 'When the person joined.' })
  beganAt: Date;

  @Field(() => InstantScalar, { nullable: true, description: 'When the person left; null while it holds.' })
  endedAt: Date | null;
}

export const MembershipConnection = connectionType<Membership>('Membership', () => MembershipType, 'memberships');
