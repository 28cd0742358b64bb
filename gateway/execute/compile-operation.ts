/**
 * An operation, compiled once and run many times: plan steps, the projection of the response, and the coercion of
 * variables. Callers keep the result for as long as the supergraph lives; a run then costs the calls, one merge of each
 * answer and one walk over the response.
 */
import { type DocumentNode, GraphQLError, getOperationAST, type OperationDefinitionNode } from 'graphql';
import type { PlanNode } from '#gateway/plan/query-plan.js';
import type { Supergraph } from '#gateway/plan/supergraph.js';
import { compilePlan } from './compile-plan.js';
import { Introspection, needsNoPlan } from './introspection.js';
import { OperationRun } from './operation-run.js';
import type { PlanStep } from './plan-step.js';
import { ResponseProjection } from './projection/response-projection.js';
import {
  type OperationParts,
  type OperationResult,
  type RunOperationOptions,
  resultOf,
  startRun,
} from './run-operation.js';
import { type SafeDocument, withSafeAliases } from './safe-aliases.js';
import { type CompiledSubscription, compileSubscription, notOneField } from './subscription-operation.js';

export interface CompiledOperation {
  readonly kind: 'query' | 'mutation';
  run<Context>(options: RunOperationOptions<Context>): Promise<OperationResult>;
}

/** The document must be valid against the API schema. Throws a GraphQLError when it cannot be planned. */
export function compileOperation(
  supergraph: Supergraph,
  document: DocumentNode,
  operationName?: string | null,
): CompiledOperation | CompiledSubscription {
  const safe = withSafeAliases(document, supergraph.reservedNames);
  const operation = getOperationAST(safe.document, operationName);
  if (!operation) throw unknownOperation(operationName);
  const parts = operationParts(supergraph, document, safe, operation);
  const { node } = supergraph.plan(safe.document, operationName);
  if (node?.kind === 'Subscription') return compileSubscription(node, parts);
  if (operation.operation === 'subscription') throw notOneField();
  return { kind: operation.operation, run: runner(parts, node) };
}

function runner(parts: OperationParts, node: PlanNode | undefined) {
  const step: PlanStep | undefined = node && compilePlan(node, parts.supergraph.typeMatches);
  return async <Context>(options: RunOperationOptions<Context>): Promise<OperationResult> => {
    const run = startRun(parts, options);
    if (!(run instanceof OperationRun)) return { errors: run };
    try {
      const variant = parts.projection.variantFor(run.variables);
      parts.introspection.answer(run, variant.rootFields);
      if (step && !needsNoPlan(variant.rootFields)) await step(run);
      return resultOf(run, parts.projection.project(variant, run));
    } finally {
      run.end();
    }
  };
}

function operationParts(
  supergraph: Supergraph,
  clientDocument: DocumentNode,
  safe: SafeDocument,
  operation: OperationDefinitionNode,
): OperationParts {
  const { apiSchema } = supergraph;
  const rootType = apiSchema.getRootType(operation.operation);
  if (!rootType) throw new GraphQLError(`The schema has no ${operation.operation} operations.`);
  return {
    projection: new ResponseProjection(apiSchema, safe, operation, rootType),
    introspection: new Introspection(apiSchema, clientDocument, operation),
    operation,
    supergraph,
    clientKeys: safe.clientKeys,
  };
}

function unknownOperation(operationName: string | null | undefined): GraphQLError {
  const message = operationName
    ? `The document has no operation named "${operationName}".`
    : 'The document has several operations. Say which one to run with "operationName".';
  return new GraphQLError(message, { extensions: { code: 'OPERATION_RESOLUTION_FAILURE' } });
}
