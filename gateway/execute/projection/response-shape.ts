/**
 * The shape of a response: for each object type that may stand somewhere, the list of keys to copy and how to complete
 * each value. Shapes are worked out when first met and kept with the operation, so shaping a response is a walk over
 * flat lists of fields. What was fetched only for keys is not in a shape and so never reaches a client.
 */
import type { FieldNode, GraphQLNamedType } from 'graphql';

/** A value that is present; null means "nothing may stand here", and has then been reported. */
export type Complete = (value: unknown, shaping: Shaping) => unknown;

export interface ObjectShape {
  readonly type: GraphQLNamedType;
  readonly fields: readonly FieldShape[];
}

export interface FieldShape {
  /** Where the value is read, and where it is written: they differ for aliases that plans cannot use. */
  readonly key: string;
  readonly clientKey: string;
  /** Type and field, for messages. */
  readonly coordinate: string;
  readonly nonNull: boolean;
  /** Values of this `typeof` are copied without a closer look; empty when every value needs one. */
  readonly passes: string;
  /** The answer of `__typename`, which follows from the shape. */
  readonly constant: unknown;
  /** The key exists on every JSON object, so only an own value counts. */
  readonly inherited: boolean;
  readonly complete: Complete;
}

/** The sub-selections of all fields with one response key. */
export type FieldGroup = readonly FieldNode[];

/** What one walk over one response knows. */
export interface Shaping {
  /** Keys from the root to the value at hand; grows and shrinks with the walk. */
  readonly path: (string | number)[];
  /** Reports a null where none may stand, unless its reason is known already. */
  missing(owner: object, coordinate: string): void;
  invalid(coordinate: string, expected: string): void;
}
