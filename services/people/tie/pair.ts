/** Two people, the one with the lesser id first; `number` stands for them in the tables below the ties. */
export interface Pair {
  readonly number: string;
  readonly low: string;
  readonly high: string;
}

/** Two ids, the lesser first, as the "C" collation of the database orders them. */
export function inOrder(one: string, other: string): readonly [low: string, high: string] {
  return one < other ? [one, other] : [other, one];
}

export function pairKey(one: string, other: string): string {
  return inOrder(one, other).join(' ');
}
