import { Field, ObjectType } from 'type-graphql';
import { InstantScalar } from '#kernel/graphql/scalars.js';
import { NeedsScope } from '#kernel/graphql/scope.js';

@NeedsScope('people:read')
@ObjectType('Perspective', {
  description: 'From where a person looks at things, in one respect: a facet they declared themselves.',
})
export class PerspectiveType {
  @Field(() => String, { description: 'In which respect, for example "field" or "region"; 1 to 200 characters.' })
  dimension: string;

  @Field(() => String, { description: 'Where the person stands in it, 1 to 200 characters.' })
  value: string;

  @Field(() => InstantScalar, { description: 'When it was declared.' })
  declaredAt: Date;
}
