/** The choices of one step, taken one after the other: the same numbers make the same choices. */
export class Picks {
  private taken = 0;

  constructor(private readonly numbers: readonly number[]) {}

  number(below: number): number {
    const number = this.numbers[this.taken % this.numbers.length] ?? 0;
    this.taken += 1;
    return number % below;
  }

  one<Item>(items: readonly Item[]): Item | undefined {
    return items.length === 0 ? undefined : items[this.number(items.length)];
  }

  /** One of those that are always there. */
  of<Item>(first: Item, ...others: readonly Item[]): Item {
    return this.one([first, ...others]) ?? first;
  }

  /** Words that were not there before. */
  words(): string {
    words += 1;
    return `words ${words}`;
  }
}

let words = 0;
