import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { connectionType } from '#kernel/graphql/connection.type.js';
import { CreatingInput, MutationPayload } from '#kernel/graphql/mutation.type.js';
import { InstantScalar } from '#kernel/graphql/scalars.js';
import { NeedsScope } from '#kernel/graphql/scope.js';
import type { Idea } from '../idea/idea.entity.js';
import { IdeaType } from '../idea/idea.type.js';
import type { Endorsement } from './endorsement.entity.js';
import type { EndorseIdea } from './endorsement.js';

@NeedsScope('ideas:read')
@ObjectType('Endorsement', { description: 'The support a person gives an idea. Each person counts once.' })
export class EndorsementType {
  @Field(() => InstantScalar, { description: 'When it was given.' })
  changedAt: Date;
}

export const EndorsementConnection = connectionType<Endorsement>('Endorsement', () => EndorsementType, 'endorsements');

@InputType({ description: 'The idea to endorse.' })
export class EndorseIdeaInput extends CreatingInput implements EndorseIdea {
  @Field(() => ID, { description: 'The idea.' })
  idea: string;
}

@ObjectType({ description: 'What endorseIdea did.' })
export class EndorseIdeaPayload extends MutationPayload {
  @Field(() => IdeaType, { nullable: true, description: 'The idea; null when there are errors.' })
  idea: Idea | null;
}

@InputType({ description: 'The idea whose endorsement is taken back.' })
export class WithdrawEndorsementInput extends CreatingInput implements EndorseIdea {
  @Field(() => ID, { description: 'The idea.' })
  idea: string;
}

@ObjectType({ description: 'What withdrawEndorsement did.' })
export class WithdrawEndorsementPayload extends MutationPayload {
  @Field(() => IdeaType, { nullable: true, description: 'The idea; null when there are errors.' })
  idea: Idea | null;
}
