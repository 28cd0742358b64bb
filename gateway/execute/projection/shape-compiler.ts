/** Works out shapes from an operation and the API schema, each when it is first needed. */
import {
  type FieldNode,
  type GraphQLNamedType,
  type GraphQLOutputType,
  getNullableType,
  isAbstractType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type SelectionSetNode,
} from 'graphql';
import { remember } from '#gateway/execute/remember.js';
import { isResponseObject } from '#gateway/execute/response-object.js';
import { collectFields, type SelectionContext } from '#kernel/execution/collect-fields.js';
import { completeList, completeObject } from './complete-values.js';
import { leafOf } from './leaf-values.js';
import type { Complete, FieldGroup, FieldShape, ObjectShape } from './response-shape.js';

const TYPENAME = '__typename';

export interface ShapeContext extends SelectionContext {
  /** The client's name for each key that is planned under another one. */
  readonly clientKeys: ReadonlyMap<string, string>;
}

/** How to complete a non-null value of a type. */
interface Completion {
  readonly passes: string;
  readonly complete: Complete;
}

export class ShapeCompiler {
  readonly #context: ShapeContext;
  /** A fragment used in many places is worked out once; otherwise nested fragments would cost exponentially. */
  readonly #known = new WeakMap<FieldNode, Map<string, ObjectShape>>();

  constructor(context: ShapeContext) {
    this.#context = context;
  }

  shapeOf(type: GraphQLNamedType, selectionSets: readonly SelectionSetNode[]): ObjectShape {
    const fields: FieldShape[] = [];
    for (const [key, group] of collectFields(this.#context, type, selectionSets)) {
      const field = this.#fieldShape(type, key, group);
      if (field) fields.push(field);
    }
    return { type, fields };
  }

  #fieldShape(type: GraphQLNamedType, key: string, group: FieldGroup): FieldShape | undefined {
    const name = group[0]?.name.value ?? key;
    const inherited = key in Object.prototype;
    const coordinate = `${type.name}.${name}`;
    const clientKey = this.#context.clientKeys.get(key) ?? key;
    if (name === TYPENAME) return typenameShape(type, key, clientKey, coordinate);
    if (name === '__schema' || name === '__type') return introspectionShape(key, coordinate);
    if (!isObjectType(type) && !isInterfaceType(type)) return undefined;
    const field = type.getFields()[name];
    if (!field) return undefined;
    const { passes, complete } = this.#completion(field.type, group, coordinate);
    const nonNull = isNonNullType(field.type);
    return { key, clientKey, coordinate, nonNull, passes, constant: undefined, inherited, complete };
  }

  #completion(outputType: GraphQLOutputType, group: FieldGroup, coordinate: string): Completion {
    const type = getNullableType(outputType);
    if (isListType(type)) {
      const itemType: GraphQLOutputType = type.ofType;
      const nonNull = isNonNullType(itemType);
      return {
        passes: '',
        complete: completeList({ nonNull, coordinate, ...this.#completion(itemType, group, coordinate) }),
      };
    }
    if (isLeafType(type)) return leafOf(type, coordinate);
    if (isAbstractType(type)) return { passes: '', complete: this.#completeAbstract(type, group, coordinate) };
    return { passes: '', complete: this.#completeConcrete(type, group, coordinate) };
  }

  #completeConcrete(type: GraphQLNamedType, group: FieldGroup, coordinate: string): Complete {
    let shape: ObjectShape | undefined;
    return (value, shaping) => {
      if (!isResponseObject(value)) {
        shaping.invalid(coordinate, 'an object');
        return null;
      }
      shape ??= this.#shapeOfGroup(type, group);
      return completeObject(value, shape, shaping);
    };
  }

  #completeAbstract(type: GraphQLNamedType, group: FieldGroup, coordinate: string): Complete {
    const shapes = new Map<unknown, ObjectShape | null>();
    return (value, shaping) => {
      if (!isResponseObject(value)) {
        shaping.invalid(coordinate, 'an object');
        return null;
      }
      const typename = value[TYPENAME];
      const shape = remember(shapes, typename, () => this.#shapeOfTypename(type, typename, group));
      if (shape) return completeObject(value, shape, shaping);
      shaping.invalid(coordinate, `one of the types of ${type.name}`);
      return null;
    };
  }

  /** Null for a type that clients may not see, or that cannot stand here. */
  #shapeOfTypename(declared: GraphQLNamedType, typename: unknown, group: FieldGroup): ObjectShape | null {
    if (typename === undefined || typename === declared.name) return this.#shapeOfGroup(declared, group);
    const { schema } = this.#context;
    const type = schema.getType(String(typename));
    if (!isObjectType(type) && !isInterfaceType(type)) return null;
    return isAbstractType(declared) && schema.isSubType(declared, type) ? this.#shapeOfGroup(type, group) : null;
  }

  #shapeOfGroup(type: GraphQLNamedType, group: FieldGroup): ObjectShape {
    const [only, ...others] = group;
    if (!only || others.length > 0) return this.shapeOf(type, selectionSetsOf(group));
    const known = remember(this.#known, only, () => new Map<string, ObjectShape>());
    return remember(known, type.name, () => this.shapeOf(type, selectionSetsOf(group)));
  }
}

/** An object of an interface whose type was never resolved cannot tell its type. */
function typenameShape(type: GraphQLNamedType, key: string, clientKey: string, coordinate: string): FieldShape {
  const known = isObjectType(type) ? type.name : undefined;
  const complete: Complete = (_value, shaping) => {
    shaping.invalid(coordinate, 'the name of an object type');
    return null;
  };
  return { key, clientKey, coordinate, nonNull: true, passes: '', constant: known, inherited: false, complete };
}

/** Introspection is answered by graphql-js and already has its shape. */
function introspectionShape(key: string, coordinate: string): FieldShape {
  const complete: Complete = (value) => value;
  return {
    key,
    clientKey: key,
    coordinate,
    nonNull: false,
    passes: 'object',
    constant: undefined,
    inherited: false,
    complete,
  };
}

function selectionSetsOf(group: FieldGroup): SelectionSetNode[] {
  return group.flatMap(({ selectionSet }) => (selectionSet ? [selectionSet] : []));
}
