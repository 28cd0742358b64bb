/**
 * Our executor behind Apollo Server: the server parses, validates and formats; this plans, runs and shapes. Operations
 * are compiled once and kept by the hash of their text, so a repeated query costs no planning.
 */
import type { ApolloServerOptionsWithGateway, BaseContext } from '@apollo/server';
import { SpanKind } from '@opentelemetry/api';
import { type DocumentNode, GraphQLError, type GraphQLSchema } from 'graphql';
import type { MeasureOperation } from '#gateway/metrics/measure-operations.js';
import type { Supergraph } from '#gateway/plan/supergraph.js';
import type { OpenSpan } from '#kernel/tracing/open-span.js';
import { type CompiledOperation, compileOperation } from './compile-operation.js';
import { OperationCache } from './operation-cache.js';
import type { RunOperationOptions } from './run-operation.js';
import type { SubgraphTransport } from './subgraph-transport.js';
import type { CompiledSubscription } from './subscription-operation.js';

export type ApolloGateway = ApolloServerOptionsWithGateway<BaseContext>['gateway'];

export interface ApolloGatewayOptions<Context> {
  readonly supergraph: Supergraph;
  /** One transport for each subgraph, by its name in the supergraph. They are closed when the server stops. */
  readonly transports: ReadonlyMap<string, SubgraphTransport<Context>>;
  /** At most this many compiled operations are kept. */
  readonly cachedOperations?: number;
  readonly fetchTimeoutMs?: number;
  readonly operationTimeoutMs?: number;
  /** Ends the work for a client that went away. */
  readonly signalOf?: (context: Context) => AbortSignal | undefined;
  /** The span of a request that is traced. */
  readonly traceOf?: (context: Context) => OpenSpan | undefined;
  /** Told of each operation that was run. */
  readonly measure?: MeasureOperation;
}

type Compile = WeftGateway['compiled'];
type SchemaListener = Parameters<ApolloGateway['onSchemaLoadOrUpdate']>[0];

export interface OperationKey {
  readonly document: DocumentNode;
  /** Any text that is the same only for the same document. */
  readonly queryHash: string;
  readonly operationName: string | null | undefined;
  /** Told when the operation is planned anew. */
  readonly trace?: OpenSpan | undefined;
}

export interface WeftGateway extends ApolloGateway {
  /** The compiled operation, from the cache if it is there. Subscriptions and warm-up use it without Apollo Server. */
  compiled(key: OperationKey): CompiledOperation | CompiledSubscription;
  /** Serves another supergraph from now on. What was validated against the one before still runs with it. */
  replace(supergraph: Supergraph): void;
}

const DEFAULT_CACHED_OPERATIONS = 1_000;

export function createApolloGateway<Context>(options: ApolloGatewayOptions<Context>): WeftGateway {
  const { transports } = options;
  const fetch = fetchThrough(transports);
  const compilers = new WeakMap<GraphQLSchema, Compile>();
  const listeners = new Set<SchemaListener>();
  const compilerOf = (served: Supergraph) => {
    requireTransports(served, transports);
    const made = cachedCompiler(served, options.cachedOperations ?? DEFAULT_CACHED_OPERATIONS);
    compilers.set(served.apiSchema, made);
    return made;
  };
  let supergraph = options.supergraph;
  let compile = compilerOf(supergraph);
  const tell = (listener: SchemaListener) =>
    listener({ apiSchema: supergraph.apiSchema, coreSupergraphSdl: supergraph.sdl });
  return {
    compiled: (key) => compile(key),
    replace(next) {
      compile = compilerOf(next);
      supergraph = next;
      for (const listener of listeners) tell(listener);
    },
    onSchemaLoadOrUpdate(listener) {
      listeners.add(listener);
      tell(listener);
      return () => void listeners.delete(listener);
    },
    async load() {
      return {
        executor: async ({ request, document, queryHash, operationName, schema, context }) => {
          const compiled = compilers.get(schema) ?? compile;
          const trace = options.traceOf?.(context as Context);
          const operation = compileOrRefuse(() => compiled({ document, queryHash, operationName, trace }));
          if (operation instanceof GraphQLError) return { errors: [operation] };
          const limits = limitsOf(options, operation, context as Context);
          const start = performance.now();
          const result = await operation.run({ ...limits, variables: request.variables, fetch });
          options.measure?.(operation.kind, result.errors !== undefined, performance.now() - start);
          return result;
        },
      };
    },
    async stop() {
      await Promise.all([...transports.values()].map((transport) => transport.close?.()));
    },
  };
}

export function fetchThrough<Context>(transports: ReadonlyMap<string, SubgraphTransport<Context>>) {
  return ((request, context) => {
    const transport = transports.get(request.subgraph);
    if (!transport) throw new Error(`No transport is known for the subgraph "${request.subgraph}".`);
    return transport.execute(request, context);
  }) satisfies SubgraphTransport<Context>['execute'];
}

function cachedCompiler(supergraph: Supergraph, limit: number): Compile {
  const cache = new OperationCache<CompiledOperation | CompiledSubscription>(limit);
  return ({ document, queryHash, operationName, trace }) => {
    const key = `${queryHash}\n${operationName ?? ''}`;
    const known = cache.get(key);
    if (known) return known;
    const planning = trace?.begin('plan', SpanKind.INTERNAL, {});
    try {
      const operation = compileOperation(supergraph, document, operationName);
      cache.set(key, operation);
      return operation;
    } finally {
      planning?.end();
    }
  };
}

/** A planner that refuses an operation tells the client why; anything else it throws is a bug and stays one. */
function compileOrRefuse(compile: () => CompiledOperation | CompiledSubscription): CompiledOperation | GraphQLError {
  try {
    const operation = compile();
    if (operation.kind !== 'subscription') return operation;
    const message = 'Subscriptions are not answered over plain HTTP. Use WebSocket or Server-Sent Events.';
    return new GraphQLError(message, { extensions: { code: 'BAD_REQUEST' } });
  } catch (error) {
    if (error instanceof GraphQLError) return error;
    throw error;
  }
}

/** A mutation runs on when its client has gone: half of it done would be worse. */
function limitsOf<Context>(options: ApolloGatewayOptions<Context>, { kind }: CompiledOperation, context: Context) {
  return {
    context,
    signal: kind === 'mutation' ? undefined : options.signalOf?.(context),
    fetchTimeoutMs: options.fetchTimeoutMs,
    operationTimeoutMs: options.operationTimeoutMs,
  } satisfies Partial<RunOperationOptions<Context>>;
}

function requireTransports(supergraph: Supergraph, transports: ReadonlyMap<string, unknown>): void {
  const missing = supergraph.subgraphs.filter(({ name }) => !transports.has(name)).map(({ name }) => name);
  if (missing.length > 0)
    throw new Error(`These subgraphs have no transport: ${missing.join(', ')}. Add one for each.`);
}
