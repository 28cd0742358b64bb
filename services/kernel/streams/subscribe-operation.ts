import { createSourceEventStream, type DocumentNode, type ExecutionResult, execute, GraphQLError } from 'graphql';
import { maskError, maskErrors } from '../errors/mask-errors.js';
import { refusedForScopes } from '../graphql/scope-guard.js';
import type { SubgraphCall } from '../runtime/request-context.js';
import type { RunningService } from '../runtime/service.js';
import { traceExecution } from '../tracing/trace-execution.js';
import type { StreamItem } from './stream-field.js';

/**
 * What a subgraph sends on a subscription: events with their cursors, and cursors alone at the beginning and while nothing
 * happens. `previous` is the cursor of the event before, or that from which the subscription began: heartbeats may be left out
 * on the way to a client, so the chain goes through events only.
 */
export type StreamFrame =
  | { readonly kind: 'event'; readonly result: ExecutionResult; readonly cursor: string; readonly previous: string }
  | { readonly kind: 'heartbeat'; readonly cursor: string };

export type Subscribed = { readonly frames: AsyncIterable<StreamFrame> } | { readonly errors: readonly GraphQLError[] };

export interface SubscribeRequest {
  readonly document: DocumentNode;
  readonly operationName: string | undefined;
  readonly variables: { readonly [name: string]: unknown };
}

/**
 * Starts a valid subscription on a service. Nothing seen with one event is remembered for the next.
 * The frames end with the signal; when they end with an error, whoever reads on subscribes again after the last cursor.
 */
export async function subscribeOperation(
  service: RunningService,
  request: SubscribeRequest,
  call: SubgraphCall,
  signal: AbortSignal,
): Promise<Subscribed> {
  if (!call.trace) return subscribe(service, request, call, signal);
  const { document, operationName } = request;
  const traced = { service: service.name, document, operationName };
  const { subscribed } = await traceExecution(call.trace, traced, async () => {
    const subscribed = await subscribe(service, request, call, signal);
    return { subscribed, ...('errors' in subscribed ? { errors: subscribed.errors } : {}) };
  });
  return subscribed;
}

async function subscribe(
  service: RunningService,
  { document, operationName, variables }: SubscribeRequest,
  call: SubgraphCall,
  signal: AbortSignal,
): Promise<Subscribed> {
  const context = service.createContext(call, signal);
  const refused = refusedForScopes(service.schema, document, operationName, call);
  if (refused) return refused;
  const base = { schema: service.schema, document, operationName, variableValues: variables };
  const source = await createSourceEventStream({ ...base, contextValue: context });
  if (!(Symbol.asyncIterator in source))
    return { errors: maskErrors(source, context.log, call.requestId).errors ?? [] };
  const items = source as AsyncIterable<StreamItem>;
  const resolve: ResolveEvent = async ({ event, context: contextValue }) =>
    refuseHalf(maskErrors(await execute({ ...base, rootValue: event, contextValue }), context.log, call.requestId));
  const failed = (error: unknown) => maskError(asGraphQLError(error), context.log, call.requestId);
  return { frames: framesOf(items, resolve, failed) };
}

type ResolveEvent = (item: Extract<StreamItem, { kind: 'event' }>) => Promise<ExecutionResult>;

/** An event is delivered once: half of it, because the database was away for a moment, would be all there ever is. */
function refuseHalf(result: ExecutionResult): ExecutionResult {
  const away = result.errors?.find(({ extensions }) => extensions.code === 'UNAVAILABLE');
  if (away) throw away;
  return result;
}

async function* framesOf(
  items: AsyncIterable<StreamItem>,
  resolve: ResolveEvent,
  failed: (error: unknown) => GraphQLError,
): AsyncGenerator<StreamFrame, void> {
  try {
    for await (const item of items) {
      if (item.kind === 'heartbeat') yield item;
      else yield { kind: 'event', result: await resolve(item), cursor: item.cursor, previous: item.previous };
    }
  } catch (error) {
    throw failed(error);
  }
}

function asGraphQLError(error: unknown): GraphQLError {
  if (error instanceof GraphQLError) return error;
  const originalError = error instanceof Error ? error : new Error(String(error));
  return new GraphQLError(originalError.message, { originalError });
}
