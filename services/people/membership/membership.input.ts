import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { CreatingInput, MutationPayload } from '#kernel/graphql/mutation.type.js';
import type { Membership } from './membership.entity.js';
import type { MoveMember } from './membership.js';
import { MembershipType } from './membership.type.js';

@InputType({ description: 'Who joins which team.' })
export class JoinTeamInput extends CreatingInput implements MoveMember {
  @Field(() => ID, { description: 'The team to join.' })
  team: string;

  @Field(() => ID, {
    nullable: true,
    description: 'Who joins; you when left out. Only administrators name somebody else.',
  })
  person?: string | null;
}

@ObjectType({ description: 'What joinTeam did.' })
export class JoinTeamPayload extends MutationPayload {
  @Field(() => MembershipType, {
    nullable: true,
    description: 'The membership that holds now; null when there are errors.',
  })
  membership: Membership | null;
}

@InputType({ description: 'Who leaves which team.' })
export class LeaveTeamInput extends CreatingInput implements MoveMember {
  @Field(() => ID, { description: 'The team to leave.' })
  team: string;

  @Field(() => ID, {
    nullable: true,
    description: 'Who leaves; you when left out. Only administrators name somebody else.',
  })
  person?: string | null;
}

@ObjectType({ description: 'What leaveTeam did.' })
export class LeaveTeamPayload extends MutationPayload {
  @Field(() => MembershipType, {
    nullable: true,
    description: 'The membership that ended; null when there are errors.',
  })
  membership: Membership | null;
}
