import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { connectionType } from '#kernel/graphql/connection.type.js';
import { Entity, HiddenKey, keyDescription } from '#kernel/graphql/entity-key.js';
import { NodeType } from '#kernel/graphql/node.type.js';
import { InstantScalar } from '#kernel/graphql/scalars.js';
import { NeedsScope } from '#kernel/graphql/scope.js';
import { directoryOrderType } from '../directory/directory-order.type.js';
import type { Organization } from './organization.entity.js';

export enum OrganizationRelationType {
  HOST = 'host',
  CUSTOMER = 'customer',
  PARTNER = 'partner',
  SUPPLIER = 'supplier',
  PUBLIC = 'public',
}

registerEnumType(OrganizationRelationType, {
  name: 'OrganizationRelation',
  description: 'What an organisation is to the one that runs the hub.',
  valuesConfig: {
    HOST: { description: 'It runs the hub, or belongs to those who do.' },
    CUSTOMER: { description: 'It uses what the host makes.' },
    PARTNER: { description: 'It works with the host.' },
    SUPPLIER: { description: 'It delivers to the host.' },
    PUBLIC: { description: 'None of these: an association, a school, the press.' },
  },
});

@NeedsScope('people:read')
@Entity()
@ObjectType('Organization', {
  implements: NodeType,
  description: 'A company, authority or association that people and teams belong to.',
})
export class OrganizationType extends NodeType {
  @HiddenKey()
  @Field(() => ID, { description: keyDescription })
  key: string;

  @Field(() => String, { description: 'Its name, 1 to 300 characters.' })
  name: string;

  @Field(() => OrganizationRelationType, { description: 'What it is to the host of the hub.' })
  relation: string;

  @Field(() => [String], { description: 'Internet domains it owns, lower case, at most 1,000; may be empty.' })
  domains: string[];

  @Field(() => InstantScalar, { description: 'When the hub got to know it.' })
  createdAt: Date;

  @Field(() => InstantScalar, { description: 'When a fact of it last changed.' })
  updatedAt: Date;
}

export const OrganizationConnection = connectionType<Organization>(
  'Organization',
  () => OrganizationType,
  'organisations',
);

export const OrganizationOrder = directoryOrderType('OrganizationOrder', 'organisations');
