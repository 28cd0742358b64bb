import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { CreatingInput, MutationPayload } from '#kernel/graphql/mutation.type.js';
import { nameContainsDescription } from '../directory/name-contains.js';
import type { Team } from './team.entity.js';
import type { FormTeam, ReviseTeam } from './team.js';
import type { TeamFilter } from './team.repository.js';
import { TeamType } from './team.type.js';

@InputType('TeamFilter', { description: 'Which teams; every condition given must hold.' })
export class TeamFilterInput implements TeamFilter {
  @Field(() => String, { nullable: true, description: nameContainsDescription })
  nameContains?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only teams of this organisation.' })
  organization?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only teams directly below this team.' })
  parent?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only teams this person is in now.' })
  member?: string | null;
}

@InputType({ description: 'A new team.' })
export class FormTeamInput extends CreatingInput implements FormTeam {
  @Field(() => String, { description: 'Its name, 1 to 300 characters.' })
  name: string;

  @Field(() => String, { nullable: true, description: 'What it is there for, up to 65,536 characters.' })
  purpose?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'The organisation it belongs to; none for a team across organisations.',
  })
  organization?: string | null;

  @Field(() => ID, { nullable: true, description: 'The team it is part of, if any.' })
  parent?: string | null;
}

@ObjectType({ description: 'What formTeam did.' })
export class FormTeamPayload extends MutationPayload {
  @Field(() => TeamType, { nullable: true, description: 'The new team; null when there are errors.' })
  team: Team | null;
}

@InputType({ description: 'A change of a team. What is left out stays as it is.' })
export class ReviseTeamInput extends CreatingInput implements ReviseTeam {
  @Field(() => ID, { description: 'The team.' })
  team: string;

  @Field(() => String, { nullable: true, description: 'New name, 1 to 300 characters.' })
  name?: string | null;

  @Field(() => String, { nullable: true, description: 'New purpose, up to 65,536 characters.' })
  purpose?: string | null;

  @Field(() => ID, { nullable: true, description: 'New organisation; null takes the team out of its organisation.' })
  organization?: string | null;

  @Field(() => ID, { nullable: true, description: 'New team to be part of; null makes it a team of its own.' })
  parent?: string | null;
}

@ObjectType({ description: 'What reviseTeam did.' })
export class ReviseTeamPayload extends MutationPayload {
  @Field(() => TeamType, { nullable: true, description: 'The revised team; null when there are errors.' })
  team: Team | null;
}
