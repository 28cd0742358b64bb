import {
  type DocumentNode,
  type GraphQLInputType,
  type GraphQLSchema,
  getOperationAST,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredInputField,
  typeFromAST,
} from 'graphql';

/** Values for the variables of an operation: known ones by their names, for the others the least that their types accept. */
export function sampleVariables(
  schema: GraphQLSchema,
  document: DocumentNode,
  known: (name: string) => unknown,
): { readonly [name: string]: unknown } {
  const variables: Record<string, unknown> = {};
  for (const { variable, type: typeNode, defaultValue } of getOperationAST(document)?.variableDefinitions ?? []) {
    const { value: name } = variable.name;
    const type = typeFromAST(schema, typeNode) as GraphQLInputType;
    const value = isListType(isNonNullType(type) ? type.ofType : type) ? undefined : known(name);
    if (value !== undefined) variables[name] = value;
    else if (isNonNullType(type) && defaultValue === undefined) variables[name] = sampleOf(type.ofType);
  }
  return variables;
}

function sampleOf(type: GraphQLInputType): unknown {
  if (isNonNullType(type)) return sampleOf(type.ofType);
  if (isListType(type)) return [sampleOf(type.ofType)];
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (!isInputObjectType(type)) return samples[type.name] ?? 'text';
  const required = Object.values(type.getFields()).filter(isRequiredInputField);
  return Object.fromEntries(required.map((field) => [field.name, sampleOf(field.type)]));
}

const samples: Readonly<Record<string, unknown>> = {
  Boolean: true,
  DateTime: '2025-03-01T08:00:00.000Z',
  Float: 0.5,
  HubRecord: { kind: 'team', ref: 'a', name: 'A' },
  Int: 3,
};
