export const dayMs = 24 * 3600 * 1000;

/** A tie that nothing is done for is half as strong after 60 days (tie-decay networks: Ahmad, Porter, Beguerisse-Diaz 2018). */
export const halfLifeMs = 60 * dayMs;

/** What is left of a weight after a time; before its time it is greater, so that sums can be kept for any one instant. */
export function decayed(weight: number, milliseconds: number): number {
  return weight * 2 ** (-milliseconds / halfLifeMs);
}

/**
 * Orders decaying weights for ever: of two ties the one with the greater rank is the stronger one at every instant, since both
 * lose the same share in the same time. So a list by strength has an index and needs no sweeper.
 */
export function rankOf(weight: number, at: Date): number {
  return Math.log2(Math.max(weight, Number.MIN_VALUE)) + at.getTime() / halfLifeMs;
}

/** Sums of the same numbers in another order differ in the last digits; a threshold must not depend on that. */
const tolerance = 1e-9;

export function reaches(value: number, threshold: number): boolean {
  return value >= threshold - tolerance;
}

export function dayOf(at: Date): number {
  return Math.floor(at.getTime() / dayMs);
}

export function startOf(day: number): Date {
  return new Date(day * dayMs);
}

export function later(at: Date, milliseconds: number): Date {
  return new Date(at.getTime() + milliseconds);
}

export function between(from: Date, to: Date): number {
  return to.getTime() - from.getTime();
}
