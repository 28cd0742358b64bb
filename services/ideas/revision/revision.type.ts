import { Field, Int, ObjectType } from 'type-graphql';
import { connectionType } from '#kernel/graphql/connection.type.js';
import { InstantScalar } from '#kernel/graphql/scalars.js';
import { NeedsScope } from '#kernel/graphql/scope.js';
import type { IdeaRevision } from './revision.entity.js';

@NeedsScope('ideas:read')
@ObjectType('IdeaRevision', { description: 'The words of an idea as they were from one revision to the next.' })
export class IdeaRevisionType {
  @Field(() => Int, { description: 'Number of the revision, from 1.' })
  revision: number;

  @Field(() => String, { description: 'Title of that revision.' })
  title: string;

  @Field(() => String, { description: 'Body of that revision; may be empty.' })
  body: string;

  @Field(() => [String], { description: 'Tags of that revision; may be empty.' })
  tags: string[];

  @Field(() => InstantScalar, { description: 'When it was made.' })
  createdAt: Date;
}

export const IdeaRevisionConnection = connectionType<IdeaRevision>(
  'IdeaRevision',
  () => IdeaRevisionType,
  'revisions of an idea',
);
