/** Leaky buckets: what is asked for fills them, time empties them at the same pace, and what does not fit is refused. */
export interface Buckets {
  take(bucket: string, points: number, budget: number): Promise<Taken>;
}

export interface Taken {
  readonly fits: boolean;
  /** Points in the bucket afterwards. */
  readonly level: number;
}

/** A full bucket is empty again after so long. */
export const windowMs = 60_000;
