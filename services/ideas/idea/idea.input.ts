import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { CreatingInput, MutationPayload } from '#kernel/graphql/mutation.type.js';
import { InstantScalar } from '#kernel/graphql/scalars.js';
import type { Idea } from './idea.entity.js';
import type { MoveIdea, ReviseIdea, SubmitIdea } from './idea.js';
import type { IdeaFilter } from './idea.repository.js';
import { IdeaType } from './idea.type.js';

@InputType('IdeaFilter', { description: 'Which ideas; every condition given must hold.' })
export class IdeaFilterInput implements IdeaFilter {
  @Field(() => ID, { nullable: true, description: 'Only ideas of this space.' })
  space?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only ideas that answer this challenge.' })
  challenge?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only ideas with this person among the authors.' })
  author?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only ideas this team leads or takes part in.' })
  team?: string | null;

  @Field(() => [String], { nullable: true, description: 'Only ideas in one of these stages.' })
  stages?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Only ideas with all of these tags.' })
  tags?: string[] | null;

  @Field(() => InstantScalar, { nullable: true, description: 'Only ideas submitted at this instant or later.' })
  submittedSince?: Date | null;

  @Field(() => InstantScalar, { nullable: true, description: 'Only ideas submitted before this instant.' })
  submittedBefore?: Date | null;
}

@InputType({ description: 'A new idea.' })
export class SubmitIdeaInput extends CreatingInput implements SubmitIdea {
  @Field(() => ID, { description: 'The space to bring it into.' })
  space: string;

  @Field(() => String, { description: 'One line, 1 to 300 characters.' })
  title: string;

  @Field(() => String, {
    nullable: true,
    description: 'Plain text or Markdown, up to 65,536 characters; empty when left out.',
  })
  body?: string | null;

  @Field(() => [ID], { nullable: true, description: 'Ids of 1 to 100 people; you alone when left out.' })
  authors?: string[] | null;

  @Field(() => ID, { nullable: true, description: 'The team that leads it.' })
  team?: string | null;

  @Field(() => [ID], { nullable: true, description: 'Up to 1,000 other teams that take part.' })
  participatingTeams?: string[] | null;

  @Field(() => ID, { nullable: true, description: 'The open challenge of the same space that it answers.' })
  challenge?: string | null;

  @Field(() => [String], { nullable: true, description: 'Up to 50 labels of up to 100 characters.' })
  tags?: string[] | null;

  @Field(() => [ID], { nullable: true, description: 'Up to 1,000 ideas it builds on, of any space you may see.' })
  buildsOn?: string[] | null;
}

@ObjectType({ description: 'What submitIdea did.' })
export class SubmitIdeaPayload extends MutationPayload {
  @Field(() => IdeaType, { nullable: true, description: 'The new idea; null when there are errors.' })
  idea: Idea | null;
}

@InputType({
  description:
    'A change of the words of an idea. What is left out stays as it is; give at least one of title, body and tags.',
})
export class ReviseIdeaInput extends CreatingInput implements ReviseIdea {
  @Field(() => ID, { description: 'The idea.' })
  idea: string;

  @Field(() => Int, {
    description:
      'The revision your change starts from; if it is no longer the present one, the answer is STALE_REVISION.',
  })
  baseRevision: number;

  @Field(() => String, { nullable: true, description: 'New title, 1 to 300 characters.' })
  title?: string | null;

  @Field(() => String, { nullable: true, description: 'New body, up to 65,536 characters.' })
  body?: string | null;

  @Field(() => [String], { nullable: true, description: 'New set of tags, up to 50 of up to 100 characters.' })
  tags?: string[] | null;
}

@ObjectType({ description: 'What reviseIdea did.' })
export class ReviseIdeaPayload extends MutationPayload {
  @Field(() => IdeaType, { nullable: true, description: 'The revised idea; null when there are errors.' })
  idea: Idea | null;
}

@InputType({ description: 'Where an idea is to stand.' })
export class MoveIdeaInput extends CreatingInput implements MoveIdea {
  @Field(() => ID, { description: 'The idea.' })
  idea: string;

  @Field(() => String, { description: 'The stage in the words of the space, 1 to 200 characters.' })
  stage: string;
}

@ObjectType({ description: 'What moveIdea did.' })
export class MoveIdeaPayload extends MutationPayload {
  @Field(() => IdeaType, { nullable: true, description: 'The idea at its new stage; null when there are errors.' })
  idea: Idea | null;
}
