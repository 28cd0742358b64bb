import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { CreatingInput, MutationPayload } from '#kernel/graphql/mutation.type.js';
import type { SpaceVisibility } from '#kernel/spaces/space-visibility.js';
import { nameContainsDescription } from '../directory/name-contains.js';
import type { Space } from './space.entity.js';
import type { OpenSpace, ReviseSpace } from './space.js';
import type { SpaceFilter } from './space.repository.js';
import { SpaceType, SpaceVisibilityType } from './space.type.js';

@InputType('SpaceFilter', { description: 'Which spaces; every condition given must hold.' })
export class SpaceFilterInput implements SpaceFilter {
  @Field(() => String, { nullable: true, description: nameContainsDescription })
  nameContains?: string | null;

  @Field(() => [SpaceVisibilityType], { nullable: true, description: 'Only spaces with one of these visibilities.' })
  visibilities?: SpaceVisibility[] | null;

  @Field(() => ID, { nullable: true, description: 'Only spaces this organisation owns, alone or with others.' })
  owner?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only spaces this person is a member of.' })
  member?: string | null;
}

@InputType({ description: 'A new space.' })
export class OpenSpaceInput extends CreatingInput implements OpenSpace {
  @Field(() => String, { description: 'Its name, 1 to 300 characters.' })
  name: string;

  @Field(() => String, { nullable: true, description: 'What it is there for, up to 65,536 characters.' })
  purpose?: string | null;

  @Field(() => SpaceVisibilityType, { description: 'Who finds it.' })
  visibility: SpaceVisibility;

  @Field(() => [ID], {
    nullable: true,
    description: 'Up to 1,000 organisations that own it; yours when left out. At least one for ORGANIZATION.',
  })
  owners?: string[] | null;
}

@ObjectType({ description: 'What openSpace did.' })
export class OpenSpacePayload extends MutationPayload {
  @Field(() => SpaceType, { nullable: true, description: 'The new space; null when there are errors.' })
  space: Space | null;
}

@InputType({ description: 'A change of a space. What is left out stays as it is.' })
export class ReviseSpaceInput extends CreatingInput implements ReviseSpace {
  @Field(() => ID, { description: 'The space.' })
  space: string;

  @Field(() => String, { nullable: true, description: 'New name, 1 to 300 characters.' })
  name?: string | null;

  @Field(() => String, { nullable: true, description: 'New purpose, up to 65,536 characters.' })
  purpose?: string | null;

  @Field(() => SpaceVisibilityType, { nullable: true, description: 'Who finds it from now on.' })
  visibility?: SpaceVisibility | null;

  @Field(() => [ID], { nullable: true, description: 'New set of owner organisations, up to 1,000.' })
  owners?: string[] | null;
}

@ObjectType({ description: 'What reviseSpace did.' })
export class ReviseSpacePayload extends MutationPayload {
  @Field(() => SpaceType, { nullable: true, description: 'The revised space; null when there are errors.' })
  space: Space | null;
}
