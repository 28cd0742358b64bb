/** What starting and ending a run has in common for queries, mutations and the events of a subscription. */
import type { GraphQLError, OperationDefinitionNode } from 'graphql';
import type { Supergraph } from '#gateway/plan/supergraph.js';
import type { Introspection } from './introspection.js';
import { OperationRun } from './operation-run.js';
import { coerceVariables } from './operation-variables.js';
import type { ResponseProjection } from './projection/response-projection.js';
import type { ResponseObject, SubgraphFetch } from './subgraph-transport.js';

export interface RunOperationOptions<Context = unknown> {
  readonly variables?: { readonly [name: string]: unknown } | null | undefined;
  /** Handed to every call of `fetch` as it is. */
  readonly context: Context;
  readonly fetch: SubgraphFetch<Context>;
  /** Ends the operation and every call of it that is under way. */
  readonly signal?: AbortSignal | undefined;
  readonly fetchTimeoutMs?: number | undefined;
  readonly operationTimeoutMs?: number | undefined;
}

export interface OperationResult {
  /** Absent when the operation could not start, for example because of its variables. */
  data?: ResponseObject | null;
  errors?: readonly GraphQLError[];
  extensions?: ResponseObject;
}

/** Everything about an operation that its runs have in common. */
export interface OperationParts {
  readonly projection: ResponseProjection;
  readonly introspection: Introspection;
  readonly operation: OperationDefinitionNode;
  readonly supergraph: Supergraph;
  readonly clientKeys: ReadonlyMap<string, string>;
}

const DEFAULT_FETCH_TIMEOUT_MS = 15_000;
const DEFAULT_OPERATION_TIMEOUT_MS = 30_000;

/** Starts a run whose limits are set, or tells what is wrong with the variables. */
export function startRun<Context>(
  { supergraph, operation, clientKeys }: OperationParts,
  options: RunOperationOptions<Context>,
): OperationRun<Context> | readonly GraphQLError[] {
  const { variables, errors } = coerceVariables(supergraph.apiSchema, operation, options.variables);
  if (errors) return errors;
  return new OperationRun({
    variables,
    context: options.context,
    fetch: options.fetch,
    clientKeys,
    signal: options.signal,
    limits: {
      fetchTimeoutMs: options.fetchTimeoutMs ?? DEFAULT_FETCH_TIMEOUT_MS,
      operationTimeoutMs: options.operationTimeoutMs ?? DEFAULT_OPERATION_TIMEOUT_MS,
    },
  });
}

export function resultOf(run: OperationRun, data: ResponseObject | null): OperationResult {
  return run.errors.length > 0 ? { data, errors: run.errors } : { data };
}
