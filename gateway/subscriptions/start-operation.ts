import type { ApolloServer } from '@apollo/server';
import { GraphQLError, getOperationAST } from 'graphql';
import type { GraphQLParameters } from '#gateway/http/graphql-parameters.js';
import { stringifyAnswer } from '#gateway/http/stringify-answer.js';
import type { Guard } from '#gateway/limits/guard.js';
import type { GatewayRequest, MakeRequest } from '#gateway/request.js';
import type { DocumentPolicy } from '#gateway/trusted/document-policy.js';
import type { Viewer } from '#kernel/auth/viewer.js';
import type { ScopeGuard } from '#kernel/graphql/scope-guard.js';
import type { DocumentCache } from '#kernel/http/document-cache.js';
import { refuseHardStreams } from './stream-operation.js';
import type { Sink } from './subscriber.js';
import type { Subscriptions } from './subscriptions.js';
import { toFormatted } from './to-formatted.js';

export interface StartOperationParts {
  readonly server: ApolloServer<GatewayRequest>;
  readonly subscriptions: Subscriptions;
  readonly guard: Guard;
  readonly documents: DocumentCache;
  readonly policy: DocumentPolicy;
  readonly guardScopes: ScopeGuard;
  readonly makeRequest: MakeRequest;
  readonly newRequestId: () => string;
}

export interface OperationParameters extends GraphQLParameters {
  /** Where a client goes on that resumes by its transport. */
  readonly resumeFrom?: string | undefined;
  /** True where a change must not come from, such as a GET. */
  readonly safeOnly?: boolean;
}

export type StartOperation = (
  parameters: OperationParameters,
  viewer: Viewer,
  sink: Sink,
  /** From where it is asked. */
  address?: string | null,
) => () => void;

/** Starts any operation of a streaming transport: a subscription streams, a query or mutation gives one result and completes. */
export function operationStarter(parts: StartOperationParts): StartOperation {
  return (parameters, viewer, sink, address = null) => {
    const query = parts.policy.textOf(parameters);
    parts.guard.checkDocument(query);
    const document = parseOrRefuse(parts.documents, query);
    const operation = getOperationAST(document, parameters.operationName);
    if (operation?.operation === 'mutation' && parameters.safeOnly)
      throw new GraphQLError('A mutation is sent by POST.', { extensions: { code: 'BAD_REQUEST' } });
    refuseHardStreams(parts.documents, query);
    if (operation?.operation !== 'subscription') return runOnce(parts, { ...parameters, query }, viewer, sink, address);
    const [invalid] = parts.documents.validate(document);
    if (invalid) throw withCode(invalid, 'GRAPHQL_VALIDATION_FAILED');
    const { operationName, variables, resumeFrom } = parameters;
    parts.guardScopes(viewer, document, operationName);
    return parts.subscriptions.subscribe(
      { document, operationName, variables: variables ?? {}, resumeFrom, viewer, requestId: parts.newRequestId() },
      sink,
    );
  };
}

function parseOrRefuse(documents: DocumentCache, text: string) {
  try {
    return documents.parse(text);
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    throw withCode(error, 'GRAPHQL_PARSE_FAILED');
  }
}

function withCode({ message, nodes, source, positions }: GraphQLError, code: string): GraphQLError {
  return new GraphQLError(message, {
    nodes: nodes ?? null,
    source: source ?? null,
    positions: positions ?? null,
    extensions: { code },
  });
}

/** Through Apollo Server, so that every transport has the same rules. */
function runOnce(
  { server, makeRequest, newRequestId }: StartOperationParts,
  parameters: GraphQLParameters & { readonly query: string },
  viewer: Viewer,
  sink: Sink,
  address: string | null,
): () => void {
  const gone = new AbortController();
  const run = async () => {
    const { query, operationName, variables } = parameters;
    const request = { query, ...(operationName ? { operationName } : {}), ...(variables ? { variables } : {}) };
    const contextValue = { ...(await makeRequest(viewer, newRequestId(), address)), signal: gone.signal };
    const { body } = await server.executeOperation(request, { contextValue });
    if (gone.signal.aborted) return;
    if (body.kind !== 'single') throw new Error('An operation in pieces cannot be given over a stream.');
    const { data, errors } = body.singleResult;
    // Without "data" it was refused before anything was executed, which is an error of the operation and no result of it.
    if (data === undefined && errors) return sink.fail(errors);
    sink.next(stringifyAnswer(body.singleResult), undefined);
    sink.complete();
  };
  run().catch((error: unknown) => {
    if (!gone.signal.aborted) sink.fail([toFormatted(error)]);
  });
  return () => gone.abort();
}
