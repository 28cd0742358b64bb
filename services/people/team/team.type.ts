import { Field, ID, ObjectType } from 'type-graphql';
import { connectionType } from '#kernel/graphql/connection.type.js';
import { Entity, HiddenKey, keyDescription } from '#kernel/graphql/entity-key.js';
import { NodeType } from '#kernel/graphql/node.type.js';
import { InstantScalar } from '#kernel/graphql/scalars.js';
import { NeedsScope } from '#kernel/graphql/scope.js';
import { directoryOrderType } from '../directory/directory-order.type.js';
import type { Team } from './team.entity.js';

@NeedsScope('people:read')
@Entity()
@ObjectType('Team', {
  implements: NodeType,
  description: 'People who work together, within an organisation or across.',
})
export class TeamType extends NodeType {
  @HiddenKey()
  @Field(() => ID, { description: keyDescription })
  key: string;

  @Field(() => String, { description: 'Its name, 1 to 300 characters.' })
  name: string;

  @Field(() => String, {
    description: 'What it is there for, plain text or Markdown, up to 65,536 characters; may be empty.',
  })
  purpose: string;

  @Field(() => InstantScalar, { description: 'When the hub got to know it.' })
  createdAt: Date;

  @Field(() => InstantScalar, { description: 'When a fact of it last changed.' })
  updatedAt: Date;
}

export const TeamConnection = connectionType<Team>('Team', () => TeamType, 'teams');

export const TeamOrder = directoryOrderType('TeamOrder', 'teams');
