import { Field, ID, ObjectType } from 'type-graphql';
import { Entity, HiddenKey, keyDescription } from '#kernel/graphql/entity-key.js';
import { NeedsScope } from '#kernel/graphql/scope.js';

@NeedsScope('people:read')
@Entity()
@ObjectType('Program', {
  description: 'An API client as others meet it: what wrote something, and for which organisation. Nobody in person.',
})
export class ProgramType {
  @HiddenKey()
  @Field(() => ID, { description: keyDescription })
  key: string;

  @Field(() => ID, { description: 'Global id of the API client; not its token.' })
  id: string;

  @Field(() => String, { description: 'What it is for, 1 to 200 characters.' })
  name: string;
}
