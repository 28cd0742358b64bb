import { Directive, Field, InputType, ObjectType } from 'type-graphql';
import { CursorScalar } from './scalars.js';

@Directive('@shareable')
@ObjectType('UserError', {
  description: 'Why a mutation did nothing, in a form that a program and a person can act on.',
})
export class UserErrorType {
  @Field(() => String, { description: 'Stable code, for example NOT_FOUND, INVALID, TAKEN, STALE_REVISION.' })
  code: string;

  @Field(() => String, { description: 'What is wrong and what to do next.' })
  message: string;

  @Field(() => [String], { description: 'Where in the arguments the cause is, for example ["input", "title"].' })
  path: readonly string[];
}

/** What every mutation answers besides its entity. */
@ObjectType()
export abstract class MutationPayload {
  @Field(() => [UserErrorType], {
    description: 'Empty when the mutation did what it was asked to; otherwise nothing was changed.',
  })
  errors: readonly UserErrorType[];

  @Field(() => CursorScalar, {
    nullable: true,
    description: 'Position of the event of this change; null when nothing changed.',
  })
  cursor: string | null;

  @Field(() => String, { nullable: true, description: 'The clientMutationId of the input.' })
  clientMutationId: string | null;
}

@InputType()
export abstract class MutationInput {
  @Field(() => String, { nullable: true, description: 'Any text of yours; it comes back in the payload.' })
  clientMutationId?: string | null;
}

/** Input of a mutation that creates something. */
@InputType()
export abstract class CreatingInput extends MutationInput {
  @Field(() => String, {
    nullable: true,
    description:
      'Makes a retry safe: for 24 hours the same key with the same input gives the first result again. 1 to 200 characters.',
  })
  idempotencyKey?: string | null;
}
