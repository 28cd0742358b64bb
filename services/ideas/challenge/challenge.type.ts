import { Field, ID, ObjectType } from 'type-graphql';
import { connectionType } from '#kernel/graphql/connection.type.js';
import { Entity, HiddenKey, keyDescription } from '#kernel/graphql/entity-key.js';
import { NodeType } from '#kernel/graphql/node.type.js';
import { InstantScalar } from '#kernel/graphql/scalars.js';
import { NeedsScope } from '#kernel/graphql/scope.js';
import type { Challenge } from './challenge.entity.js';

@NeedsScope('ideas:read')
@Entity()
@ObjectType('Challenge', { implements: NodeType, description: 'A question put to a space that ideas may answer.' })
export class ChallengeType extends NodeType {
  @HiddenKey()
  @Field(() => ID, { description: keyDescription })
  key: string;

  @Field(() => String, { description: 'One line, 1 to 300 characters.' })
  title: string;

  @Field(() => String, { description: 'The question, plain text or Markdown, up to 65,536 characters; may be empty.' })
  body: string;

  @Field(() => InstantScalar, {
    nullable: true,
    description: 'From then on no new ideas are taken; null for one that stays open.',
  })
  closesAt: Date | null;

  @Field(() => InstantScalar, { description: 'When it was opened.' })
  createdAt: Date;
}

export const ChallengeConnection = connectionType<Challenge>('Challenge', () => ChallengeType, 'challenges');
