import type { ApolloServer } from '@apollo/server';
import type { Tracer } from '@opentelemetry/api';
import { type DocumentNode, GraphQLError, type GraphQLSchema, getOperationAST } from 'graphql';
import type { GraphQLParameters } from '#gateway/http/graphql-parameters.js';
import { stringifyAnswer } from '#gateway/http/stringify-answer.js';
import type { Admission } from '#gateway/limits/admission.js';
import type { OpenSubscriptions } from '#gateway/limits/connections/open-subscriptions.js';
import type { Guard } from '#gateway/limits/guard.js';
import type { Caller } from '#gateway/limits/rate/rate-limiter.js';
import type { GatewayRequest, MakeRequest } from '#gateway/request.js';
import type { DocumentPolicy } from '#gateway/trusted/document-policy.js';
import type { Viewer } from '#kernel/auth/viewer.js';
import type { ScopeGuard } from '#kernel/graphql/scope-guard.js';
import type { DocumentCache } from '#kernel/http/document-cache.js';
import { beginRequest, type OpenSpan } from '#kernel/tracing/open-span.js';
import { refuseHardStreams } from './stream-operation.js';
import type { TransportSink } from './subscriber.js';
import type { Subscriptions } from './subscriptions.js';
import { toFormatted } from './to-formatted.js';

export interface StartOperationParts {
  readonly server: ApolloServer<GatewayRequest>;
  readonly subscriptions: Subscriptions;
  readonly guard: Guard;
  readonly admission: Admission;
  readonly open: OpenSubscriptions;
  readonly schema: GraphQLSchema;
  readonly documents: DocumentCache;
  readonly policy: DocumentPolicy;
  readonly guardScopes: ScopeGuard;
  readonly makeRequest: MakeRequest;
  readonly newRequestId: () => string;
  readonly tracer?: Tracer | undefined;
}

export interface OperationParameters extends GraphQLParameters {
  /** Where a client goes on that resumes by its transport. */
  readonly resumeFrom?: string | undefined;
  /** From where the client asks. */
  readonly address: string;
  /** The trace of the client, as its header names it. */
  readonly traceparent?: string | undefined;
  /** True where a change must not come from, such as a GET. */
  readonly safeOnly?: boolean;
}

/** Whatever is wrong with the operation is told to the sink. */
export type StartOperation = (parameters: OperationParameters, viewer: Viewer, sink: TransportSink) => () => void;

/** Starts any operation of a streaming transport: a subscription streams, a query or mutation gives one result and completes. */
export function operationStarter(parts: StartOperationParts): StartOperation {
  return (parameters, viewer, sink) => {
    let stopped = false;
    let stop = () => {};
    begin(parts, parameters, viewer, sink).then(
      (started) => {
        if (stopped) started();
        else stop = started;
      },
      (error: unknown) => {
        if (!stopped) sink.fail([toFormatted(error)]);
      },
    );
    return () => {
      stopped = true;
      stop();
    };
  };
}

async function begin(
  parts: StartOperationParts,
  parameters: OperationParameters,
  viewer: Viewer,
  sink: TransportSink,
): Promise<() => void> {
  const caller = { viewer, address: parameters.address };
  const query = parts.policy.textOf(parameters);
  await parts.admission.read(caller, parts.guard.checkDocument(query));
  const document = parseOrRefuse(parts.documents, query);
  const operation = getOperationAST(document, parameters.operationName);
  if (operation?.operation === 'mutation' && parameters.safeOnly)
    throw new GraphQLError('A mutation is sent by POST.', { extensions: { code: 'BAD_REQUEST' } });
  refuseHardStreams(parts.documents, query);
  if (operation?.operation !== 'subscription') return runOnce(parts, { ...parameters, query }, viewer, sink);
  const trace = parts.tracer && beginRequest(parts.tracer, parameters.traceparent, 'subscription');
  const name = parameters.operationName;
  trace?.set({ 'graphql.operation.type': 'subscription', ...(name ? { 'graphql.operation.name': name } : {}) });
  try {
    const stop = await subscribe(parts, { document, caller, trace }, parameters, sink);
    trace?.end();
    return stop;
  } catch (refused) {
    trace?.end(String(toFormatted(refused).extensions?.code));
    throw refused;
  }
}

interface Asked {
  readonly document: DocumentNode;
  readonly caller: Caller;
  readonly trace: OpenSpan | undefined;
}

async function subscribe(
  parts: StartOperationParts,
  { document, caller, trace }: Asked,
  { operationName, variables, resumeFrom }: OperationParameters,
  sink: TransportSink,
): Promise<() => void> {
  const [invalid] = parts.documents.validate(document);
  if (invalid) throw withCode(invalid, 'GRAPHQL_VALIDATION_FAILED');
  parts.guardScopes(caller.viewer, document, operationName);
  const admitted = await parts.admission.run(caller, { schema: parts.schema, document, operationName, variables });
  if (admitted?.refused) throw admitted.refused;
  sink.lasts();
  const requestId = parts.newRequestId();
  const { viewer } = caller;
  const request = { document, operationName, variables: variables ?? {}, resumeFrom, viewer, requestId, trace };
  return parts.open.open(caller, sink, (noticed) => parts.subscriptions.subscribe(request, noticed));
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
  parameters: OperationParameters & { readonly query: string },
  viewer: Viewer,
  sink: TransportSink,
): () => void {
  const gone = new AbortController();
  const run = async () => {
    const { query, operationName, variables, extensions, address } = parameters;
    const request = {
      query,
      ...(operationName ? { operationName } : {}),
      ...(variables ? { variables } : {}),
      ...(extensions?.cost === true ? { extensions: { cost: true } } : {}),
    };
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
