import { ApolloServer } from '@apollo/server';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Logger } from 'pino';
import type { ApolloGateway } from './execute/apollo-gateway.js';
import type { GatewayRequest } from './request.js';

/** Apollo Server in front: HTTP, parsing, validation, persisted queries and errors as its users know them. Executing is ours. */
export function createApolloServer(gateway: ApolloGateway, log: Logger): ApolloServer<GatewayRequest> {
  return new ApolloServer<GatewayRequest>({
    gateway,
    introspection: true,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    includeStacktraceInErrorResponses: false,
    nodeEnv: 'production',
    stopOnTerminationSignals: false,
    logger: {
      debug: () => undefined,
      info: () => undefined,
      warn: (text) => log.warn(text),
      error: (text) => log.error(text),
    },
    formatError: (formatted, error) => maskUnplanned(formatted, error, log),
    plugins: [
      {
        requestDidStart: async ({ contextValue, response }) =>
          void response.http.headers.set('x-request-id', contextValue.requestId),
      },
    ],
  });
}

/** Errors of subgraphs were masked there. What is left without a code of ours is a fault of the gateway itself. */
function maskUnplanned(formatted: GraphQLFormattedError, error: unknown, log: Logger): GraphQLFormattedError {
  if (formatted.extensions?.code !== 'INTERNAL_SERVER_ERROR') return formatted;
  const cause = error instanceof GraphQLError ? error.originalError : error;
  if (cause === undefined) return formatted;
  log.error({ err: cause }, 'unplanned error in the gateway');
  return {
    message: 'Something went wrong on our side.',
    ...(formatted.path ? { path: formatted.path } : {}),
    extensions: { code: 'INTERNAL' },
  };
}
