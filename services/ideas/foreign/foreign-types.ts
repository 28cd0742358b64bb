import { Field, ID, ObjectType } from 'type-graphql';
import { Entity, foreignEntity, HiddenKey, keyDescription } from '#kernel/graphql/entity-key.js';

/** A type of the people service that ideas only refer to. */
export const TeamReference = foreignEntity('Team');

/** An API client that wrote something, as others see it. */
export const ProgramReference = foreignEntity('Program');

/** A space, to which this service adds its ideas and challenges. */
@Entity()
@ObjectType('Space')
export class SpaceWithIdeas {
  @HiddenKey()
  @Field(() => ID, { description: keyDescription })
  key: string;
}

/** A person, to whom this service adds contributions and endorsements. */
@Entity()
@ObjectType('Person')
export class PersonWithIdeas {
  @HiddenKey()
  @Field(() => ID, { description: keyDescription })
  key: string;
}

/** What is held on whoever asks, to which this service adds its part. */
@Entity()
@ObjectType('PersonalExport')
export class PersonalExportWithIdeas {
  @HiddenKey()
  @Field(() => ID, { description: keyDescription })
  key: string;
}
