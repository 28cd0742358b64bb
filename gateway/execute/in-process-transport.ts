/**
 * Asks a subgraph that lives in this process: the parsed document goes straight to the schema. Each document is checked
 * and prepared once, as long as the operation it belongs to is kept; how it is then executed can be replaced.
 */
import { type DocumentNode, type ExecutionResult, execute, type GraphQLSchema, validate } from 'graphql';
import {
  type SubgraphAnswer,
  SubgraphCallError,
  type SubgraphRequest,
  type SubgraphTransport,
} from './subgraph-transport.js';

/** One document, ready to run many times. Must answer fresh objects on every run. */
export type PreparedDocument = (
  variables: { readonly [name: string]: unknown },
  contextValue: unknown,
) => ExecutionResult | Promise<ExecutionResult>;

/** The seam for a compiling executor. */
export type PrepareDocument = (
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | undefined,
) => PreparedDocument;

export interface InProcessOptions<Context> {
  readonly schema: GraphQLSchema;
  readonly contextValue: (context: Context, request: SubgraphRequest) => unknown;
  readonly prepare?: PrepareDocument;
}

export function createInProcessTransport<Context>(options: InProcessOptions<Context>): SubgraphTransport<Context> {
  const { schema, contextValue, prepare = prepareForGraphqlJs } = options;
  const prepared = new WeakMap<DocumentNode, PreparedDocument>();
  return {
    execute(request, context): SubgraphAnswer | Promise<SubgraphAnswer> {
      let run = prepared.get(request.document);
      if (!run) {
        refuseInvalid(schema, request);
        run = prepare(schema, request.document, request.operationName);
        prepared.set(request.document, run);
      }
      return run(request.variables, contextValue(context, request));
    },
  };
}

export const prepareForGraphqlJs: PrepareDocument =
  (schema, document, operationName) => (variableValues, contextValue) =>
    execute({ schema, document, operationName, variableValues, contextValue });

/** Happens only when the subgraph and the supergraph were built from different schemas. */
function refuseInvalid(schema: GraphQLSchema, { subgraph, document }: SubgraphRequest): void {
  const [error] = validate(schema, document);
  if (!error) return;
  const message = `The service "${subgraph}" does not fit the composed schema: ${error.message} Compose it again.`;
  throw new SubgraphCallError('SUBGRAPH_BAD_RESPONSE', message);
}
