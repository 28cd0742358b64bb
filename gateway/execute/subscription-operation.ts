/**
 * A subscription, compiled: the one field of the one subgraph that makes the events, and the rest of the plan, which
 * runs once for each event. Who subscribes, how often and for whom is decided elsewhere.
 */

import { GraphQLError } from 'graphql';
import type { SubscriptionNode } from '#gateway/plan/query-plan.js';
import { compilePlan } from './compile-plan.js';
import { OperationRun } from './operation-run.js';
import { type CoercedVariables, coerceVariables } from './operation-variables.js';
import { ResponsePath } from './response-path.js';
import { RootFetch } from './root-fetch.js';
import {
  type OperationParts,
  type OperationResult,
  type RunOperationOptions,
  resultOf,
  startRun,
} from './run-operation.js';
import type { ResponseObject, SubgraphAnswer, SubgraphOperation } from './subgraph-transport.js';

export interface CompiledSubscription {
  readonly kind: 'subscription';
  readonly primary: SubscriptionPrimary;
  /** Whether an event needs any subgraph besides the one that makes it. */
  readonly hasRest: boolean;
  /** Equal results mean the same subscription: coerced, with defaults. */
  coerceVariables(given: RunOperationOptions['variables']): CoercedVariables;
  /** Completes and shapes one event. The event's data is written into, so it must not be used for anything else. */
  completeEvent<Context>(event: SubgraphAnswer, options: RunOperationOptions<Context>): Promise<OperationResult>;
}

export interface SubscriptionPrimary extends SubgraphOperation {
  /** The key of the root field in the client's response. */
  readonly responseKey: string;
  readonly variableUsages: readonly string[];
  /** The variables to subscribe with, taken from coerced ones. */
  variables(coerced: ResponseObject): ResponseObject;
}

export function compileSubscription(node: SubscriptionNode, parts: OperationParts): CompiledSubscription {
  const { typeMatches, apiSchema } = parts.supergraph;
  const primary = new RootFetch(node.primary, new ResponsePath([], typeMatches), typeMatches, undefined);
  const rest = node.rest && compilePlan(node.rest, typeMatches);
  return {
    kind: 'subscription',
    primary: describePrimary(node, primary, parts.clientKeys),
    hasRest: rest !== undefined,
    coerceVariables: (given) => coerceVariables(apiSchema, parts.operation, given),
    async completeEvent(event, options) {
      const run = startRun(parts, options);
      if (!(run instanceof OperationRun)) return { errors: run };
      try {
        primary.receive(run, event);
        await rest?.(run);
        return resultOf(run, parts.projection.project(parts.projection.variantFor(run.variables), run));
      } finally {
        run.end();
      }
    },
  };
}

function describePrimary(
  { primary }: SubscriptionNode,
  fetch: RootFetch,
  clientKeys: ReadonlyMap<string, string>,
): SubscriptionPrimary {
  const [responseKey, ...others] = fetch.rootKeys;
  if (responseKey === undefined || others.length > 0) throw notOneField();
  return {
    ...fetch.operation,
    responseKey: clientKeys.get(responseKey) ?? responseKey,
    variableUsages: primary.variableUsages ?? [],
    variables: (coerced) => fetch.variablesFrom(coerced),
  };
}

export function notOneField(): GraphQLError {
  const message = 'A subscription selects exactly one field. Use one operation for each.';
  return new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });
}
