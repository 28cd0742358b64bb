import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { connectionType } from '#kernel/graphql/connection.type.js';
import { Entity, HiddenKey, keyDescription } from '#kernel/graphql/entity-key.js';
import { NodeType } from '#kernel/graphql/node.type.js';
import { InstantScalar } from '#kernel/graphql/scalars.js';
import { NeedsScope } from '#kernel/graphql/scope.js';
import { directoryOrderType } from '../directory/directory-order.type.js';
import type { Space } from './space.entity.js';

export enum SpaceVisibilityType {
  OPEN = 'open',
  ORGANIZATION = 'organization',
  PRIVATE = 'private',
}

registerEnumType(SpaceVisibilityType, {
  name: 'SpaceVisibility',
  description: 'Who finds a space and what is in it. Administrators find all of them.',
  valuesConfig: {
    OPEN: { description: 'Everybody signed in.' },
    ORGANIZATION: { description: 'The people of its owner organisations, and its members.' },
    PRIVATE: { description: 'Its members only.' },
  },
});

@NeedsScope('spaces:read')
@Entity()
@ObjectType('Space', {
  implements: NodeType,
  description: 'Where things happen: ideas, challenges and conversations have a space.',
})
export class SpaceType extends NodeType {
  @HiddenKey()
  @Field(() => ID, { description: keyDescription })
  key: string;

  @Field(() => String, { description: 'Its name, 1 to 300 characters.' })
  name: string;

  @Field(() => String, {
    description: 'What it is there for, plain text or Markdown, up to 65,536 characters; may be empty.',
  })
  purpose: string;

  @Field(() => SpaceVisibilityType, { description: 'Who finds it.' })
  visibility: string;

  @Field(() => InstantScalar, { description: 'When it was opened.' })
  createdAt: Date;

  @Field(() => InstantScalar, { description: 'When a fact of it last changed.' })
  updatedAt: Date;
}

export const SpaceConnection = connectionType<Space>('Space', () => SpaceType, 'spaces');

export const SpaceOrder = directoryOrderType('SpaceOrder', 'spaces');
