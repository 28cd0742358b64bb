/** Runs a document over a test graph, every subgraph in process. */
import { type DocumentNode, parse, validate } from 'graphql';
import { compileOperation } from '#gateway/execute/compile-operation.js';
import { createInProcessTransport } from '#gateway/execute/in-process-transport.js';
import type { OperationResult, RunOperationOptions } from '#gateway/execute/run-operation.js';
import type { SubgraphFetch, SubgraphRequest, SubgraphTransport } from '#gateway/execute/subgraph-transport.js';
import type { ShopContext } from './shop/shop-context.js';
import type { TestGraph } from './test-graph.js';

export interface RunDocument {
  readonly variables?: { readonly [name: string]: unknown };
  readonly context?: ShopContext;
  /** Sees every request, and may answer it instead of the subgraph. */
  readonly intercept?: SubgraphFetch<ShopContext>;
  readonly options?: Partial<RunOperationOptions<ShopContext>>;
}

export type Answer = OperationResult & { readonly calls: readonly SubgraphRequest[] };

export async function runDocument(graph: TestGraph, source: string | DocumentNode, run: RunDocument = {}) {
  const document = typeof source === 'string' ? parse(source) : source;
  const [invalid] = validate(graph.supergraph.apiSchema, document);
  if (invalid) throw invalid;
  const operation = compileOperation(graph.supergraph, document);
  if (operation.kind === 'subscription') throw new Error('Use compileOperation for subscriptions.');
  const calls: SubgraphRequest[] = [];
  const fetch = fetchOf(graph);
  const result = await operation.run({
    variables: run.variables,
    context: run.context ?? { journal: [] },
    fetch: (request, context) => {
      calls.push(request);
      return (run.intercept ?? fetch)(request, context);
    },
    ...run.options,
  });
  return { ...result, calls };
}

export function fetchOf({ schemas }: TestGraph): SubgraphFetch<ShopContext> {
  const transports = new Map<string, SubgraphTransport<ShopContext>>();
  for (const [name, schema] of schemas) {
    transports.set(name, createInProcessTransport({ schema, contextValue: (context) => context }));
  }
  return (request, context) => {
    const transport = transports.get(request.subgraph);
    if (!transport) throw new Error(`No subgraph is named "${request.subgraph}".`);
    return transport.execute(request, context);
  };
}
