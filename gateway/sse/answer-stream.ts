import type { IncomingMessage, ServerResponse } from 'node:http';
import { GraphQLError } from 'graphql';
import type { Recheck } from '#gateway/auth/recheck.js';
import { answerError, errorOf } from '#gateway/http/answer-error.js';
import { type GraphQLParameters, graphqlParameters, parametersOfSearch } from '#gateway/http/graphql-parameters.js';
import { BodyError, readJsonBody } from '#gateway/http/read-body.js';
import type { Guard } from '#gateway/limits/guard.js';
import type { StartOperation } from '#gateway/subscriptions/start-operation.js';
import type { TransportSink } from '#gateway/subscriptions/subscriber.js';
import { toFormatted } from '#gateway/subscriptions/to-formatted.js';
import type { GatewayTimes } from '#gateway/times.js';
import type { Viewer } from '#kernel/auth/viewer.js';
import { traceparentHeader } from '#kernel/tracing/traceparent.js';
import { streamTo } from './stream-response.js';

export interface StreamAnswerer {
  authenticate(authorization: string | undefined): Promise<Viewer>;
  readonly start: StartOperation;
  readonly guard: Guard;
  addressOf(request: IncomingMessage): string;
  readonly recheck: Recheck;
  readonly times: GatewayTimes;
  /** Ends every stream. */
  readonly stopping: AbortSignal;
}

export function asksForStream(request: IncomingMessage): boolean {
  return (request.headers.accept ?? '').includes('text/event-stream');
}

/**
 * GraphQL over Server-Sent Events, distinct connections mode: one request, one operation, one stream. `Last-Event-ID` resumes it,
 * which a browser's EventSource does by itself. What is wrong with the request gets a status; what is wrong with the document is
 * told in the stream, since an EventSource shows its page nothing of an answer that is none.
 */
export async function answerStream(
  answerer: StreamAnswerer,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const parameters = await readParameters(request, answerer.guard);
    const credentials = request.headers.authorization;
    const viewer = await answerer.authenticate(credentials);
    if (response.destroyed) return;
    const start = (sink: TransportSink) => startFrom(answerer, request, parameters, viewer, sink);
    streamTo(response, { ...answerer, credentials, viewer, start });
  } catch (error) {
    if (response.headersSent) throw error;
    refuse(response, error);
  }
}

function startFrom(
  { start, addressOf }: StreamAnswerer,
  request: IncomingMessage,
  parameters: GraphQLParameters,
  viewer: Viewer,
  sink: TransportSink,
): () => void {
  const resumeFrom = request.headers['last-event-id']?.toString();
  const address = addressOf(request);
  const traceparent = request.headers[traceparentHeader]?.toString();
  return start({ ...parameters, resumeFrom, address, traceparent, safeOnly: request.method !== 'POST' }, viewer, sink);
}

async function readParameters(request: IncomingMessage, guard: Guard): Promise<GraphQLParameters> {
  if (request.method === 'POST') return graphqlParameters(await readJsonBody(request, guard));
  if (request.method !== 'GET') throw new BodyError(405, 'BAD_REQUEST', 'A stream is asked for by GET or POST.');
  return parametersOfSearch(new URL(request.url ?? '/', 'http://hub').searchParams, guard);
}

function refuse(response: ServerResponse, error: unknown): void {
  if (error instanceof BodyError) {
    if (error.status === 405) response.setHeader('allow', 'GET, POST');
    return answerError(response, error.status, errorOf(error));
  }
  const { message, extensions } = toFormatted(error);
  answerError(response, statusOf(extensions?.code), new GraphQLError(message, { extensions: extensions ?? {} }));
}

/** What is found out before the stream begins: a body over a limit, a bad token, or a hub that cannot check it now. */
function statusOf(code: unknown): number {
  if (code === 'UNAUTHENTICATED') return 401;
  if (code === 'LIMIT_EXCEEDED') return 400;
  return code === 'INTERNAL' ? 500 : 503;
}
