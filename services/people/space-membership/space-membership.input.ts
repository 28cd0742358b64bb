import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { CreatingInput, MutationPayload } from '#kernel/graphql/mutation.type.js';
import type { SpaceRole } from '#kernel/spaces/space-visibility.js';
import type { Space } from '../space/space.entity.js';
import { SpaceType } from '../space/space.type.js';
import type { SpaceMembership } from './space-membership.entity.js';
import type { AddSpaceMember, NamedSpace, RemoveSpaceMember } from './space-membership.js';
import { SpaceMembershipType, SpaceRoleType } from './space-membership.type.js';

const membershipDescription = 'The membership that holds now; null when there are errors.';
const leftDescription = 'The space; null when there are errors, or when you can no longer see it.';

@InputType({ description: 'Which space to join.' })
export class JoinSpaceInput extends CreatingInput implements NamedSpace {
  @Field(() => ID, { description: 'A space that is open to you.' })
  space: string;
}

@ObjectType({ description: 'What joinSpace did.' })
export class JoinSpacePayload extends MutationPayload {
  @Field(() => SpaceMembershipType, { nullable: true, description: membershipDescription })
  membership: SpaceMembership | null;
}

@InputType({ description: 'Which space to leave.' })
export class LeaveSpaceInput extends CreatingInput implements NamedSpace {
  @Field(() => ID, { description: 'A space you are a member of.' })
  space: string;
}

@ObjectType({ description: 'What leaveSpace did.' })
export class LeaveSpacePayload extends MutationPayload {
  @Field(() => SpaceType, { nullable: true, description: leftDescription })
  space: Space | null;
}

@InputType({ description: 'Whom to let into a space, and as what.' })
export class AddSpaceMemberInput extends CreatingInput implements AddSpaceMember {
  @Field(() => ID, { description: 'The space.' })
  space: string;

  @Field(() => ID, { description: 'The person.' })
  person: string;

  @Field(() => SpaceRoleType, { description: 'As what; a member gets another role this way. Only owners make owners.' })
  role: SpaceRole;
}

@ObjectType({ description: 'What addSpaceMember did.' })
export class AddSpaceMemberPayload extends MutationPayload {
  @Field(() => SpaceMembershipType, { nullable: true, description: membershipDescription })
  membership: SpaceMembership | null;
}

@InputType({ description: 'Whom to take out of a space.' })
export class RemoveSpaceMemberInput extends CreatingInput implements RemoveSpaceMember {
  @Field(() => ID, { description: 'The space.' })
  space: string;

  @Field(() => ID, { description: 'The person. Only owners take out owners.' })
  person: string;
}

@ObjectType({ description: 'What removeSpaceMember did.' })
export class RemoveSpaceMemberPayload extends MutationPayload {
  @Field(() => SpaceType, { nullable: true, description: leftDescription })
  space: Space | null;
}
