/** What the guard knows of a document: counts of its text, and of each operation and fragment what they hold by themselves. */
export interface DocumentStructure {
  readonly operations: readonly Definition[];
  readonly fragments: ReadonlyMap<string, Definition>;
}

export interface Definition {
  /** Fields, inline fragments and spreads that are written in it. */
  selections: number;
  /** Fields within fields, as written. */
  depth: number;
  rootFields: number;
  /** `__schema` and `__type`. */
  introspection: number;
  readonly spreads: Spread[];
}

export interface Spread {
  readonly fragment: string;
  /** How deep the fields of the fragment stand; 1 for root fields. */
  readonly depth: number;
}

export function emptyDefinition(): Definition {
  return { selections: 0, depth: 0, rootFields: 0, introspection: 0, spreads: [] };
}
