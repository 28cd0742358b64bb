import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isCompositeType,
  isListType,
  isUnionType,
  Kind,
  type OperationDefinitionNode,
  SchemaMetaFieldDef,
  type SelectionNode,
  type SelectionSetNode,
  TypeMetaFieldDef,
  valueFromASTUntyped,
} from 'graphql';
import { given, listLength, pageSize, type Values } from './argument-sizes.js';
import { introspectionWeight, listSize } from './list-sizes.js';

/** The points of an operation with these variables, before it runs: about one for each object of the largest answer it may have. */
export type OperationCost = (variables: Values) => number;

/** With the size of the page the selections stand in. */
type Cost = (variables: Values, page: number) => number;

interface CostContext {
  readonly schema: GraphQLSchema;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
}

/** A change costs about what reading so many objects does. */
const mutationCost = 10;

/** Follows from the document once; the document must be valid. */
export function operationCost(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): OperationCost {
  const fragments = new Map(
    document.definitions.flatMap((part) => (part.kind === Kind.FRAGMENT_DEFINITION ? [[part.name.value, part]] : [])),
  );
  const root = schema.getRootType(operation.operation);
  const cost = root ? selectionsCost({ schema, fragments }, operation.selectionSet, root) : nothing;
  const defaults = defaultsOf(operation);
  return (variables) => Math.ceil(cost({ ...defaults, ...variables }, 1));
}

const nothing: Cost = () => 0;

function defaultsOf({ variableDefinitions = [] }: OperationDefinitionNode): Values {
  return Object.fromEntries(
    variableDefinitions.flatMap(({ variable, defaultValue }) =>
      defaultValue ? [[variable.name.value, valueFromASTUntyped(defaultValue)]] : [],
    ),
  );
}

function selectionsCost(context: CostContext, { selections }: SelectionSetNode, parent: GraphQLCompositeType): Cost {
  const costs = selections
    .map((selection) => conditional(selection, selectionCost(context, selection, parent)))
    .filter((cost) => cost !== nothing);
  if (costs.length === 0) return nothing;
  return (variables, page) => costs.reduce((total, cost) => total + cost(variables, page), 0);
}

function selectionCost(context: CostContext, selection: SelectionNode, parent: GraphQLCompositeType): Cost {
  if (selection.kind === Kind.FIELD) return fieldCost(context, selection, parent);
  const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : context.fragments.get(selection.name.value);
  if (!fragment) return nothing;
  const type = fragment.typeCondition ? context.schema.getType(fragment.typeCondition.name.value) : parent;
  return isCompositeType(type) ? selectionsCost(context, fragment.selectionSet, type) : nothing;
}

/** What a condition leaves out costs nothing. */
function conditional({ directives = [] }: SelectionNode, cost: Cost): Cost {
  const conditions = directives.flatMap(({ name, arguments: [argument] = [] }) =>
    argument && (name.value === 'skip' || name.value === 'include')
      ? [{ left: name.value === 'skip', value: argument.value }]
      : [],
  );
  if (conditions.length === 0 || cost === nothing) return cost;
  return (variables, page) =>
    conditions.some(({ left, value }) => valueFromASTUntyped(value, variables) === left) ? 0 : cost(variables, page);
}

function fieldCost(context: CostContext, field: FieldNode, parent: GraphQLCompositeType): Cost {
  const definition = definitionOf(field, parent);
  if (!definition) return nothing;
  const type = getNamedType(definition.type);
  const values = given(field);
  const own = isOneOf(context, parent) ? mutationCost : 0;
  if (!isCompositeType(type) || !field.selectionSet) {
    return own === 0 && values === undefined ? nothing : (variables) => own + listLength(values, variables);
  }
  const children = selectionsCost(context, field.selectionSet, type);
  const weight = parent.name.startsWith('__') || !type.name.startsWith('__') ? 1 : introspectionWeight;
  const page = pageSize(definition, values);
  if (isListType(getNullableType(definition.type))) {
    const size = listSize(context.schema, parent, field.name.value);
    return (variables, around) =>
      (size === 'page' ? around : listLength(values, variables) || size) * (1 + children(variables, 1)) * weight;
  }
  return (variables) => own + listLength(values, variables) + (1 + children(variables, page(variables))) * weight;
}

function isOneOf({ schema }: CostContext, parent: GraphQLCompositeType): boolean {
  return parent === schema.getMutationType();
}

function definitionOf({ name }: FieldNode, parent: GraphQLCompositeType): GraphQLField<unknown, unknown> | undefined {
  if (name.value === SchemaMetaFieldDef.name) return SchemaMetaFieldDef;
  if (name.value === TypeMetaFieldDef.name) return TypeMetaFieldDef;
  return isUnionType(parent) ? undefined : parent.getFields()[name.value];
}
