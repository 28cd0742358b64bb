import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { CreatingInput, MutationPayload } from '#kernel/graphql/mutation.type.js';
import type { Erasure } from './erasure.entity.js';
import type { ErasePerson } from './erasure.js';
import { ErasureType } from './erasure.type.js';

@InputType({ description: 'Who is to be taken out of the hub.' })
export class ErasePersonInput extends CreatingInput implements ErasePerson {
  @Field(() => ID, { description: 'The person: you, or anybody for administrators.' })
  person: string;
}

@ObjectType({ description: 'What erasePerson did.' })
export class ErasePersonPayload extends MutationPayload {
  @Field(() => ErasureType, {
    nullable: true,
    description: 'The erasure, which goes on in the other services; null when there are errors.',
  })
  erasure: Erasure | null;
}
