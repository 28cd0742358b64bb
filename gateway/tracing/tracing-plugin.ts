import type { ApolloServerPlugin, GraphQLRequestContextWillSendResponse } from '@apollo/server';
import type { Tracer } from '@opentelemetry/api';
import type { GatewayRequest } from '#gateway/request.js';
import { beginRequest } from '#kernel/tracing/open-span.js';
import { traceparentHeader } from '#kernel/tracing/traceparent.js';

/** One span for each query and mutation, whatever transport brought it; for those over HTTP under the span of the client. */
export function tracingPlugin(tracer: Tracer): ApolloServerPlugin<GatewayRequest> {
  return {
    async requestDidStart({ request, contextValue }) {
      const span = beginRequest(tracer, request.http?.headers.get(traceparentHeader), 'GraphQL Operation');
      contextValue.trace = span;
      return {
        // Clients choose the names of operations, and there is no end of them: as names of spans they could not be grouped.
        async didResolveOperation({ operation, operationName: name }) {
          const type = operation?.operation ?? 'query';
          span.describe(type, {
            'graphql.operation.type': type,
            ...(name ? { 'graphql.operation.name': name } : {}),
          });
        },
        willSendResponse: async (answer) => span.end(codeOf(answer)),
      };
    },
  };
}

function codeOf({ response: { body } }: GraphQLRequestContextWillSendResponse<GatewayRequest>): string | undefined {
  const [error] = body.kind === 'single' ? (body.singleResult.errors ?? []) : [];
  return error && String(error.extensions?.code ?? 'INTERNAL');
}
