import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { CreatingInput, MutationPayload } from '#kernel/graphql/mutation.type.js';
import { InstantScalar } from '#kernel/graphql/scalars.js';
import type { Challenge } from './challenge.entity.js';
import type { OpenChallenge, ReviseChallenge } from './challenge.js';
import { ChallengeType } from './challenge.type.js';

@InputType({ description: 'A new challenge.' })
export class OpenChallengeInput extends CreatingInput implements OpenChallenge {
  @Field(() => ID, { description: 'The space whose people are asked.' })
  space: string;

  @Field(() => String, { description: 'One line, 1 to 300 characters.' })
  title: string;

  @Field(() => String, { nullable: true, description: 'Plain text or Markdown, up to 65,536 characters.' })
  body?: string | null;

  @Field(() => InstantScalar, {
    nullable: true,
    description: 'A future instant from which no ideas are taken; open for good when left out.',
  })
  closesAt?: Date | null;
}

@ObjectType({ description: 'What openChallenge did.' })
export class OpenChallengePayload extends MutationPayload {
  @Field(() => ChallengeType, { nullable: true, description: 'The new challenge; null when there are errors.' })
  challenge: Challenge | null;
}

@InputType({ description: 'A change of a challenge. What is left out stays as it is.' })
export class ReviseChallengeInput extends CreatingInput implements ReviseChallenge {
  @Field(() => ID, { description: 'The challenge.' })
  challenge: string;

  @Field(() => String, { nullable: true, description: 'New title, 1 to 300 characters.' })
  title?: string | null;

  @Field(() => String, { nullable: true, description: 'New body, up to 65,536 characters.' })
  body?: string | null;

  @Field(() => InstantScalar, { nullable: true, description: 'New closing time, in the future.' })
  closesAt?: Date | null;
}

@ObjectType({ description: 'What reviseChallenge did.' })
export class ReviseChallengePayload extends MutationPayload {
  @Field(() => ChallengeType, { nullable: true, description: 'The revised challenge; null when there are errors.' })
  challenge: Challenge | null;
}
