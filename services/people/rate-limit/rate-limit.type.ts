import { Directive, Field, Float, Int, ObjectType } from 'type-graphql';
import { InstantScalar } from '#kernel/graphql/scalars.js';

@ObjectType('RateLimit', { description: 'How much you may still ask for, counted in points.' })
export class RateLimitType {
  @Field(() => Int, { description: 'Points you may use up within a minute.' })
  limit: number;

  @Field(() => Int, { description: 'Points that are left after this operation, 0 or more.' })
  remaining: number;

  @Field(() => InstantScalar, {
    description: 'When all of them are to be had again, if you ask for nothing until then.',
  })
  resetAt: Date;

  @Field(() => Int, {
    description: 'Points this operation takes, by its page sizes and not by what it found; about one for each object.',
  })
  cost: number;
}

@Directive('@inaccessible')
@ObjectType('RateBucket', {
  description: 'What is counted for one viewer; for the hub itself, not part of the public schema.',
})
export class RateBucketType {
  @Field(() => Boolean, { description: 'Whether the points were put in.' })
  fits: boolean;

  @Field(() => Float, { description: 'Points in it afterwards.' })
  level: number;
}
