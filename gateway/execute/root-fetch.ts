/** A fetch of root fields: its answer is merged into the response as it is. */

import { Kind, type SelectionNode } from 'graphql';
import type { FetchNode } from '#gateway/plan/query-plan.js';
import { errorOfCall, errorOfSubgraph } from './execution-errors.js';
import type { ResponsePathKeys } from './explained-paths.js';
import { copyOf, mergeAnswer } from './merge-answer.js';
import type { OperationRun } from './operation-run.js';
import { isResponseObject } from './response-object.js';
import type { ResponsePath, TypeMatches } from './response-path.js';
import { type ApplyRewrites, compileRewrites, renamedKeys } from './rewrites.js';
import { pickVariables, prepareOperation } from './subgraph-operation.js';
import {
  type ResponseObject,
  type SubgraphAnswer,
  SubgraphCallError,
  type SubgraphError,
  type SubgraphOperation,
} from './subgraph-transport.js';

export class RootFetch {
  readonly operation: SubgraphOperation;
  readonly rootKeys: readonly string[];
  readonly #node: FetchNode;
  readonly #path: ResponsePath;
  readonly #renamed: ReadonlyMap<string, string>;
  readonly #rewriteOutput: ApplyRewrites | undefined;

  /** `sharedAs` is set when another fetch of the plan may ask exactly the same. */
  constructor(
    node: FetchNode,
    path: ResponsePath,
    typeMatches: TypeMatches,
    readonly sharedAs: string | undefined,
  ) {
    this.operation = prepareOperation(node);
    this.#node = node;
    this.#path = path;
    this.#renamed = renamedKeys(node.outputRewrites);
    this.rootKeys = rootKeysOf(this.operation).map((key) => this.#renamed.get(key) ?? key);
    this.#rewriteOutput = compileRewrites(node.outputRewrites, typeMatches);
  }

  async run(run: OperationRun): Promise<void> {
    if (this.#path.collect(run.data).length === 0) return;
    try {
      this.#deliver(run, await this.#call(run));
    } catch (failure) {
      this.#fail(run, failure);
    }
  }

  /** Takes an answer that somebody else asked for, such as the event of a subscription. */
  receive(run: OperationRun, answer: SubgraphAnswer): void {
    try {
      this.#deliver(run, answer);
    } catch (failure) {
      this.#fail(run, failure);
    }
  }

  variablesFrom(variables: ResponseObject): ResponseObject {
    return pickVariables(this.#node.variableUsages, variables);
  }

  #deliver(run: OperationRun, { data, errors = [] }: SubgraphAnswer): void {
    for (const error of errors) this.#report(run, error);
    if (isResponseObject(data)) {
      this.#rewriteOutput?.(data);
      this.#path.collect(run.data).forEach((target, index) => {
        mergeAnswer(target, index === 0 ? data : copyOf(data));
      });
      return;
    }
    if (errors.length === 0) throw noData(this.operation.subgraph);
    this.#explainRootKeys(run);
  }

  #call(run: OperationRun): Promise<SubgraphAnswer> {
    const variables = this.variablesFrom(run.variables);
    if (this.sharedAs === undefined) return run.call(this.operation, variables);
    return run.callOnce(this.sharedAs + JSON.stringify(variables), this.operation, variables);
  }

  #report(run: OperationRun, error: SubgraphError): void {
    const { subgraph } = this.operation;
    const path = error.path?.map((key) => this.#renamed.get(String(key)) ?? key);
    for (const { path: position } of this.#path.locate(run.data)) {
      const place = this.#placeOf(path);
      if (place) run.explain([...position, ...place]);
      run.errors.push(errorOfSubgraph(error, subgraph, place && run.clientPath([...position, ...place])));
    }
    if (!path) this.#explainRootKeys(run);
  }

  /** An error without a path still belongs to a field when the fetch asked for one field only. */
  #placeOf(path: ResponsePathKeys | undefined): ResponsePathKeys | undefined {
    if (path && path.length > 0) return path;
    return this.rootKeys.length === 1 ? this.rootKeys : undefined;
  }

  #fail(run: OperationRun, failure: unknown): void {
    for (const { path } of this.#path.locate(run.data)) {
      for (const key of this.rootKeys) {
        run.errors.push(errorOfCall(failure, this.operation.subgraph, run.clientPath([...path, key])));
      }
    }
    this.#explainRootKeys(run);
  }

  #explainRootKeys(run: OperationRun): void {
    for (const { path } of this.#path.locate(run.data)) {
      for (const key of this.rootKeys) run.explain([...path, key]);
    }
  }
}

export function noData(subgraph: string): SubgraphCallError {
  return new SubgraphCallError('SUBGRAPH_BAD_RESPONSE', `The service "${subgraph}" answered neither data nor errors.`);
}

function rootKeysOf({ document }: SubgraphOperation): string[] {
  const keys = new Set<string>();
  const visit = (selections: readonly SelectionNode[]): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) keys.add((selection.alias ?? selection.name).value);
      else if (selection.kind === Kind.INLINE_FRAGMENT) visit(selection.selectionSet.selections);
    }
  };
  for (const definition of document.definitions) {
    if (definition.kind === Kind.OPERATION_DEFINITION) visit(definition.selectionSet.selections);
  }
  keys.delete('__typename');
  return [...keys];
}
