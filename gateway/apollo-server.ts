import {
  ApolloServer,
  type GraphQLRequestContextDidResolveOperation,
  type GraphQLRequestContextWillSendResponse,
} from '@apollo/server';
import type { Tracer } from '@opentelemetry/api';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Logger } from 'pino';
import type { ScopeGuard } from '#kernel/graphql/scope-guard.js';
import type { ApolloGateway } from './execute/apollo-gateway.js';
import { statusOfRefusal } from './http/status-of-refusal.js';
import { stringifyAnswer } from './http/stringify-answer.js';
import type { Admission } from './limits/admission.js';
import { admissionPlugin } from './limits/admission-plugin.js';
import type { GatewayRequest } from './request.js';
import { tracingPlugin } from './tracing/tracing-plugin.js';
import type { DocumentPolicy } from './trusted/document-policy.js';

/** Apollo Server in front: HTTP, parsing, validation, persisted queries and errors as its users know them. Executing is ours. */
export function createApolloServer(
  gateway: ApolloGateway,
  log: Logger,
  { trustedOnly }: Pick<DocumentPolicy, 'trustedOnly'>,
  guardScopes: ScopeGuard,
  admission: Admission,
  tracer?: Tracer,
): ApolloServer<GatewayRequest> {
  return new ApolloServer<GatewayRequest>({
    gateway,
    // For automatic persisted queries: the least recently used are forgotten, so that strangers cannot fill the memory.
    cache: 'bounded',
    ...(trustedOnly ? { persistedQueries: false as const } : {}),
    introspection: true,
    stringifyResult: stringifyAnswer,
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
      ...(tracer ? [tracingPlugin(tracer)] : []),
      {
        requestDidStart: async ({ contextValue, response }) =>
          void response.http.headers.set('x-request-id', contextValue.requestId),
      },
      {
        requestDidStart: async () => ({
          didResolveOperation: async (resolved) => refuseForScopes(resolved, guardScopes),
        }),
      },
      admissionPlugin(admission),
      { requestDidStart: async () => ({ willSendResponse: async (answer) => tellOldClients(answer) }) },
    ],
  });
}

/** Before anything of the operation runs. Apollo Server would make a fault of ours of it, did it not name a status. */
function refuseForScopes(
  { contextValue, document, operationName }: GraphQLRequestContextDidResolveOperation<GatewayRequest>,
  guardScopes: ScopeGuard,
): void {
  try {
    guardScopes(contextValue.viewer, document, operationName);
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    throw new GraphQLError(error.message, { extensions: { ...error.extensions, http: { status: 403 } } });
  }
}

function tellOldClients({ request, response }: GraphQLRequestContextWillSendResponse<GatewayRequest>): void {
  if (response.http.status !== 400) return;
  const errors = response.body.kind === 'single' ? (response.body.singleResult.errors ?? []) : [];
  const codes = errors.map(({ extensions }) => extensions?.code);
  response.http.status = statusOfRefusal(codes, request.http?.headers.get('accept'));
}

/** Errors of subgraphs were masked there. What is left without a code of ours is a fault of the gateway itself. */
function maskUnplanned(formatted: GraphQLFormattedError, error: unknown, log: Logger): GraphQLFormattedError {
  if (formatted.extensions?.code !== 'INTERNAL_SERVER_ERROR') return formatted;
  const cause = error instanceof GraphQLError ? error.originalError : error;
  if (isRefusal(error)) return { ...formatted, extensions: { ...formatted.extensions, code: 'BAD_REQUEST' } };
  if (cause === undefined) return formatted;
  log.error({ err: cause }, 'unplanned error in the gateway');
  return {
    message: 'Something went wrong on our side.',
    ...(formatted.path ? { path: formatted.path } : {}),
    extensions: { code: 'INTERNAL' },
  };
}

/** Some refusals of Apollo Server, those of persisted queries among them, have a status and no code. */
function isRefusal(error: unknown): boolean {
  const http = error instanceof GraphQLError ? error.extensions.http : undefined;
  return typeof http === 'object' && http !== null && 'status' in http && http.status === 400;
}
