import { GraphQLError } from 'graphql';
import type { RateLimits } from '#gateway/limits/limits.js';
import { type Viewer, viewerName } from '#kernel/auth/viewer.js';
import type { RateLimit } from '#kernel/runtime/rate-limit.js';
import { bucketOfAddress } from './address.js';
import { type Buckets, type Taken, windowMs } from './buckets.js';

/** Who asks, and from where: strangers are told apart by their address only. */
export interface Caller {
  readonly viewer: Viewer;
  readonly address?: string | undefined;
}

export interface RateLimiter {
  budgetOf(caller: Caller): number;
  /** Takes the points of something that is about to be done; what is left of the budget, or why it may not be done now. */
  take(caller: Caller, points: number): Promise<{ readonly rate: RateLimit; readonly refused?: GraphQLError }>;
}

export function createRateLimiter(limits: RateLimits, buckets: Buckets): RateLimiter {
  const budgetOf = ({ viewer: { kind } }: Caller) => (kind === 'system' ? limits.person : limits[kind]);
  return {
    budgetOf,
    async take(caller, points) {
      const budget = budgetOf(caller);
      const taken = await buckets.take(callerName(caller), points, budget);
      const rate = rateOf(taken, points, budget);
      return taken.fits ? { rate } : { rate, refused: rateLimited(taken, points, budget) };
    },
  };
}

/** One name for all connections of somebody. */
export function callerName({ viewer, address }: Caller): string {
  return viewer.kind === 'anonymous' ? bucketOfAddress(address ?? '') : viewerName(viewer);
}

function rateOf({ level }: Taken, cost: number, limit: number): RateLimit {
  const resetAt = Math.ceil(Date.now() + (level / limit) * windowMs);
  return { limit, remaining: Math.max(0, Math.floor(limit - level)), resetAt, cost };
}

function rateLimited({ level }: Taken, cost: number, limit: number): GraphQLError {
  const seconds = Math.max(1, Math.ceil((((level + cost - limit) / limit) * windowMs) / 1_000));
  const remaining = Math.max(0, Math.floor(limit - level));
  return new GraphQLError(
    `This costs ${cost} points, and ${remaining} of your ${limit} a minute are left. Ask again in ${seconds} s, or for smaller pages. Nothing was executed.`,
    {
      extensions: {
        code: 'RATE_LIMITED',
        limit: 'rate',
        value: cost,
        maximum: remaining,
        retryAfterSeconds: seconds,
      },
    },
  );
}
