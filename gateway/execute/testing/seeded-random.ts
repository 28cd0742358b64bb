/** Random numbers that repeat for the same seed (mulberry32: 32 bits of state, good enough to choose test cases). */
export interface RandomSource {
  /** At least 0, below 1. */
  next(): number;
  /** A whole number; both ends may come. */
  between(from: number, to: number): number;
  pick<Item>(items: readonly Item[]): Item;
}

export function seededRandom(seed: number): RandomSource {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const between = (from: number, to: number) => from + Math.floor(next() * (to - from + 1));
  return { next, between, pick: (items) => itemAt(items, between(0, items.length - 1)) };
}

function itemAt<Item>(items: readonly Item[], index: number): Item {
  if (index >= items.length) throw new Error('There is nothing to pick from.');
  return items[index] as Item;
}
