import { Field, ID, ObjectType } from 'type-graphql';
import { Entity, foreignEntity, HiddenKey, keyDescription } from '#kernel/graphql/entity-key.js';

/** An API client that wrote something, as others see it. */
export const ProgramReference = foreignEntity('Program');

/** A space, to which this service adds its conversations. */
@Entity()
@ObjectType('Space')
export class SpaceWithConversations {
  @HiddenKey()
  @Field(() => ID, { description: keyDescription })
  key: string;
}

/** An idea, to which this service adds the conversations about it. */
@Entity()
@ObjectType('Idea')
export class IdeaWithConversations {
  @HiddenKey()
  @Field(() => ID, { description: keyDescription })
  key: string;
}

/** A person, to whom this service adds what they said. */
@Entity()
@ObjectType('Person')
export class PersonWithMessages {
  @HiddenKey()
  @Field(() => ID, { description: keyDescription })
  key: string;
}

/** What is held on whoever asks, to which this service adds its part. */
@Entity()
@ObjectType('PersonalExport')
export class PersonalExportWithConversations {
  @HiddenKey()
  @Field(() => ID, { description: keyDescription })
  key: string;
}
