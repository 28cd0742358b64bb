import { Field, ID, InputType, ObjectType } from 'type-graphql';
import type { PartyKind } from '#kernel/auth/viewer.js';
import { CreatingInput, MutationPayload } from '#kernel/graphql/mutation.type.js';
import { PartyType } from '#kernel/graphql/party.type.js';
import { nameContainsDescription } from '../directory/name-contains.js';
import type { Person } from './person.entity.js';
import type { RegisterPerson, RevisePerson } from './person.js';
import type { PersonFilter } from './person.repository.js';
import { PersonType } from './person.type.js';

@InputType('PersonFilter', { description: 'Which people; every condition given must hold.' })
export class PersonFilterInput implements PersonFilter {
  @Field(() => String, { nullable: true, description: nameContainsDescription })
  nameContains?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only people of this organisation.' })
  organization?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only people who are in this team now.' })
  team?: string | null;

  @Field(() => [PartyType], { nullable: true, description: 'Only people of one of these parties.' })
  parties?: PartyKind[] | null;

  @Field(() => [String], {
    nullable: true,
    description: 'Only people with all of these skills, written as they wrote them.',
  })
  skills?: string[] | null;
}

@InputType({ description: 'A new person.' })
export class RegisterPersonInput extends CreatingInput implements RegisterPerson {
  @Field(() => String, { description: 'The name, 1 to 300 characters.' })
  name: string;

  @Field(() => String, {
    nullable: true,
    description: 'Short name without white space, up to 200 characters, free whatever its case.',
  })
  handle?: string | null;

  @Field(() => PartyType, {
    nullable: true,
    description: 'On whose side the person stands; follows from the organisation when left out, PUBLIC without one.',
  })
  party?: PartyKind | null;

  @Field(() => ID, { nullable: true, description: 'The organisation the person belongs to, if any.' })
  organization?: string | null;

  @Field(() => [String], {
    nullable: true,
    description: 'What the person can do, up to 1,000 of up to 200 characters.',
  })
  skills?: string[] | null;
}

@ObjectType({ description: 'What registerPerson did.' })
export class RegisterPersonPayload extends MutationPayload {
  @Field(() => PersonType, { nullable: true, description: 'The new person; null when there are errors.' })
  person: Person | null;
}

@InputType({ description: 'A change of a person. What is left out stays as it is.' })
export class RevisePersonInput extends CreatingInput implements RevisePerson {
  @Field(() => ID, { description: 'The person: you, or anybody for administrators.' })
  person: string;

  @Field(() => String, { nullable: true, description: 'New name, 1 to 300 characters.' })
  name?: string | null;

  @Field(() => String, { nullable: true, description: 'New short name, free whatever its case; null takes it away.' })
  handle?: string | null;

  @Field(() => PartyType, { nullable: true, description: 'New party; for administrators.' })
  party?: PartyKind | null;

  @Field(() => ID, { nullable: true, description: 'New organisation, null for none; for administrators.' })
  organization?: string | null;

  @Field(() => [String], { nullable: true, description: 'New set of skills, up to 1,000 of up to 200 characters.' })
  skills?: string[] | null;
}

@ObjectType({ description: 'What revisePerson did.' })
export class RevisePersonPayload extends MutationPayload {
  @Field(() => PersonType, { nullable: true, description: 'The revised person; null when there are errors.' })
  person: Person | null;
}
