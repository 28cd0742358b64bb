/** Which values may leave as a scalar or an enum. Subgraphs serialise; this only refuses what cannot be right. */
import { type GraphQLLeafType, isEnumType } from 'graphql';
import type { Complete } from './response-shape.js';

export interface Leaf {
  /** The `typeof` of values that need no check. */
  readonly passes: string;
  readonly complete: Complete;
}

/** A number or boolean, where the type allows it, becomes text; `undefined` means that the value does not fit. */
type Coerce = (value: unknown) => unknown;

const MAX_INT = 2_147_483_647;
const MIN_INT = -2_147_483_648;

export function leafOf(type: GraphQLLeafType, coordinate: string): Leaf {
  if (isEnumType(type)) {
    const names = new Set<unknown>(type.getValues().map(({ name }) => name));
    return leaf('', (value) => (names.has(value) ? value : undefined), type.name, coordinate);
  }
  switch (type.name) {
    case 'String':
      return leaf('string', textOfPrimitive, type.name, coordinate);
    case 'ID':
      return leaf('string', textOfInteger, type.name, coordinate);
    case 'Int':
      return leaf('', integer, type.name, coordinate);
    case 'Float':
      return leaf('', finite, type.name, coordinate);
    case 'Boolean':
      return leaf('boolean', () => undefined, type.name, coordinate);
    default:
      return { passes: 'string', complete: (value) => value };
  }
}

function leaf(passes: string, coerce: Coerce, typeName: string, coordinate: string): Leaf {
  const complete: Complete = (value, shaping) => {
    const coerced = coerce(value);
    if (coerced !== undefined) return coerced;
    shaping.invalid(coordinate, `a value of ${typeName}`);
    return null;
  };
  return { passes, complete };
}

function textOfPrimitive(value: unknown): unknown {
  if (typeof value === 'string') return value;
  return typeof value === 'boolean' || Number.isFinite(value) ? String(value) : undefined;
}

function textOfInteger(value: unknown): unknown {
  if (typeof value === 'string') return value;
  return Number.isInteger(value) ? String(value) : undefined;
}

function integer(value: unknown): unknown {
  return Number.isInteger(value) && Number(value) <= MAX_INT && Number(value) >= MIN_INT ? value : undefined;
}

function finite(value: unknown): unknown {
  return Number.isFinite(value) ? value : undefined;
}
