/**
 * A fetch of entities: collects the objects at a path, asks for each distinct one once, and spreads the answers back
 * over all places. Gathering, calling and delivering are apart, so that several fetches may travel in one call.
 */
import type { FetchNode } from '#gateway/plan/query-plan.js';
import { errorOfCall, errorOfSubgraph } from './execution-errors.js';
import type { ResponsePathKeys } from './explained-paths.js';
import { copyOf, mergeAnswer } from './merge-answer.js';
import type { OperationRun } from './operation-run.js';
import { RepresentationBuilder } from './representation.js';
import { isResponseObject } from './response-object.js';
import type { ResponsePath, TypeMatches } from './response-path.js';
import { type ApplyRewrites, compileRewrites, renamedKeys } from './rewrites.js';
import { noData } from './root-fetch.js';
import { pickVariables, prepareOperation } from './subgraph-operation.js';
import {
  type ResponseObject,
  type SubgraphAnswer,
  SubgraphCallError,
  type SubgraphError,
  type SubgraphOperation,
} from './subgraph-transport.js';

/** What one run asks of one entity fetch. */
export interface EntityRequest {
  readonly objects: readonly ResponseObject[];
  readonly representations: readonly ResponseObject[];
  /** For each object, the place of its representation, or -1. */
  readonly indexOf: Int32Array;
}

/** An error of a subgraph with its path below the list of entities, if it has one. */
export interface EntityError {
  readonly error: SubgraphError;
  readonly path: ResponsePathKeys | undefined;
}

export interface EntityFetchOptions {
  readonly typeMatches: TypeMatches;
  /** Set when another fetch of the plan may ask exactly the same. */
  readonly sharedAs: string | undefined;
  /** Each place gets its own copy, because the same entity may be continued differently in two places. */
  readonly copies: boolean;
}

export class EntityFetch {
  readonly operation: SubgraphOperation;
  readonly node: FetchNode;
  readonly path: ResponsePath;
  readonly #options: EntityFetchOptions;
  readonly #builder: RepresentationBuilder;
  readonly #rewriteInput: ApplyRewrites | undefined;
  readonly #rewriteOutput: ApplyRewrites | undefined;
  readonly #renamed: ReadonlyMap<string, string>;

  constructor(node: FetchNode, path: ResponsePath, options: EntityFetchOptions) {
    this.operation = prepareOperation(node);
    this.node = node;
    this.path = path;
    this.#options = options;
    this.#builder = new RepresentationBuilder(node.requires ?? [], options.typeMatches);
    this.#rewriteInput = compileRewrites(node.inputRewrites, options.typeMatches);
    this.#rewriteOutput = compileRewrites(node.outputRewrites, options.typeMatches);
    this.#renamed = renamedKeys(node.outputRewrites);
  }

  async run(run: OperationRun): Promise<void> {
    const request = this.gather(this.path.collect(run.data));
    if (request) await this.runFor(run, request, this.variables(run));
  }

  async runFor(run: OperationRun, request: EntityRequest, variables: ResponseObject): Promise<void> {
    variables.representations = request.representations;
    try {
      this.#deliverAnswer(run, request, await this.#call(run, variables));
    } catch (failure) {
      this.fail(run, request, failure);
    }
  }

  variables(run: OperationRun): ResponseObject {
    return pickVariables(this.node.variableUsages, run.variables);
  }

  /** Undefined when there is nobody to ask for. */
  gather(objects: readonly ResponseObject[]): EntityRequest | undefined {
    if (objects.length === 0) return undefined;
    const { list, indexOf } = this.#builder.build(objects);
    if (list.length === 0) return undefined;
    this.#rewriteInput?.(list);
    return { objects, representations: list, indexOf };
  }

  /** `entities` is the list of one `_entities` field. */
  deliver(run: OperationRun, request: EntityRequest, entities: unknown, errors: readonly EntityError[]): void {
    const known = entitiesOf(request, entities, errors);
    if (!known) {
      this.fail(run, request, wrongNumber(this.operation.subgraph));
      return;
    }
    if (errors.length > 0) this.report(run, request, errors);
    const delivered = this.#options.copies ? new Set<number>() : undefined;
    for (let i = 0; i < request.objects.length; i++) {
      const index = request.indexOf[i] ?? -1;
      const object = request.objects[i];
      if (!object || index < 0) continue;
      const entity = known[index];
      if (!isResponseObject(entity)) {
        run.silenced.add(object);
        continue;
      }
      this.#keepType(entity, object);
      if (this.#rewriteOutput) this.#rewrite(entity, object);
      mergeAnswer(object, delivered?.has(index) ? copyOf(entity) : entity);
      delivered?.add(index);
    }
  }

  fail(run: OperationRun, request: EntityRequest, failure: unknown): void {
    for (const object of request.objects) run.silenced.add(object);
    const path = commonPath([...this.#positions(run, request).values()].flat());
    run.errors.push(errorOfCall(failure, this.operation.subgraph, path && run.clientPath(path)));
  }

  #call(run: OperationRun, variables: ResponseObject): Promise<SubgraphAnswer> {
    const { sharedAs } = this.#options;
    if (sharedAs === undefined) return run.call(this.operation, variables);
    return run.callOnce(sharedAs + JSON.stringify(variables), this.operation, variables);
  }

  #deliverAnswer(run: OperationRun, request: EntityRequest, { data, errors = [] }: SubgraphAnswer): void {
    const entities = isResponseObject(data) ? data._entities : undefined;
    if (!Array.isArray(entities) && errors.length === 0) throw noData(this.operation.subgraph);
    this.deliver(run, request, entities, errors.map(belowEntities));
  }

  /** A subgraph that sees an interface as one object answers the interface's name; it must not replace the real type. */
  #keepType(entity: ResponseObject, { __typename: known }: ResponseObject): void {
    const answered = entity.__typename;
    if (typeof answered !== 'string' || typeof known !== 'string' || answered === known) return;
    if (this.#options.typeMatches(known, answered)) entity.__typename = known;
  }

  /** The rewrites look at types, which the answer need not repeat. */
  #rewrite(entity: ResponseObject, object: ResponseObject): void {
    entity.__typename ??= object.__typename;
    this.#rewriteOutput?.(entity);
  }

  report(run: OperationRun, request: EntityRequest, errors: readonly EntityError[]): void {
    const positions = this.#positions(run, request);
    for (const error of errors) this.#reportOne(run, positions, error);
  }

  /** The same entity may stand in many places, and each place misses what the error is about. */
  #reportOne(
    run: OperationRun,
    positions: ReadonlyMap<number, ResponsePathKeys[]>,
    { error, path }: EntityError,
  ): void {
    const [index, ...rest] = path ?? [];
    const places = typeof index === 'number' ? (positions.get(index) ?? []) : [];
    if (places.length === 0) {
      const everywhere = commonPath([...positions.values()].flat());
      run.errors.push(errorOfSubgraph(error, this.operation.subgraph, everywhere && run.clientPath(everywhere)));
      return;
    }
    const end = rest.map((key) => this.#renamed.get(String(key)) ?? key);
    for (const place of places) {
      run.explain([...place, ...end]);
      run.errors.push(errorOfSubgraph(error, this.operation.subgraph, run.clientPath([...place, ...end])));
    }
  }

  /** Where each representation stands in the response. */
  #positions(run: OperationRun, { objects, indexOf }: EntityRequest): Map<number, ResponsePathKeys[]> {
    const indexOfObject = new Map(objects.map((object, i) => [object, indexOf[i] ?? -1]));
    const positions = new Map<number, ResponsePathKeys[]>();
    for (const { object, path } of this.path.locate(run.data)) {
      const index = indexOfObject.get(object);
      if (index === undefined || index < 0) continue;
      const known = positions.get(index);
      if (known) known.push(path);
      else positions.set(index, [path]);
    }
    return positions;
  }
}

/** Undefined when the answer does not have one entity for each representation. */
function entitiesOf(request: EntityRequest, entities: unknown, errors: readonly EntityError[]) {
  if (!Array.isArray(entities)) return errors.length > 0 ? [] : undefined;
  return entities.length === request.representations.length ? (entities as readonly unknown[]) : undefined;
}

function wrongNumber(subgraph: string): SubgraphCallError {
  const message = `The service "${subgraph}" did not answer one entity for each that was asked for.`;
  return new SubgraphCallError('SUBGRAPH_BAD_RESPONSE', message);
}

function belowEntities(error: SubgraphError): EntityError {
  return { error, path: error.path?.[0] === '_entities' ? error.path.slice(1) : undefined };
}

/** The deepest place that contains all of them: one failed call is one error, wherever its objects stand. */
function commonPath(paths: readonly ResponsePathKeys[]): ResponsePathKeys | undefined {
  const [first, ...others] = paths;
  if (!first) return undefined;
  let length = first.length;
  for (const path of others) {
    let same = 0;
    while (same < length && path[same] === first[same]) same++;
    length = same;
  }
  return length === 0 ? undefined : first.slice(0, length);
}
