import type { Database } from '#kernel/database/database.js';
import { statement } from '#kernel/database/statement.js';

export interface RateBucket {
  /** Whether what was asked for was put in. */
  readonly fits: boolean;
  /** Points in the bucket afterwards. */
  readonly level: number;
}

/** Emptied by the time that passed, by the clock of the database: the gateways that share a bucket may have different ones. */
const drained = `GREATEST(0, b.level - EXTRACT(epoch FROM clock_timestamp() - b.counted_at) * $3::float8 / 60)`;

const fill = statement(`
  INSERT INTO rate_bucket AS b (name, level, counted_at, fits)
  VALUES ($1, CASE WHEN $2::float8 <= $3::float8 THEN $2::float8 ELSE 0 END, clock_timestamp(), $2::float8 <= $3::float8)
  ON CONFLICT (name) DO UPDATE SET
    level = CASE WHEN ${drained} + $2::float8 <= $3::float8 THEN ${drained} + $2::float8 ELSE ${drained} END,
    counted_at = clock_timestamp(),
    fits = ${drained} + $2::float8 <= $3::float8
  RETURNING fits, level`);

/** In one statement: of two that ask at once for the last of a budget, one gets it. */
export async function fillBucket(
  database: Database,
  { bucket, points, budget }: { bucket: string; points: number; budget: number },
): Promise<RateBucket> {
  const [row] = await database.read<RateBucket>(fill, [bucket, points, budget]);
  if (!row) throw new Error('A bucket that was filled gives its level.');
  return row;
}
