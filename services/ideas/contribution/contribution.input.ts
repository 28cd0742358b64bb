import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { CreatingInput, MutationPayload } from '#kernel/graphql/mutation.type.js';
import type { Contribution, ContributionType } from './contribution.entity.js';
import type { ContributeToIdea, ReviseContribution } from './contribution.js';
import { ContributionObject, ContributionTypeEnum } from './contribution.type.js';

@InputType({ description: 'A new contribution.' })
export class ContributeToIdeaInput extends CreatingInput implements ContributeToIdea {
  @Field(() => ID, { description: 'The idea.' })
  idea: string;

  @Field(() => ContributionTypeEnum, { description: 'What it does for the idea.' })
  type: ContributionType;

  @Field(() => String, { description: 'Plain text or Markdown, 1 to 65,536 characters.' })
  body: string;

  @Field(() => ID, { nullable: true, description: 'The contribution to the same idea that it answers.' })
  replyTo?: string | null;
}

@ObjectType({ description: 'What contributeToIdea did.' })
export class ContributeToIdeaPayload extends MutationPayload {
  @Field(() => ContributionObject, { nullable: true, description: 'The new contribution; null when there are errors.' })
  contribution: Contribution | null;
}

@InputType({ description: 'A change of a contribution. What is left out stays as it is.' })
export class ReviseContributionInput extends CreatingInput implements ReviseContribution {
  @Field(() => ID, { description: 'The contribution.' })
  contribution: string;

  @Field(() => ContributionTypeEnum, { nullable: true, description: 'New type.' })
  type?: ContributionType | null;

  @Field(() => String, { nullable: true, description: 'New words, 1 to 65,536 characters.' })
  body?: string | null;
}

@ObjectType({ description: 'What reviseContribution did.' })
export class ReviseContributionPayload extends MutationPayload {
  @Field(() => ContributionObject, {
    nullable: true,
    description: 'The changed contribution; null when there are errors.',
  })
  contribution: Contribution | null;
}
