import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { connectionType } from '#kernel/graphql/connection.type.js';
import { Entity, HiddenKey, keyDescription } from '#kernel/graphql/entity-key.js';
import { NodeType } from '#kernel/graphql/node.type.js';
import { InstantScalar } from '#kernel/graphql/scalars.js';
import { NeedsScope } from '#kernel/graphql/scope.js';
import { searchConnectionType } from '#kernel/graphql/search.type.js';
import type { Idea } from './idea.entity.js';

@NeedsScope('ideas:read')
@Entity()
@ObjectType('Idea', {
  implements: NodeType,
  description: 'Something somebody proposes: it is built on, questioned and endorsed, and moves through stages.',
})
export class IdeaType extends NodeType {
  @HiddenKey()
  @Field(() => ID, { description: keyDescription })
  key: string;

  @Field(() => String, { description: 'One line, 1 to 300 characters.' })
  title: string;

  @Field(() => String, {
    description: 'The idea itself, plain text or Markdown, up to 65,536 characters; may be empty.',
  })
  body: string;

  @Field(() => String, {
    description:
      'Where the idea stands, in the words of its space; "submitted" at first. No order of stages is prescribed.',
  })
  stage: string;

  @Field(() => [String], { description: 'Up to 50 labels; may be empty.' })
  tags: string[];

  @Field(() => Int, {
    description: 'Number of the present revision, 1 for a new idea. Give it as baseRevision when you revise.',
  })
  revision: number;

  @Field(() => InstantScalar, { description: 'When the idea was submitted.' })
  createdAt: Date;

  @Field(() => InstantScalar, { description: 'When the idea was last revised, endorsed or contributed to.' })
  updatedAt: Date;
}

export const IdeaConnection = connectionType<Idea>('Idea', () => IdeaType, 'ideas');

export const IdeaSearchConnection = searchConnectionType<Idea>('Idea', () => IdeaType, 'ideas');

export enum IdeaOrder {
  LATEST = 'LATEST',
  OLDEST = 'OLDEST',
  RECENTLY_ACTIVE = 'RECENTLY_ACTIVE',
  MOST_ENDORSED = 'MOST_ENDORSED',
}

registerEnumType(IdeaOrder, {
  name: 'IdeaOrder',
  description: 'The order of a list of ideas.',
  valuesConfig: {
    LATEST: { description: 'Newest submission first.' },
    OLDEST: { description: 'Oldest submission first.' },
    RECENTLY_ACTIVE: { description: 'Latest revision, endorsement or contribution first.' },
    MOST_ENDORSED: { description: 'Most endorsements first.' },
  },
});
