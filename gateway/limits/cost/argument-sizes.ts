import { type FieldNode, type GraphQLField, type ValueNode, valueFromASTUntyped } from 'graphql';
import { defaultPageSize, maxPageSize } from '#kernel/connections/page.js';

export type Values = Readonly<Record<string, unknown>>;

/** The arguments of a field as it is written; undefined when it has none. */
export function given({ arguments: args = [] }: FieldNode): ReadonlyMap<string, ValueNode> | undefined {
  return args.length === 0 ? undefined : new Map(args.map(({ name, value }) => [name.value, value]));
}

/** How many entries a field asks for by `first` or `last`; 1 where it is no page. What is no page size is refused later. */
export function pageSize(
  { args }: Pick<GraphQLField<unknown, unknown>, 'args'>,
  values: ReadonlyMap<string, ValueNode> | undefined,
): (variables: Values) => number {
  if (!args.some(({ name }) => name === 'first' || name === 'last')) return () => 1;
  const sizes = ['first', 'last'].flatMap((name) => values?.get(name) ?? []);
  return (variables) => {
    const asked = sizes.map((size) => valueFromASTUntyped(size, variables)).find((size) => typeof size === 'number');
    return Math.min(Math.max(asked ?? defaultPageSize, 0), maxPageSize);
  };
}

/** The entries of all lists in the arguments: as many things are looked for, or written. */
export function listLength(values: ReadonlyMap<string, ValueNode> | undefined, variables: Values): number {
  let length = 0;
  for (const value of values?.values() ?? []) length += entriesIn(valueFromASTUntyped(value, variables), 0);
  return length;
}

/** A list in an input object is one of its values; what is deeper belongs to entries that are counted already. */
const deepestList = 2;

function entriesIn(value: unknown, depth: number): number {
  if (Array.isArray(value)) return value.length;
  if (typeof value !== 'object' || value === null || depth === deepestList) return 0;
  return Object.values(value).reduce((total, inner) => total + entriesIn(inner, depth + 1), 0);
}
