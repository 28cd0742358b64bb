/** Answers `__schema` and `__type` from the API schema; the rest of the operation goes its own way. */
import {
  type DocumentNode,
  executeSync,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
} from 'graphql';
import type { OperationRun } from './operation-run.js';
import type { ResponseObject } from './subgraph-transport.js';

type RootFields = ReadonlyMap<string, readonly FieldNode[]>;

export class Introspection {
  readonly #schema: GraphQLSchema;
  readonly #operation: OperationDefinitionNode;
  readonly #fragments: readonly FragmentDefinitionNode[];
  /** Without variables the answer is always the same, and the usual full introspection is expensive. */
  readonly #answers = new WeakMap<RootFields, ResponseObject>();

  constructor(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode) {
    this.#schema = schema;
    this.#operation = operation;
    this.#fragments = document.definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION);
  }

  answer(run: OperationRun, rootFields: RootFields): void {
    const fields = [...rootFields.values()].flat().filter(({ name }) => isIntrospection(name.value));
    if (fields.length === 0) return;
    const known = this.#answers.get(rootFields);
    const answer = known ?? this.#execute(run, fields);
    if (!known && !this.#operation.variableDefinitions?.length) this.#answers.set(rootFields, answer);
    Object.assign(run.data, answer);
  }

  #execute(run: OperationRun, selections: readonly FieldNode[]): ResponseObject {
    const operation = { ...this.#operation, selectionSet: { kind: Kind.SELECTION_SET, selections } } as const;
    const document: DocumentNode = { kind: Kind.DOCUMENT, definitions: [operation, ...this.#fragments] };
    const { data, errors = [] } = executeSync({ schema: this.#schema, document, variableValues: run.variables });
    run.errors.push(...errors);
    return { ...data };
  }
}

/** Root fields that no subgraph is asked for. */
export function needsNoPlan(rootFields: RootFields): boolean {
  return [...rootFields.values()].every((group) => group.every(({ name }) => name.value.startsWith('__')));
}

function isIntrospection(name: string): boolean {
  return name === '__schema' || name === '__type';
}
