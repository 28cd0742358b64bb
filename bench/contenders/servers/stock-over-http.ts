import { ApolloGateway, type GraphQLDataSourceProcessOptions, RemoteGraphQLDataSource } from '@apollo/gateway';
import type { GatewayRequest } from '#gateway/request.js';
import { transportOverHttp } from '#gateway/transports.js';
import { viewerHeader } from '#kernel/auth/viewer-header.js';
import { serveStock } from './stock-server.js';
import { peopleUrl, readSupergraph, stopOnSignal } from './surroundings.js';

/** Sends the signed viewer along; the rest is the stock data source. */
class SubgraphDataSource extends RemoteGraphQLDataSource<GatewayRequest> {
  override willSendRequest({ request, context }: GraphQLDataSourceProcessOptions<GatewayRequest>): void {
    if ('signedViewer' in context) request.http?.headers.set(viewerHeader, context.signedViewer);
  }
}

const gateway = new ApolloGateway({
  supergraphSdl: await readSupergraph(),
  buildService: ({ url }) => new SubgraphDataSource({ url: url ?? '' }),
});
const server = await serveStock(gateway, transportOverHttp(peopleUrl));
stopOnSignal(() => server.stop());
