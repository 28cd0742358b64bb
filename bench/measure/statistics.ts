export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** The nearest value that at least this share of all values does not exceed; NaN of none. */
export function percentile(values: readonly number[] | Float64Array, share: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}
