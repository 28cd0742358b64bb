import { type DocumentNode, type ExecutionResult, execute, type GraphQLSchema } from 'graphql';
import { maskErrors } from '../errors/mask-errors.js';
import { compileQuery, type RunQuery } from '../execution/compile-query.js';
import { refusedForScopes } from '../graphql/scope-guard.js';
import { traceExecution } from '../tracing/trace-execution.js';
import type { RequestContext } from './request-context.js';
import type { RunningService } from './service.js';

/** Runs a valid document against a service. Whoever calls it, over whatever transport, gets masked errors. */
export function executeOperation(
  service: Pick<RunningService, 'schema'>,
  document: DocumentNode,
  operationName: string | undefined,
  variableValues: { readonly [name: string]: unknown },
  context: RequestContext,
): Promise<ExecutionResult> {
  if (!context.trace) return run(service, document, operationName, variableValues, context);
  const traced = { service: context.db.schema, document, operationName };
  return traceExecution(context.trace, traced, () => run(service, document, operationName, variableValues, context));
}

async function run(
  { schema }: Pick<RunningService, 'schema'>,
  document: DocumentNode,
  operationName: string | undefined,
  variableValues: { readonly [name: string]: unknown },
  context: RequestContext,
): Promise<ExecutionResult> {
  const refused = refusedForScopes(schema, document, operationName, context);
  if (refused) return refused;
  const query = compiled(schema, document, operationName);
  const result = query
    ? await query(variableValues, context)
    : await execute({ schema, document, operationName, variableValues, contextValue: context });
  return maskErrors(result, context.log, context.requestId);
}

type Compiled = Map<string, RunQuery | undefined>;

/** Kept as long as their documents: whoever asks again and again keeps those. */
const bySchema = new WeakMap<GraphQLSchema, WeakMap<DocumentNode, Compiled>>();

function compiled(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | undefined,
): RunQuery | undefined {
  const documents = bySchema.get(schema) ?? new WeakMap<DocumentNode, Compiled>();
  bySchema.set(schema, documents);
  const operations = documents.get(document) ?? new Map<string, RunQuery | undefined>();
  documents.set(document, operations);
  const key = operationName ?? '';
  if (!operations.has(key)) operations.set(key, compileQuery(schema, document, operationName));
  return operations.get(key);
}
