import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { CreatingInput, MutationPayload } from '#kernel/graphql/mutation.type.js';
import type { Person } from '../person/person.entity.js';
import { PersonType } from '../person/person.type.js';
import type { DeclarePerspective, DeclarePerspectives } from './perspective.js';

@InputType({ description: 'Where a person stands in one respect.' })
export class PerspectiveInput implements DeclarePerspective {
  @Field(() => String, { description: 'In which respect, 1 to 200 characters.' })
  dimension: string;

  @Field(() => String, {
    nullable: true,
    description: 'Where the person stands, 1 to 200 characters; null withdraws it.',
  })
  value?: string | null;
}

@InputType({ description: 'Facets to declare or withdraw. Dimensions that are not named stay as they are.' })
export class DeclarePerspectivesInput extends CreatingInput implements DeclarePerspectives {
  @Field(() => ID, {
    nullable: true,
    description: 'Whose they are; yours when left out. Only administrators name somebody else.',
  })
  person?: string | null;

  @Field(() => [PerspectiveInput], { description: 'Each dimension once, 1 to 50; a person has at most 50 in all.' })
  perspectives: PerspectiveInput[];
}

@ObjectType({ description: 'What declarePerspectives did.' })
export class DeclarePerspectivesPayload extends MutationPayload {
  @Field(() => PersonType, { nullable: true, description: 'The person; null when there are errors.' })
  person: Person | null;
}
