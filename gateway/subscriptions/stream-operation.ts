import { createHash } from 'node:crypto';
import {
  type ArgumentNode,
  type DocumentNode,
  type FieldNode,
  GraphQLError,
  type GraphQLSchema,
  getNamedType,
  getOperationAST,
  Kind,
  type OperationDefinitionNode,
  print,
  type ValueNode,
  visit,
} from 'graphql';
import type { DocumentCache } from '#kernel/http/document-cache.js';

/**
 * A client's subscription, made ready to be shared: its `after` is taken out and becomes a variable of ours, so that clients who
 * ask for the same from different places run the same operation.
 */
export interface StreamOperation {
  readonly document: DocumentNode;
  readonly hash: string;
  /** Whether the field can be resumed at all. */
  readonly resumable: boolean;
  /** Where this client wants to start; undefined for "now". */
  after(variables: Variables): string | undefined;
  /** Everything but the client's own variable that holds its place. */
  withoutPlace(variables: Variables): Variables;
}

type Variables = Readonly<Record<string, unknown>>;

export const afterVariable = 'weftAfter';

export function prepareStream(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | null | undefined,
): StreamOperation {
  const operation = getOperationAST(document, operationName);
  if (operation?.operation !== 'subscription') throw badRequest('This is no subscription.');
  const field = rootField(operation);
  const argument = schema
    .getSubscriptionType()
    ?.getFields()
    [field.name.value]?.args.find(({ name }) => name === 'after');
  if (!argument)
    return { document, hash: hashOf(document), resumable: false, after: () => undefined, withoutPlace: (all) => all };
  const rewritten = withAfterVariable(document, operation, field, getNamedType(argument.type).name);
  const given = field.arguments?.find(({ name }) => name.value === 'after')?.value;
  return {
    document: rewritten,
    hash: hashOf(rewritten),
    resumable: true,
    after: (variables) => givenValue(given, variables, operation),
    withoutPlace: (variables) => without(given, variables),
  };
}

/** Before anything is validated or planned, so that each of these is told in the same words. */
export function refuseHardStream(document: DocumentNode, operation: OperationDefinitionNode): void {
  rootField(operation);
  visit(document, {
    Directive({ name }) {
      if (name.value === 'defer' || name.value === 'stream')
        throw badRequest(`An event comes whole: leave out @${name.value}.`);
    },
  });
}

/**
 * The same for every subscription of a text that somebody sends anywhere: the rules of GraphQL are not checked on such ones, but throw,
 * and whoever sent it would be told of a fault of ours. A text that cannot be parsed is refused later.
 */
export function refuseHardStreams(documents: DocumentCache, text: string): void {
  if (!text.includes('subscription')) return;
  const document = parsed(documents, text);
  for (const definition of document.definitions)
    if (definition.kind === Kind.OPERATION_DEFINITION && definition.operation === 'subscription')
      refuseHardStream(document, definition);
}

function parsed(documents: DocumentCache, text: string): DocumentNode {
  try {
    return documents.parse(text);
  } catch {
    return { kind: Kind.DOCUMENT, definitions: [] };
  }
}

/** Exactly one root field that is always there: what streams must not depend on a variable, nor come in pieces. */
function rootField(operation: OperationDefinitionNode): FieldNode {
  const [field, ...more] = operation.selectionSet.selections;
  if (field?.kind !== Kind.FIELD || more.length > 0) {
    throw badRequest('A subscription selects exactly one field, directly. Use one operation for each.');
  }
  if ((field.directives ?? []).length > 0) {
    throw badRequest(
      `"${field.name.value}" of a subscription takes no directives: leave the operation out instead of @skip or @include.`,
    );
  }
  return field;
}

function withAfterVariable(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  field: FieldNode,
  typeName: string,
): DocumentNode {
  const variable = { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: afterVariable } } as const;
  const argument: ArgumentNode = { kind: Kind.ARGUMENT, name: { kind: Kind.NAME, value: 'after' }, value: variable };
  const others = (field.arguments ?? []).filter(({ name }) => name.value !== 'after');
  const definition = {
    kind: Kind.VARIABLE_DEFINITION,
    variable,
    type: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: typeName } },
  } as const;
  const replaced: OperationDefinitionNode = {
    ...operation,
    variableDefinitions: [...(operation.variableDefinitions ?? []), definition],
    selectionSet: { ...operation.selectionSet, selections: [{ ...field, arguments: [...others, argument] }] },
  };
  return { ...document, definitions: document.definitions.map((item) => (item === operation ? replaced : item)) };
}

function givenValue(
  value: ValueNode | undefined,
  variables: Readonly<Record<string, unknown>>,
  operation: OperationDefinitionNode,
): string | undefined {
  if (value?.kind === Kind.STRING) return value.value;
  if (value?.kind !== Kind.VARIABLE) return undefined;
  const name = value.name.value;
  const given = name in variables ? variables[name] : defaultOf(operation, name);
  return typeof given === 'string' ? given : undefined;
}

function without(place: ValueNode | undefined, variables: Variables): Variables {
  if (place?.kind !== Kind.VARIABLE) return variables;
  const { [place.name.value]: _, ...rest } = variables;
  return rest;
}

function defaultOf(operation: OperationDefinitionNode, name: string): string | undefined {
  const value = operation.variableDefinitions?.find(({ variable }) => variable.name.value === name)?.defaultValue;
  return value?.kind === Kind.STRING ? value.value : undefined;
}

function hashOf(document: DocumentNode): string {
  return createHash('sha256').update(print(document)).digest('hex');
}

function badRequest(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_SUBSCRIPTION' } });
}
