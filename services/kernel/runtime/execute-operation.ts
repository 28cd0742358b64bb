import { type DocumentNode, type ExecutionResult, execute } from 'graphql';
import { maskErrors } from '../errors/mask-errors.js';
import { refusedForScopes } from '../graphql/scope-guard.js';
import type { RequestContext } from './request-context.js';
import type { RunningService } from './service.js';

/** Runs a valid document against a service. Whoever calls it, over whatever transport, gets masked errors. */
export async function executeOperation(
  service: Pick<RunningService, 'schema'>,
  document: DocumentNode,
  operationName: string | undefined,
  variableValues: { readonly [name: string]: unknown },
  context: RequestContext,
): Promise<ExecutionResult> {
  const refused = refusedForScopes(service.schema, document, operationName, context);
  if (refused) return refused;
  const result = await execute({
    schema: service.schema,
    document,
    operationName,
    variableValues,
    contextValue: context,
  });
  return maskErrors(result, context.log, context.requestId);
}
