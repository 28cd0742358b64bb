/** The stock gateway, as the oracle our executor is compared with. It lives here because of its licence. */
import { ApolloGateway, type GraphQLDataSource, LocalGraphQLDataSource } from '@apollo/gateway';
import { type DocumentNode, type ExecutionResult, type GraphQLSchema, getOperationAST, print } from 'graphql';

export interface StockRequest {
  readonly document: DocumentNode;
  readonly variables?: { readonly [name: string]: unknown };
  readonly context: object;
}

export interface StockGateway {
  execute(request: StockRequest): Promise<ExecutionResult>;
  stop(): Promise<void>;
}

const noLog = () => {};
const silent = { debug: noLog, info: noLog, warn: noLog, error: noLog };

/** One fetch of the stock gateway. */
export interface StockFetch {
  readonly subgraph: string;
  readonly query: string;
  readonly variables: { readonly [name: string]: unknown };
}

/** Answers a fetch; `context` is that of the request. */
export type AnswerStockFetch = (fetch: StockFetch, context: object) => Promise<ExecutionResult>;

export async function startStockGateway(
  supergraphSdl: string,
  schemas: ReadonlyMap<string, GraphQLSchema>,
): Promise<StockGateway> {
  const sourceOf = (name: string) => new LocalGraphQLDataSource(schemaOf(schemas, name));
  return startStock(supergraphSdl, sourceOf);
}

/** In front of subgraphs that the caller asks itself. */
export function startStockGatewayOver(supergraphSdl: string, answer: AnswerStockFetch): Promise<StockGateway> {
  return startStock(supergraphSdl, (subgraph) => ({
    process: async ({ request, context }) => {
      const result = await answer(
        { subgraph, query: request.query ?? '', variables: request.variables ?? {} },
        context,
      );
      return JSON.parse(JSON.stringify(result)); // as over a wire: the gateway writes into the answers it gets
    },
  }));
}

async function startStock(
  supergraphSdl: string,
  sourceOf: (subgraph: string) => GraphQLDataSource,
): Promise<StockGateway> {
  process.env.APOLLO_TELEMETRY_DISABLED = 'true';
  const gateway = new ApolloGateway({
    supergraphSdl,
    logger: silent,
    buildService: ({ name }) => sourceOf(name),
  });
  const { executor } = await gateway.load();
  return {
    execute: (request) => executor(requestContext(request) as unknown as Parameters<typeof executor>[0]),
    stop: () => gateway.stop(),
  };
}

function schemaOf(schemas: ReadonlyMap<string, GraphQLSchema>, name: string): GraphQLSchema {
  const schema = schemas.get(name);
  if (!schema) throw new Error(`The supergraph names the subgraph "${name}", but no schema is known for it.`);
  return schema;
}

/** The part of Apollo Server's request that the stock gateway reads. */
function requestContext({ document, variables = {}, context }: StockRequest) {
  const query = print(document);
  return {
    request: { query, variables },
    document,
    operation: getOperationAST(document),
    operationName: null,
    queryHash: query,
    source: query,
    context,
    logger: silent,
    metrics: {},
  };
}
