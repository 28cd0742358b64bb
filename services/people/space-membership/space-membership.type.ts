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
    OWNER: { description: 'Everything: also who finds the space, who owns it, and who else is an owner.' },
    FACILITATOR: { description: 'Tends the space: changes its facts and its members, and invites.' },
    MEMBER: { description: 'Takes part, and puts challenges to the space.' },
    GUEST: { description: 'Takes part in what is there: contributes, talks, endorses.' },
    OBSERVER: { description: 'Reads, and nothing else.' },
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
