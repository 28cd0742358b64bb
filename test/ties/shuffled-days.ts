import { type Random, shuffled } from '../crash/random.js';
import { groupBy } from './group-by.js';

/** A line of a file of records, as far as its place matters. */
export interface PlacedRecord {
  readonly kind?: unknown;
  readonly at?: unknown;
}

/** What others name by its ref stands before them, also within a day. */
const named = new Set<unknown>(['idea', 'conversation']);
const undated = new Set<unknown>(['organization', 'team', 'person', 'space']);

/** The same records, those of each UTC day in another order. */
export function shuffledDays<Entry extends PlacedRecord>(records: readonly Entry[], random: Random): Entry[] {
  const world = records.filter(({ kind }) => undated.has(kind));
  const days = groupBy(
    records.filter(({ kind }) => !undated.has(kind)),
    ({ at }) => String(at).slice(0, 10),
  );
  const mixed = [...days.values()].flatMap((day) => [
    ...day.filter(({ kind }) => named.has(kind)),
    ...shuffled(
      day.filter(({ kind }) => !named.has(kind)),
      random,
    ),
  ]);
  return [...world, ...mixed];
}
