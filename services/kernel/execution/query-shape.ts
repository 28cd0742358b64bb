/** What all runs of a query have in common, worked out from query and schema when a run first comes to it. */
import {
  type FieldNode,
  GraphQLBoolean,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLFieldResolver,
  GraphQLID,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  GraphQLString,
  getNullableType,
  isLeafType,
  isListType,
  isNonNullType,
  SchemaMetaFieldDef,
  type SelectionSetNode,
  TypeMetaFieldDef,
  TypeNameMetaFieldDef,
} from 'graphql';
import { collectFields, type SelectionContext } from './collect-fields.js';

export interface ObjectShape {
  readonly type: GraphQLObjectType;
  readonly fields: readonly FieldShape[];
}

export interface FieldShape {
  /** Its name in the answer. */
  readonly key: string;
  readonly name: string;
  readonly nodes: readonly [FieldNode, ...FieldNode[]];
  readonly parentType: GraphQLObjectType;
  readonly definition: GraphQLField<unknown, unknown>;
  /** Undefined for a property of the row. */
  readonly resolve: GraphQLFieldResolver<unknown, unknown> | undefined;
  /** The answer of `__typename`. */
  readonly constant: string | undefined;
  readonly value: ValueShape;
}

export type ValueShape = LeafShape | ListShape | CompositeShape;

export interface LeafShape {
  readonly kind: 'leaf';
  readonly nonNull: boolean;
  readonly type: GraphQLLeafType;
  /** The `typeof` of values that are their own serialisation. */
  readonly passes: string;
}

export interface ListShape {
  readonly kind: 'list';
  readonly nonNull: boolean;
  readonly item: ValueShape;
}

export interface CompositeShape {
  readonly kind: 'composite';
  readonly nonNull: boolean;
  readonly type: GraphQLCompositeType;
  shapeOf(type: GraphQLObjectType): ObjectShape;
}

export function shapeOfSelections(
  context: SelectionContext,
  type: GraphQLObjectType,
  selectionSets: readonly SelectionSetNode[],
): ObjectShape {
  const fields: FieldShape[] = [];
  for (const [key, nodes] of collectFields(context, type, selectionSets)) {
    const field = fieldShape(context, type, key, nodes);
    if (field) fields.push(field);
  }
  return { type, fields };
}

function fieldShape(
  context: SelectionContext,
  parentType: GraphQLObjectType,
  key: string,
  [first, ...others]: readonly FieldNode[],
): FieldShape | undefined {
  const definition = first && definitionOf(context, parentType, first.name.value);
  if (!definition) return undefined;
  const nodes = [first, ...others] as const;
  return {
    key,
    name: definition.name,
    nodes,
    parentType,
    definition,
    resolve: definition.resolve,
    constant: definition === TypeNameMetaFieldDef ? parentType.name : undefined,
    value: valueShape(context, definition.type, nodes),
  };
}

function definitionOf(
  { schema }: SelectionContext,
  type: GraphQLObjectType,
  name: string,
): GraphQLField<unknown, unknown> | undefined {
  if (name === TypeNameMetaFieldDef.name) return TypeNameMetaFieldDef;
  const meta = [SchemaMetaFieldDef, TypeMetaFieldDef].find((field) => field.name === name);
  return meta && schema.getQueryType() === type ? meta : type.getFields()[name];
}

function valueShape(context: SelectionContext, outputType: GraphQLOutputType, nodes: readonly FieldNode[]): ValueShape {
  const nonNull = isNonNullType(outputType);
  const type = getNullableType(outputType);
  if (isListType(type)) {
    const item: GraphQLOutputType = type.ofType;
    return { kind: 'list', nonNull, item: valueShape(context, item, nodes) };
  }
  if (isLeafType(type)) return { kind: 'leaf', nonNull, type, passes: passes.get(type) ?? '' };
  const shapes = new Map<GraphQLObjectType, ObjectShape>();
  const selectionSets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
  const shapeOf = (concrete: GraphQLObjectType) => {
    const known = shapes.get(concrete) ?? shapeOfSelections(context, concrete, selectionSets);
    shapes.set(concrete, known);
    return known;
  };
  return { kind: 'composite', nonNull, type, shapeOf };
}

/** Of the scalars a page is full of. */
const passes: ReadonlyMap<GraphQLLeafType, string> = new Map<GraphQLLeafType, string>([
  [GraphQLString, 'string'],
  [GraphQLID, 'string'],
  [GraphQLBoolean, 'boolean'],
]);
