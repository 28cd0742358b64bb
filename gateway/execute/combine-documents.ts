/**
 * Several entity fetches of one subgraph, written as one document: each asks `_entities` under its own alias and with its
 * own representations; variables of the client are shared by name.
 */
import {
  type DocumentNode,
  type FieldNode,
  Kind,
  type OperationDefinitionNode,
  print,
  stripIgnoredCharacters,
  type VariableDefinitionNode,
  visit,
} from 'graphql';
import { operationOf } from './subgraph-operation.js';
import type { SubgraphOperation } from './subgraph-transport.js';

const REPRESENTATIONS = 'representations';

export function aliasAt(index: number): string {
  return `_${index}`;
}

export function representationsAt(index: number): string {
  return `${REPRESENTATIONS}_${index}`;
}

/** Undefined when the documents do not go together. */
export function combineDocuments(operations: readonly SubgraphOperation[]): SubgraphOperation | undefined {
  const variables = new Map<string, VariableDefinitionNode>();
  const selections: FieldNode[] = [];
  for (const [index, { document }] of operations.entries()) {
    const operation = renameRepresentations(document, index);
    const field = operation && onlyField(operation);
    if (!operation || !field || !addVariables(variables, operation)) return undefined;
    selections.push({ ...field, alias: { kind: Kind.NAME, value: aliasAt(index) } });
  }
  const [first] = operations;
  const head = first?.document.definitions[0];
  if (!first || head?.kind !== Kind.OPERATION_DEFINITION) return undefined;
  const definition: OperationDefinitionNode = {
    ...head,
    variableDefinitions: [...variables.values()],
    selectionSet: { kind: Kind.SELECTION_SET, selections },
  };
  return describe(first, { kind: Kind.DOCUMENT, definitions: [definition] });
}

function describe({ subgraph, operationName, kind }: SubgraphOperation, document: DocumentNode): SubgraphOperation {
  const text = stripIgnoredCharacters(print(document));
  return operationOf({ subgraph, operationName, kind, document, text });
}

function renameRepresentations(document: DocumentNode, index: number): OperationDefinitionNode | undefined {
  const [operation, ...others] = document.definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION || others.length > 0) return undefined;
  return visit(operation, {
    Variable(node) {
      if (node.name.value !== REPRESENTATIONS) return undefined;
      return { ...node, name: { kind: Kind.NAME, value: representationsAt(index) } };
    },
  });
}

function onlyField({ selectionSet: { selections } }: OperationDefinitionNode): FieldNode | undefined {
  const [field, ...others] = selections;
  return others.length === 0 && field?.kind === Kind.FIELD ? field : undefined;
}

/** The same variable always has the same type in one subgraph; should it ever not, the fetches stay apart. */
function addVariables(known: Map<string, VariableDefinitionNode>, operation: OperationDefinitionNode): boolean {
  for (const definition of operation.variableDefinitions ?? []) {
    const name = definition.variable.name.value;
    const existing = known.get(name);
    if (existing && print(existing) !== print(definition)) return false;
    known.set(name, definition);
  }
  return true;
}
