import type { ApolloServer } from '@apollo/server';
import { GraphQLError, getOperationAST } from 'graphql';
import type { GraphQLParameters } from '#gateway/http/graphql-parameters.js';
import type { GatewayRequest, MakeRequest } from '#gateway/request.js';
import type { Viewer } from '#kernel/auth/viewer.js';
import type { DocumentCache } from '#kernel/http/document-cache.js';
import type { Sink } from './subscriber.js';
import type { Subscriptions } from './subscriptions.js';
import { toFormatted } from './to-formatted.js';

export interface StartOperationParts {
  readonly server: ApolloServer<GatewayRequest>;
  readonly subscriptions: Subscriptions;
  readonly documents: DocumentCache;
  readonly makeRequest: MakeRequest;
  readonly newRequestId: () => string;
}

export type StartOperation = (
  parameters: GraphQLParameters & { readonly resumeFrom?: string | undefined },
  viewer: Viewer,
  sink: Sink,
) => () => void;

/** Starts any operation of a streaming transport: a subscription streams, a query or mutation gives one result and completes. */
export function operationStarter(parts: StartOperationParts): StartOperation {
  return (parameters, viewer, sink) => {
    const document = parseOrRefuse(parts.documents, parameters.query);
    const operation = getOperationAST(document, parameters.operationName);
    if (operation?.operation !== 'subscription') return runOnce(parts, parameters, viewer, sink);
    const [invalid] = parts.documents.validate(document);
    if (invalid) throw withCode(invalid, 'GRAPHQL_VALIDATION_FAILED');
    const { operationName, variables, resumeFrom } = parameters;
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
  parameters: GraphQLParameters,
  viewer: Viewer,
  sink: Sink,
): () => void {
  let ended = false;
  const run = async () => {
    const { query, operationName, variables } = parameters;
    const request = { query, ...(operationName ? { operationName } : {}), ...(variables ? { variables } : {}) };
    const { body } = await server.executeOperation(request, {
      contextValue: await makeRequest(viewer, newRequestId()),
    });
    if (ended || body.kind !== 'single') return;
    sink.next(JSON.stringify(body.singleResult), undefined);
    sink.complete();
  };
  run().catch((error: unknown) => {
    if (!ended) sink.fail([toFormatted(error)]);
  });
  return () => {
    ended = true;
  };
}
