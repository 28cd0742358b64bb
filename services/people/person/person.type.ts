import { Field, ID, ObjectType } from 'type-graphql';
import { connectionType } from '#kernel/graphql/connection.type.js';
import { Entity, HiddenKey, keyDescription } from '#kernel/graphql/entity-key.js';
import { NodeType } from '#kernel/graphql/node.type.js';
import { PartyType } from '#kernel/graphql/party.type.js';
import { InstantScalar } from '#kernel/graphql/scalars.js';
import { NeedsScope } from '#kernel/graphql/scope.js';
import { directoryOrderType } from '../directory/directory-order.type.js';
import type { Person } from './person.entity.js';

@NeedsScope('people:read')
@Entity()
@ObjectType('Person', {
  implements: NodeType,
  description: 'Somebody the hub knows, from inside or outside the organisation.',
})
export class PersonType extends NodeType {
  @HiddenKey()
  @Field(() => ID, { description: keyDescription })
  key: string;

  @Field(() => String, { description: 'The name as the person writes it, 1 to 300 characters.' })
  name: string;

  @Field(() => String, {
    nullable: true,
    description: 'Short name, unique in the hub whatever its case, 1 to 200 characters; null when there is none.',
  })
  handle: string | null;

  @Field(() => PartyType, { description: 'On whose side the person stands.' })
  party: string;

  @Field(() => [String], { description: 'What the person can do, in their own words; at most 1,000, may be empty.' })
  skills: string[];

  @Field(() => InstantScalar, { description: 'When the hub got to know the person.' })
  createdAt: Date;

  @Field(() => InstantScalar, { description: 'When a fact of the person last changed.' })
  updatedAt: Date;
}

export const PersonConnection = connectionType<Person>('Person', () => PersonType, 'people');

export const PersonOrder = directoryOrderType('PersonOrder', 'people');
