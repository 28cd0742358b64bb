import { createHash } from 'node:crypto';
import { type DocumentNode, GraphQLError } from 'graphql';
import type { Logger } from 'pino';
import type { WeftGateway } from '#gateway/execute/apollo-gateway.js';
import { OperationCache } from '#gateway/execute/operation-cache.js';
import type { SubgraphAnswer, SubgraphFetch } from '#gateway/execute/subgraph-transport.js';
import type { CompiledSubscription } from '#gateway/execute/subscription-operation.js';
import type { Supergraph } from '#gateway/plan/supergraph.js';
import type { GatewayRequest, MakeRequest } from '#gateway/request.js';
import { traceStream } from '#gateway/tracing/trace-stream.js';
import type { Viewer } from '#kernel/auth/viewer.js';
import type { OpenSpan } from '#kernel/tracing/open-span.js';
import { accessClass } from './access-class.js';
import { completeEvents } from './complete-events.js';
import { EventFetches } from './event-fetches.js';
import { Patience } from './patience.js';
import type { OpenUpstream } from './shared-stream.js';
import { afterVariable, prepareStream, type StreamOperation } from './stream-operation.js';
import { StreamRegistry } from './stream-registry.js';
import type { StreamTransport } from './subgraph-stream.js';
import { type Sink, Subscriber } from './subscriber.js';

export interface SubscriptionsOptions {
  readonly supergraph: Supergraph;
  readonly compiled: WeftGateway['compiled'];
  readonly fetch: SubgraphFetch<GatewayRequest>;
  readonly streams: ReadonlyMap<string, StreamTransport<GatewayRequest>>;
  readonly makeRequest: MakeRequest;
  readonly log: Logger;
  readonly lingerMs: number;
  readonly slowClientMs: number;
  readonly fetchTimeoutMs: number;
  readonly operationTimeoutMs: number;
}

/** A valid document that subscribes, as a transport hands it over. */
export interface SubscriptionRequest {
  readonly document: DocumentNode;
  readonly operationName: string | null | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Instead of the argument `after`, from a client that resumes by its transport (Last-Event-ID). */
  readonly resumeFrom?: string | undefined;
  readonly viewer: Viewer;
  readonly requestId: string;
  /** The span of whoever asks, where it is traced. */
  readonly trace?: OpenSpan | undefined;
}

export interface Subscriptions {
  /** Starts delivering to the sink; returns how to end it. Throws a GraphQLError for what cannot be subscribed to. */
  subscribe(request: SubscriptionRequest, sink: Sink): () => void;
  /** Upstream subscriptions that are open now. */
  readonly upstreams: number;
  stop(): void;
}

interface Prepared {
  readonly operation: StreamOperation;
  readonly compiled: CompiledSubscription;
}

const keptOperations = 1_000;

export function createSubscriptions(options: SubscriptionsOptions): Subscriptions {
  const registry = new StreamRegistry(options);
  const prepare = preparer(options);
  const fetches = new EventFetches(options.fetchTimeoutMs);
  return {
    subscribe(request, sink) {
      const { operation, compiled } = prepare(request);
      const after = request.resumeFrom ?? operation.after(request.variables);
      const variables = coerce(compiled, request.variables);
      const key = `${operation.hash}\n${hashOf(operation.withoutPlace(variables))}\n${accessClass(request.viewer)}`;
      const open = opener(options, fetches, compiled, variables, request);
      return registry.join({ key, open }, new Subscriber(sink, operation.resumable ? after : undefined));
    },
    get upstreams() {
      return registry.size;
    },
    stop: () => registry.stop(),
  };
}

/** Compiles each operation once, also when clients write their places into its text. */
function preparer(options: SubscriptionsOptions) {
  const byHash = new OperationCache<CompiledSubscription>(keptOperations);
  const byDocument = new WeakMap<DocumentNode, Map<string, Prepared>>();
  return ({ document, operationName }: SubscriptionRequest): Prepared => {
    const name = operationName ?? '';
    const known = byDocument.get(document)?.get(name);
    if (known) return known;
    const operation = prepareStream(options.supergraph.apiSchema, document, operationName);
    const compiled = byHash.get(operation.hash) ?? compile(options, operation, operationName);
    byHash.set(operation.hash, compiled);
    const made = { operation, compiled };
    byDocument.set(document, (byDocument.get(document) ?? new Map()).set(name, made));
    return made;
  };
}

function compile(
  { compiled }: SubscriptionsOptions,
  { document, hash }: StreamOperation,
  operationName: string | null | undefined,
): CompiledSubscription {
  const operation = compiled({ document, queryHash: hash, operationName });
  if (operation.kind === 'subscription') return operation;
  throw new GraphQLError('This is no subscription.', { extensions: { code: 'BAD_SUBSCRIPTION' } });
}

type Variables = Readonly<Record<string, unknown>>;

function coerce(compiled: CompiledSubscription, given: Variables): Variables {
  const { variables, errors } = compiled.coerceVariables(given);
  if (variables) return variables;
  throw errors[0] ?? new GraphQLError('The variables do not fit the operation.');
}

function opener(
  { streams, fetch, makeRequest, fetchTimeoutMs, operationTimeoutMs }: SubscriptionsOptions,
  fetches: EventFetches,
  compiled: CompiledSubscription,
  variables: Variables,
  { viewer, requestId, trace }: SubscriptionRequest,
): OpenUpstream {
  const { primary } = compiled;
  const transport = streams.get(primary.subgraph);
  if (!transport) throw new Error(`The subgraph "${primary.subgraph}" cannot stream.`);
  // The request is made anew for every call: a stream lives longer than the signature of its viewer.
  const request = async (span: OpenSpan | undefined) => ({ ...(await makeRequest(viewer, requestId)), trace: span });
  const traced = traceStream(trace, primary.subgraph);
  const patience = new Patience();
  const seenBy = accessClass(viewer);
  return async (after, signal) => {
    const run = { ...variables, [afterVariable]: after ?? null };
    const asked = { ...primary, variables: primary.variables(run), signal };
    const frames = await traced.opened(async (span) => transport.subscribe(asked, await request(span)));
    const limits = { variables: run, signal, fetchTimeoutMs, operationTimeoutMs };
    const finish = (answer: SubgraphAnswer, cursor: string | undefined) => {
      const shared = cursor === undefined ? fetch : fetches.sharedBy(`${cursor} ${seenBy}`, fetch);
      return traced.event(async (span) =>
        compiled.completeEvent(answer, { ...limits, fetch: shared, context: await request(span) }),
      );
    };
    return completeEvents(frames, finish, signal, patience);
  };
}

function hashOf(variables: Variables): string {
  const sorted = Object.fromEntries(Object.entries(variables).sort(([a], [b]) => (a < b ? -1 : 1)));
  return createHash('sha256').update(JSON.stringify(sorted)).digest('base64url');
}
