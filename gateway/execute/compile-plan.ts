/**
 * Turns a query plan into steps that are ready to run. Everything that does not depend on a request is decided here:
 * paths, documents, requirements, rewrites, and which fetches may share a call.
 */
import type { FetchNode, PlanNode } from '#gateway/plan/query-plan.js';
import { combineDocuments } from './combine-documents.js';
import { ContextualFetch } from './contextual-fetch.js';
import { EntityFetch } from './entity-fetch.js';
import { FetchBatch } from './fetch-batch.js';
import type { PlanStep } from './plan-step.js';
import { remember } from './remember.js';
import { ResponsePath, type TypeMatches } from './response-path.js';
import { RootFetch } from './root-fetch.js';
import { prepareOperation } from './subgraph-operation.js';

export interface PlanContext {
  readonly typeMatches: TypeMatches;
  /** Identities, without the operation name, of fetches that occur more than once in the plan. */
  readonly repeated: ReadonlySet<string>;
  readonly copies: boolean;
  /** Fetches that start together and ask the same subgraph, each with the batch it travels in. */
  readonly seats: Map<FetchNode, BatchSeat>;
}

interface BatchSeat {
  readonly batch: FetchBatch;
  readonly index: number;
}

type Path = readonly (string | number)[];

export function compilePlan(node: PlanNode, typeMatches: TypeMatches): PlanStep {
  const fetches = fetchesOf(node, []);
  const copies = fetches.some(({ fetch, path }) => fetch.contextRewrites || path.some(hasTypeCondition));
  return compileNode(node, [], {
    typeMatches,
    repeated: repeatedFetches(fetches),
    copies,
    seats: new Map(),
  });
}

function compileNode(node: PlanNode, path: Path, context: PlanContext): PlanStep {
  switch (node.kind) {
    case 'Sequence':
      return sequence(node.nodes.map((child) => compileNode(child, path, context)));
    case 'Parallel':
      planBatches(node, context.seats);
      return parallel(node.nodes.map((child) => compileNode(child, path, context)));
    case 'Flatten':
      return compileNode(node.node, [...path, ...node.path], context);
    case 'Condition':
      return condition(
        node.condition,
        optional(node.ifClause, path, context),
        optional(node.elseClause, path, context),
      );
    case 'Fetch':
      return compileFetch(node, path, context);
    case 'Defer':
      throw new Error('This plan uses @defer, which is not supported. Remove the directive from the operation.');
  }
}

function optional(node: PlanNode | undefined, path: Path, context: PlanContext): PlanStep | undefined {
  return node && compileNode(node, path, context);
}

function sequence(steps: readonly PlanStep[]): PlanStep {
  return async (run) => {
    for (const step of steps) await step(run);
  };
}

function parallel(steps: readonly PlanStep[]): PlanStep {
  return async (run) => {
    await Promise.all(steps.map((step) => step(run)));
  };
}

function condition(variable: string, whenTrue: PlanStep | undefined, whenFalse: PlanStep | undefined): PlanStep {
  return async (run) => {
    const step = run.variables[variable] === true ? whenTrue : whenFalse;
    await step?.(run);
  };
}

function compileFetch(node: FetchNode, path: Path, context: PlanContext): PlanStep {
  const { typeMatches, repeated, copies, seats } = context;
  const identity = identityOf(node);
  const sharedAs = repeated.has(identity) ? identity : undefined;
  const responsePath = new ResponsePath(path, typeMatches);
  if (!node.requires) {
    const fetch = new RootFetch(node, responsePath, typeMatches, sharedAs);
    return (run) => fetch.run(run);
  }
  const fetch = new EntityFetch(node, responsePath, { typeMatches, sharedAs, copies });
  if (node.contextRewrites) return contextualStep(fetch, typeMatches);
  const seat = seats.get(node);
  return seat ? seat.batch.stepFor(fetch, seat.index) : (run) => fetch.run(run);
}

function contextualStep(fetch: EntityFetch, typeMatches: TypeMatches): PlanStep {
  const contextual = new ContextualFetch(fetch, typeMatches);
  return (run) => contextual.run(run);
}

/** The outermost parallel node comes first and takes all that start with it, also through nodes further down. */
function planBatches(node: PlanNode, seats: Map<FetchNode, BatchSeat>): void {
  const bySubgraph = new Map<string, FetchNode[]>();
  for (const fetch of startingFetches(node)) {
    if (!seats.has(fetch)) remember(bySubgraph, fetch.serviceName, () => []).push(fetch);
  }
  for (const fetches of bySubgraph.values()) {
    const operation = fetches.length > 1 ? combineDocuments(fetches.map(prepareOperation)) : undefined;
    if (!operation) continue;
    const batch = new FetchBatch(operation, fetches.length);
    fetches.forEach((fetch, index) => {
      seats.set(fetch, { batch, index });
    });
  }
}

/** The entity fetches that certainly start as soon as this node does. */
function startingFetches(node: PlanNode | undefined): FetchNode[] {
  switch (node?.kind) {
    case 'Parallel':
      return node.nodes.flatMap(startingFetches);
    case 'Sequence':
      return startingFetches(node.nodes[0]);
    case 'Flatten':
      return startingFetches(node.node);
    case 'Fetch':
      return node.requires && !node.contextRewrites ? [node] : [];
    default:
      return [];
  }
}

interface FetchAtPath {
  readonly fetch: FetchNode;
  readonly path: Path;
}

function fetchesOf(node: PlanNode, path: Path): FetchAtPath[] {
  switch (node.kind) {
    case 'Sequence':
    case 'Parallel':
      return node.nodes.flatMap((child) => fetchesOf(child, path));
    case 'Flatten':
      return fetchesOf(node.node, [...path, ...node.path]);
    case 'Condition':
      return [node.ifClause, node.elseClause].flatMap((child) => (child ? fetchesOf(child, path) : []));
    case 'Fetch':
      return [{ fetch: node, path }];
    case 'Defer':
      return [];
  }
}

/** Only queries are shared: asking twice for a change may mean it twice. */
function repeatedFetches(fetches: readonly FetchAtPath[]): Set<string> {
  const seen = new Set<string>();
  const repeated = new Set<string>();
  for (const { fetch } of fetches) {
    const identity = identityOf(fetch);
    if (fetch.operationKind === 'query' && seen.has(identity)) repeated.add(identity);
    seen.add(identity);
  }
  return repeated;
}

/** The planner numbers the operation names of the fetches; apart from that name, two fetches may be the same. */
function identityOf({ serviceName, operation, operationName }: FetchNode): string {
  const nameless = operationName ? operation.replace(operationName, '') : operation;
  return `${serviceName}\n${nameless}\n`;
}

function hasTypeCondition(element: string | number): boolean {
  return String(element).includes('|[');
}
