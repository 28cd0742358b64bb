import { type Buckets, windowMs } from './buckets.js';

interface Bucket {
  level: number;
  /** When the level was that. */
  at: number;
}

/** More than this many who ask within a minute are forgotten, oldest first, rather than remembered without end. */
const maxBuckets = 100_000;

/** The buckets of this process. With several gateways each has its own. */
export function memoryBuckets(now: () => number = () => performance.now()): Buckets {
  const buckets = new Map<string, Bucket>();
  return {
    async take(name, points, budget) {
      const at = now();
      const known = buckets.get(name);
      const drained = known ? Math.max(0, known.level - ((at - known.at) * budget) / windowMs) : 0;
      const fits = drained + points <= budget;
      const level = fits ? drained + points : drained;
      // Taken out first, so that the order of the map is that of use.
      buckets.delete(name);
      buckets.set(name, { level, at });
      forgetEmpty(buckets, at);
      return { fits, level };
    },
  };
}

/** Whoever was last here a whole window ago has an empty bucket, which need not be kept. */
function forgetEmpty(buckets: Map<string, Bucket>, now: number): void {
  for (const [name, { at }] of buckets) {
    if (now - at < windowMs && buckets.size <= maxBuckets) return;
    buckets.delete(name);
  }
}
