import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { connectionType } from '#kernel/graphql/connection.type.js';
import { NodeType } from '#kernel/graphql/node.type.js';
import { InstantScalar } from '#kernel/graphql/scalars.js';
import { NeedsScope } from '#kernel/graphql/scope.js';
import type { SpaceMembership } from './space-membership.entity.js';

export enum SpaceRoleType {
  OWNER = 'owner',
  FACILITATOR = 'facilitator',
  MEMBER = 'member',
  GUEST = 'guest',
  OBSERVER = 'observer',
}

registerEnumType(SpaceRoleType, {
  name: 'SpaceRole',
  description: 'As what a person is in a space.',
  valuesConfig: {
    OWNER: { description: 'Changes the space, its members and who owns it.' },
    FACILITATOR: { description: 'Changes the space and its members, but not who owns it.' },
    MEMBER: { description: 'Takes part.' },
    GUEST: { description: 'Takes part for a while, coming from elsewhere.' },
    OBSERVER: { description: 'Is there to follow what happens.' },
  },
});

@NeedsScope('spaces:read')
@ObjectType('SpaceMembership', { implements: NodeType, description: 'A person in a space, as what and since when.' })
export class SpaceMembershipType extends NodeType {
  @Field(() => SpaceRoleType, { description: 'As what.' })
  role: string;

  @Field(() => InstantScalar, { description: 'Since when.' })
  joinedAt: Date;
}

export const SpaceMembershipConnection = connectionType<SpaceMembership>(
  'SpaceMembership',
  () => SpaceMembershipType,
  'members of a space',
);
