import { Field, ID, Int, ObjectType } from 'type-graphql';
import { connectionType } from '#kernel/graphql/connection.type.js';
import { Entity, HiddenKey, keyDescription } from '#kernel/graphql/entity-key.js';
import { NodeType } from '#kernel/graphql/node.type.js';
import { InstantScalar } from '#kernel/graphql/scalars.js';
import { NeedsScope } from '#kernel/graphql/scope.js';
import type { Reaction } from './reaction.entity.js';
import type { ReactionCount } from './reaction.repository.js';

@NeedsScope('conversations:read')
@Entity()
@ObjectType('Reaction', { implements: NodeType, description: 'An emoji with which one person answered a message.' })
export class ReactionType extends NodeType {
  @HiddenKey()
  @Field(() => ID, { description: keyDescription })
  key: string;

  @Field(() => String, { description: 'One emoji or a short word, 1 to 16 visible characters.' })
  emoji: string;

  @Field(() => InstantScalar, { description: 'When the person reacted.' })
  createdAt: Date;
}

export const ReactionConnection = connectionType<Reaction>('Reaction', () => ReactionType, 'reactions');

@NeedsScope('conversations:read')
@ObjectType('ReactionCount', { description: 'How often one emoji was given to a message.' })
export class ReactionCountType implements ReactionCount {
  @Field(() => String, { description: 'The emoji.' })
  emoji: string;

  @Field(() => Int, { description: 'How many people gave it; at least 1.' })
  count: number;

  @Field(() => Boolean, { description: 'Whether you are one of them.' })
  viewerReacted: boolean;
}
