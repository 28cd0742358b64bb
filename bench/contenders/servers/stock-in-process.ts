import 'reflect-metadata';
import { ApolloGateway, type GraphQLDataSourceProcessOptions, LocalGraphQLDataSource } from '@apollo/gateway';
import type { GatewayRequest } from '#gateway/request.js';
import { transportInProcess } from '#gateway/transports.js';
import { createLogger } from '#kernel/runtime/logger.js';
import type { RunningService } from '#kernel/runtime/service.js';
import type { ServiceName } from '../../../services/service-definitions.js';
import { startHub } from '../../../services/start-hub.js';
import { serveStock } from './stock-server.js';
import { config, databaseUrl, readSupergraph, secret, stopOnSignal } from './surroundings.js';

/** Gives the resolvers the context they know; the rest is the stock data source. */
class ServiceDataSource extends LocalGraphQLDataSource<GatewayRequest> {
  constructor(private readonly service: RunningService) {
    super(service.schema);
  }

  override process(options: GraphQLDataSourceProcessOptions<GatewayRequest>) {
    const { viewer, requestId } = options.context as GatewayRequest;
    const context = this.service.createContext({ viewer, requestId });
    return super.process({ ...options, context: context as unknown as GatewayRequest });
  }
}

const hub = await startHub({
  config: { ...config, PEOPLE_PORT: 0, IDEAS_PORT: 0, CONVERSATIONS_PORT: 0 },
  roles: ['people', 'ideas', 'conversations'],
  secret,
  databaseUrl,
  log: createLogger('error', 'stock'),
  onProgress: () => undefined,
});
const gateway = new ApolloGateway({
  supergraphSdl: await readSupergraph(),
  buildService: ({ name }) => new ServiceDataSource(service(name)),
});
const server = await serveStock(gateway, transportInProcess(service('people')));
stopOnSignal(async () => {
  await server.stop();
  await hub.stop();
});

function service(name: string): RunningService {
  const found = hub.services.get(name as ServiceName);
  if (!found) throw new Error(`The supergraph names "${name}", which does not run here.`);
  return found;
}
