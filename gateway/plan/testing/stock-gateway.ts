/** The stock gateway, as the oracle our executor is compared with. It lives here because of its licence. */
import { ApolloGateway, LocalGraphQLDataSource } from '@apollo/gateway';
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

export async function startStockGateway(
  supergraphSdl: string,
  schemas: ReadonlyMap<string, GraphQLSchema>,
  typeConditionedFetching = false,
): Promise<StockGateway> {
  process.env.APOLLO_TELEMETRY_DISABLED = 'true';
  const gateway = new ApolloGateway({
    supergraphSdl,
    logger: silent,
    queryPlannerConfig: { typeConditionedFetching },
    buildService: ({ name }) => new LocalGraphQLDataSource(schemaOf(schemas, name)),
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
