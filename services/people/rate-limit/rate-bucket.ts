import { notAllowed } from '#kernel/errors/request-error.js';
import type { PeopleContext } from '../people-context.js';
import { fillBucket, type RateBucket } from './rate-bucket.repository.js';

export interface Filling {
  readonly bucket: string;
  readonly points: number;
  readonly budget: number;
}

/** Counts what somebody asks for, for all gateways of the hub together. */
export async function fillRateBucket(ctx: PeopleContext, filling: Filling): Promise<RateBucket> {
  if (ctx.viewer.kind !== 'system') throw notAllowed('count what others ask for', 'the hub itself');
  return fillBucket(ctx.db, filling);
}
