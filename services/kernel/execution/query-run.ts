/**
 * One run of a query. Where graphql-js walks down into one object after the other, this takes each field for all objects of a list
 * at once: arguments are read once and not for each row, a property costs no call, and there is one promise for a field instead of
 * one for each value (a page of the hub takes about a quarter less time in Node.js, see bench/README.md). Answers and errors are the same.
 */
import {
  defaultTypeResolver,
  type FragmentDefinitionNode,
  type GraphQLAbstractType,
  GraphQLError,
  type GraphQLObjectType,
  type GraphQLSchema,
  getArgumentValues,
  isAbstractType,
  isObjectType,
  locatedError,
  type OperationDefinitionNode,
} from 'graphql';
import { fieldInfo } from './field-info.js';
import { type Objects, ObjectsByShape } from './objects.js';
import { type Holder, Place } from './place.js';
import type { CompositeShape, FieldShape, LeafShape, ListShape, ObjectShape, ValueShape } from './query-shape.js';
import { Failure, isPromise, settleAll } from './settle.js';

export interface QueryParts {
  readonly schema: GraphQLSchema;
  readonly operation: OperationDefinitionNode;
  readonly fragments: { readonly [name: string]: FragmentDefinitionNode };
}

type Waiting = Promise<unknown> | undefined;

export class QueryRun {
  readonly errors: GraphQLError[] = [];

  constructor(
    readonly parts: QueryParts,
    /** Coerced, defaults included. */
    readonly variables: { readonly [name: string]: unknown },
    readonly context: unknown,
  ) {}

  /** Fills the answer in; resolves when all of it is there. What fails is noted and never thrown. */
  fill(shape: ObjectShape, answer: { data: Holder | null }): Waiting {
    const result: Holder = {};
    answer.data = result;
    const place = new Place(undefined, answer as unknown as Holder, 'data', true);
    return this.#runFields(shape, { rows: [undefined], results: [result], places: [place] });
  }

  /** All fields start before any is waited for, so that what they ask for can be read together. */
  #runFields({ fields }: ObjectShape, objects: Objects): Waiting {
    const waiting: Promise<unknown>[] = [];
    for (const field of fields) {
      const started = this.#runField(field, objects);
      if (started) waiting.push(started);
    }
    return waiting.length > 0 ? Promise.all(waiting) : undefined;
  }

  #runField(field: FieldShape, objects: Objects): Waiting {
    const { key, constant, value } = field;
    if (constant !== undefined) {
      for (const result of objects.results) result[key] = constant;
      return undefined;
    }
    const values = field.resolve ? this.#resolve(field, field.resolve, objects) : this.#read(field, objects);
    const settled = settleAll(values, value.kind === 'list');
    if (!settled) return this.#complete(field, objects, values);
    for (const result of objects.results) result[key] = null; // keeps the order of the fields
    return settled.then((found) => this.#complete(field, objects, found));
  }

  #resolve(field: FieldShape, resolve: NonNullable<FieldShape['resolve']>, { rows, places }: Objects): unknown[] {
    const args = this.#argumentsOf(field);
    if (args instanceof Failure) return rows.map(() => args);
    return rows.map((row, index) => {
      try {
        return resolve(row, args, this.context, fieldInfo(this, field, places[index] as Place));
      } catch (error) {
        return new Failure(error);
      }
    });
  }

  /** Properties of rows; a method among them is called, as graphql-js does. */
  #read(field: FieldShape, { rows, places }: Objects): unknown[] {
    const { name } = field;
    return rows.map((row, index) => {
      try {
        const value: unknown = isReadable(row) ? row[name] : undefined;
        if (typeof value !== 'function') return value;
        const args = this.#argumentsOf(field);
        if (args instanceof Failure) return args;
        return value.call(row, args, this.context, fieldInfo(this, field, places[index] as Place));
      } catch (error) {
        return new Failure(error);
      }
    });
  }

  #argumentsOf({ definition, nodes }: FieldShape): { [argument: string]: unknown } | Failure {
    try {
      return getArgumentValues(definition, nodes[0], this.variables);
    } catch (error) {
      return new Failure(error);
    }
  }

  #complete(field: FieldShape, { results, places }: Objects, values: readonly unknown[]): Waiting {
    const below = new ObjectsByShape();
    const { key, value: shape } = field;
    for (let index = 0; index < values.length; index += 1) {
      const value = values[index];
      const result = results[index] as Holder;
      if (shape.kind === 'leaf' && typeof value === shape.passes) result[key] = value;
      else this.#completeValue({ field, shape, holder: result, key, above: places[index] as Place, below }, value);
    }
    return below.workOn((shapeBelow, objects) => this.#runFields(shapeBelow, objects));
  }

  #completeValue(slot: Slot, value: unknown): void {
    const { field, shape, holder, key } = slot;
    if (value instanceof Failure) return this.#fail(slot, value.error);
    if (value instanceof Error) return this.#fail(slot, value);
    if (value === null || value === undefined) {
      if (!shape.nonNull) holder[key] = null;
      else this.#fail(slot, new Error(`Cannot return null for non-nullable field ${coordinateOf(field)}.`));
      return;
    }
    try {
      if (shape.kind === 'leaf') holder[key] = serialize(shape, value);
      else if (shape.kind === 'list') this.#completeList(slot, shape, value);
      else this.#completeComposite(slot, shape, value);
    } catch (error) {
      this.#fail(slot, error);
    }
  }

  #completeList({ field, holder, key, above, below }: Slot, { item, nonNull }: ListShape, value: unknown): void {
    if (!Array.isArray(value))
      throw new GraphQLError(`Expected Iterable, but did not find one for field "${coordinateOf(field)}".`);
    const list: unknown[] = new Array(value.length);
    const items = list as unknown as Holder; // an array holds values under its numbers
    const place = new Place(above, holder, key, !nonNull);
    holder[key] = list;
    for (let index = 0; index < value.length; index += 1) {
      const one: unknown = value[index];
      if (item.kind === 'leaf' && typeof one === item.passes) list[index] = one;
      else this.#completeValue({ field, shape: item, holder: items, key: index, above: place, below }, one);
    }
  }

  #completeComposite(slot: Slot, { type }: CompositeShape, row: unknown): void {
    if (!isAbstractType(type)) return this.#addObject(slot, type, row);
    const info = fieldInfo(this, slot.field, slot.above);
    const named = (type.resolveType ?? defaultTypeResolver)(row, this.context, info, type);
    if (!isPromise(named)) return this.#addObject(slot, this.#possibleType(slot, type, named), row);
    slot.below.waiting.push(this.#addLater(slot, type, named, row));
  }

  async #addLater(slot: Slot, type: GraphQLAbstractType, named: PromiseLike<unknown>, row: unknown): Promise<void> {
    slot.holder[slot.key] = null;
    const below = new ObjectsByShape();
    try {
      this.#addObject({ ...slot, below }, this.#possibleType(slot, type, await named), row);
    } catch (error) {
      this.#fail(slot, error);
    }
    await below.workOn((shape, objects) => this.#runFields(shape, objects));
  }

  #addObject({ shape, holder, key, above, below }: Slot, type: GraphQLObjectType, row: unknown): void {
    if (shape.kind !== 'composite') return;
    const result: Holder = {};
    holder[key] = result;
    below.add(shape.shapeOf(type), row, result, new Place(above, holder, key, !shape.nonNull));
  }

  #possibleType({ field }: Slot, expected: GraphQLAbstractType, name: unknown): GraphQLObjectType {
    const { schema } = this.parts;
    const type = typeof name === 'string' ? schema.getType(name) : undefined;
    if (isObjectType(type) && schema.isSubType(expected, type)) return type;
    const message = `"${String(name)}" is no object type of "${expected.name}", as ${coordinateOf(field)} has to be.`;
    throw new GraphQLError(message, { nodes: field.nodes });
  }

  #fail({ field, shape, holder, key, above }: Slot, error: unknown): void {
    if (shape.nonNull ? !above.becomeNull() : above.gone) return;
    if (!shape.nonNull) holder[key] = null;
    this.errors.push(locatedError(error, field.nodes, [...above.path, key]));
  }
}

/** One place of the answer on its way to a value. */
interface Slot {
  readonly field: FieldShape;
  readonly shape: ValueShape;
  readonly holder: Holder;
  readonly key: string | number;
  /** The object or list it is in. */
  readonly above: Place;
  /** Where objects go whose own fields come next. */
  readonly below: ObjectsByShape;
}

function serialize({ type }: LeafShape, value: unknown): unknown {
  const serialized: unknown = type.serialize(value);
  if (serialized !== null && serialized !== undefined) return serialized;
  throw new Error(`${type.name} serialises a value to nothing.`);
}

function coordinateOf({ parentType, name }: FieldShape): string {
  return `${parentType.name}.${name}`;
}

function isReadable(row: unknown): row is { readonly [name: string]: unknown } {
  return (typeof row === 'object' && row !== null) || typeof row === 'function';
}
