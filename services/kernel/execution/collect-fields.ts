/**
 * Which fields of a selection apply to one type, under fixed answers to all `@skip` and `@include`. Fields with the
 * same response key come together, in the order in which the client wrote them.
 */
import {
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  isAbstractType,
  isInterfaceType,
  isObjectType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
  type ValueNode,
  visit,
} from 'graphql';

/** The values of the boolean variables that decide about fields. */
export type Conditions = ReadonlyMap<string, boolean>;

export interface SelectionContext {
  readonly schema: GraphQLSchema;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly conditions: Conditions;
}

export function collectFields(
  context: SelectionContext,
  type: GraphQLNamedType,
  selectionSets: readonly SelectionSetNode[],
): Map<string, FieldNode[]> {
  const fields = new Map<string, FieldNode[]>();
  const visited = new Set<string>();
  const collect = (selections: readonly SelectionNode[]): void => {
    for (const selection of selections) {
      if (!isIncluded(selection.directives, context.conditions)) continue;
      if (selection.kind === Kind.FIELD) addField(fields, selection);
      else collect(fragmentSelections(context, type, selection, visited));
    }
  };
  for (const { selections } of selectionSets) collect(selections);
  return fields;
}

export function fragmentsOf(document: DocumentNode): Map<string, FragmentDefinitionNode> {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  return fragments;
}

/** The variables that stand in `@skip` or `@include` anywhere in the document. */
export function conditionVariables(document: DocumentNode): string[] {
  const names = new Set<string>();
  visit(document, {
    Directive({ name, arguments: args }) {
      if (name.value !== 'skip' && name.value !== 'include') return;
      for (const { value } of args ?? []) if (value.kind === Kind.VARIABLE) names.add(value.name.value);
    },
  });
  return [...names];
}

function addField(fields: Map<string, FieldNode[]>, field: FieldNode): void {
  const key = (field.alias ?? field.name).value;
  const group = fields.get(key);
  if (group) group.push(field);
  else fields.set(key, [field]);
}

function fragmentSelections(
  { schema, fragments }: SelectionContext,
  type: GraphQLNamedType,
  selection: Exclude<SelectionNode, FieldNode>,
  visited: Set<string>,
): readonly SelectionNode[] {
  if (selection.kind === Kind.INLINE_FRAGMENT) {
    const condition = selection.typeCondition?.name.value;
    return condition === undefined || applies(schema, type, condition) ? selection.selectionSet.selections : [];
  }
  const name = selection.name.value;
  const fragment = fragments.get(name);
  if (!fragment || visited.has(name)) return [];
  visited.add(name);
  return applies(schema, type, fragment.typeCondition.name.value) ? fragment.selectionSet.selections : [];
}

function applies(schema: GraphQLSchema, type: GraphQLNamedType, condition: string): boolean {
  if (type.name === condition) return true;
  const expected = schema.getType(condition);
  if (!isAbstractType(expected)) return false;
  return (isObjectType(type) || isInterfaceType(type)) && schema.isSubType(expected, type);
}

function isIncluded(directives: readonly DirectiveNode[] | undefined, conditions: Conditions): boolean {
  if (!directives) return true;
  return directives.every(({ name, arguments: args }) => {
    if (name.value === 'skip') return !conditionOf(args?.[0]?.value, conditions);
    return name.value !== 'include' || conditionOf(args?.[0]?.value, conditions);
  });
}

function conditionOf(value: ValueNode | undefined, conditions: Conditions): boolean {
  if (value?.kind === Kind.VARIABLE) return conditions.get(value.name.value) === true;
  return value?.kind === Kind.BOOLEAN && value.value;
}
