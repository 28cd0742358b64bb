import { Arg, Ctx, Directive, Int, Mutation, Query, Resolver } from 'type-graphql';
import type { PeopleContext } from '../people-context.js';
import { fillRateBucket } from './rate-bucket.js';
import type { RateBucket } from './rate-bucket.repository.js';
import { RateBucketType, RateLimitType } from './rate-limit.type.js';

@Resolver()
export class RateLimitResolver {
  @Query(() => RateLimitType, {
    nullable: true,
    description:
      'How much you may still ask for after this operation. Null where nobody counts, such as behind the gateway of somebody else.',
  })
  rateLimit(@Ctx() { rateLimit }: PeopleContext): RateLimitType | null {
    return rateLimit ? { ...rateLimit, resetAt: new Date(rateLimit.resetAt) } : null;
  }

  @Directive('@inaccessible')
  @Mutation(() => RateBucketType, { description: 'Counts points for somebody; for the hub itself.' })
  fillRateBucket(
    @Ctx() ctx: PeopleContext,
    @Arg('bucket', () => String, { description: 'Whose.' }) bucket: string,
    @Arg('points', () => Int, { description: 'How many to put in.' }) points: number,
    @Arg('budget', () => Int, { description: 'How many it holds, and loses in a minute.' }) budget: number,
  ): Promise<RateBucket> {
    return fillRateBucket(ctx, { bucket, points, budget });
  }
}
