import { ArgsType, Directive, Field, Int, ObjectType } from 'type-graphql';

@ArgsType()
export class PageArgs {
  @Field(() => Int, {
    nullable: true,
    description: 'How many from the start (or after "after"), 0 to 100; 25 when neither "first" nor "last" is given.',
  })
  first?: number | null;

  @Field(() => String, { nullable: true, description: 'Start behind this cursor of the same list and order.' })
  after?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'How many from the end (or before "before"), 0 to 100; not together with "first".',
  })
  last?: number | null;

  @Field(() => String, { nullable: true, description: 'End in front of this cursor of the same list and order.' })
  before?: string | null;
}

@Directive('@shareable')
@ObjectType('PageInfo', { description: 'Where a page lies within its list.' })
export class PageInfoType {
  @Field(() => Boolean, { description: 'Whether there are entries behind this page.' })
  hasNextPage: boolean;

  @Field(() => Boolean, { description: 'Whether there are entries in front of this page.' })
  hasPreviousPage: boolean;

  @Field(() => String, { nullable: true, description: 'Cursor of the first entry; null on an empty page.' })
  startCursor: string | null;

  @Field(() => String, { nullable: true, description: 'Cursor of the last entry; null on an empty page.' })
  endCursor: string | null;
}
