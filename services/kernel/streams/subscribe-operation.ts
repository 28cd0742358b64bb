import { createSourceEventStream, type DocumentNode, type ExecutionResult, execute, type GraphQLError } from 'graphql';
import { maskErrors } from '../errors/mask-errors.js';
import type { SubgraphCall } from '../runtime/request-context.js';
import type { RunningService } from '../runtime/service.js';
import type { StreamItem } from './stream-field.js';

/** What a subgraph sends on a subscription: events with their cursors, and cursors alone while nothing happens. */
export type StreamFrame =
  | { readonly kind: 'event'; readonly result: ExecutionResult; readonly cursor: string; readonly previous: string }
  | { readonly kind: 'heartbeat'; readonly cursor: string };

export type Subscribed = { readonly frames: AsyncIterable<StreamFrame> } | { readonly errors: readonly GraphQLError[] };

export interface SubscribeRequest {
  readonly document: DocumentNode;
  readonly operationName: string | undefined;
  readonly variables: { readonly [name: string]: unknown };
}

/** Starts a valid subscription on a service. Every event is resolved in a context of its own: nothing seen once is remembered. */
export async function subscribeOperation(
  service: RunningService,
  { document, operationName, variables }: SubscribeRequest,
  call: SubgraphCall,
  signal: AbortSignal,
): Promise<Subscribed> {
  const context = service.createContext(call, signal);
  const base = { schema: service.schema, document, operationName, variableValues: variables };
  const source = await createSourceEventStream({ ...base, contextValue: context });
  if (!(Symbol.asyncIterator in source))
    return { errors: maskErrors(source, context.log, call.requestId).errors ?? [] };
  const items = source as AsyncIterable<StreamItem>;
  return {
    frames: resolveEach(items, async (item) => {
      const result = await execute({ ...base, rootValue: item.event, contextValue: item.context });
      return refuseHalf(maskErrors(result, context.log, call.requestId));
    }),
  };
}

/** The database was lost in the middle of an event. The stream has to be opened again from the place before it. */
export class StreamLost extends Error {
  override readonly name = 'StreamLost';
}

/** An event is delivered once: half of it, because the database was away for a moment, would be all there ever is. */
function refuseHalf(result: ExecutionResult): ExecutionResult {
  const away = result.errors?.find(({ extensions }) => extensions.code === 'UNAVAILABLE');
  if (away) throw new StreamLost(away.message);
  return result;
}

async function* resolveEach(
  items: AsyncIterable<StreamItem>,
  resolve: (item: Extract<StreamItem, { kind: 'event' }>) => Promise<ExecutionResult>,
): AsyncGenerator<StreamFrame, void> {
  for await (const item of items) {
    if (item.kind === 'heartbeat') yield item;
    else yield { kind: 'event', result: await resolve(item), cursor: item.cursor, previous: item.previous };
  }
}
