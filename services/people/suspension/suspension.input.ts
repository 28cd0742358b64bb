import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { CreatingInput, MutationPayload } from '#kernel/graphql/mutation.type.js';
import type { Person } from '../person/person.entity.js';
import { PersonType } from '../person/person.type.js';
import type { NamedPerson } from './suspension.js';

@InputType({ description: 'Whom to shut out.' })
export class SuspendPersonInput extends CreatingInput implements NamedPerson {
  @Field(() => ID, { description: 'Id of the person.' })
  person: string;
}

@ObjectType({ description: 'What suspendPerson did.' })
export class SuspendPersonPayload extends MutationPayload {
  @Field(() => PersonType, { nullable: true, description: 'The person; null when there are errors.' })
  person: Person | null;
}

@InputType({ description: 'Whom to let in again.' })
export class ReinstatePersonInput extends CreatingInput implements NamedPerson {
  @Field(() => ID, { description: 'Id of the person.' })
  person: string;
}

@ObjectType({ description: 'What reinstatePerson did.' })
export class ReinstatePersonPayload extends MutationPayload {
  @Field(() => PersonType, { nullable: true, description: 'The person; null when there are errors.' })
  person: Person | null;
}
