import { Field, ID, ObjectType } from 'type-graphql';
import { Entity, foreignEntity, HiddenKey, keyDescription } from '#kernel/graphql/entity-key.js';

/** Types of the people service that ideas refer to. */
export const PersonReference = foreignEntity('Person');
export const TeamReference = foreignEntity('Team');

/** A space, to which this service adds its ideas and challenges. */
@Entity()
@ObjectType('Space')
export class SpaceWithIdeas {
  @HiddenKey()
  @Field(() => ID, { description: keyDescription })
  key: string;
}
