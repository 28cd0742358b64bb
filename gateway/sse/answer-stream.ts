import type { IncomingMessage, ServerResponse } from 'node:http';
import { GraphQLError } from 'graphql';
import { answerError } from '#gateway/http/answer-error.js';
import { type GraphQLParameters, graphqlParameters } from '#gateway/http/graphql-parameters.js';
import { BodyError, readJsonBody } from '#gateway/http/read-body.js';
import type { Sink } from '#gateway/subscriptions/subscriber.js';
import { toFormatted } from '#gateway/subscriptions/to-formatted.js';
import type { Viewer } from '#kernel/auth/viewer.js';
import { openEventStream } from '#kernel/http/event-stream.js';

export interface StreamAnswerer {
  authenticate(authorization: string | undefined): Promise<Viewer>;
  start(
    parameters: GraphQLParameters & { readonly resumeFrom?: string | undefined },
    viewer: Viewer,
    sink: Sink,
  ): () => void;
  /** Ends every stream. */
  readonly stopping: AbortSignal;
}

const maxWaitingBytes = 256 * 1024;
/** Often enough that no proxy between us takes a quiet stream for a dead one. */
const keepAliveMs = 15_000;
const recheckMs = 1_000;

export function asksForStream(request: IncomingMessage): boolean {
  return (request.headers.accept ?? '').includes('text/event-stream');
}

/**
 * GraphQL over Server-Sent Events, distinct connections mode: one request, one operation, one stream. `Last-Event-ID` resumes it,
 * which a browser's EventSource does by itself.
 */
export async function answerStream(
  answerer: StreamAnswerer,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const parameters = await readParameters(request);
    const viewer = await answerer.authenticate(request.headers.authorization);
    stream(answerer, parameters, viewer, request, response);
  } catch (error) {
    if (error instanceof BodyError)
      return answerError(response, error.status, new GraphQLError(error.message, { extensions: { code: error.code } }));
    const formatted = toFormatted(error);
    const status = formatted.extensions?.code === 'UNAUTHENTICATED' ? 401 : 400;
    answerError(response, status, new GraphQLError(formatted.message, { extensions: formatted.extensions ?? {} }));
  }
}

function stream(
  answerer: StreamAnswerer,
  parameters: GraphQLParameters,
  viewer: Viewer,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const events = openEventStream(response);
  let stop: () => void = () => undefined;
  const timers = [setInterval(() => events.heartbeat(), keepAliveMs), setInterval(() => void recheck(), recheckMs)];
  const end = () => {
    for (const timer of timers) clearInterval(timer);
    answerer.stopping.removeEventListener('abort', goAway);
    stop();
  };
  const sink: Sink = {
    next(payload, cursor) {
      if (events.waiting > maxWaitingBytes) return false;
      events.next(payload, cursor);
      return true;
    },
    heartbeat: (cursor) => events.heartbeat(cursor),
    fail(errors) {
      events.next(JSON.stringify({ errors }));
      events.complete();
      end();
    },
    complete() {
      events.complete();
      end();
    },
  };
  // Without "complete": an EventSource then comes back by itself, with the id of its last event.
  const goAway = () => response.end();
  async function recheck(): Promise<void> {
    const refused = await answerer.authenticate(request.headers.authorization).then(() => undefined, toFormatted);
    if (refused?.extensions?.code === 'UNAUTHENTICATED') sink.fail([refused]);
  }
  response.on('close', end);
  answerer.stopping.addEventListener('abort', goAway);
  const resumeFrom = request.headers['last-event-id']?.toString();
  try {
    stop = answerer.start({ ...parameters, resumeFrom }, viewer, sink);
  } catch (error) {
    sink.fail([toFormatted(error)]);
  }
  if (response.writableEnded) stop();
}

async function readParameters(request: IncomingMessage): Promise<GraphQLParameters> {
  if (request.method === 'POST') return graphqlParameters(await readJsonBody(request));
  const search = new URL(request.url ?? '/', 'http://hub').searchParams;
  const variables = search.get('variables');
  return graphqlParameters({
    query: search.get('query'),
    operationName: search.get('operationName'),
    variables: variables === null ? undefined : parseVariables(variables),
  });
}

function parseVariables(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new BodyError(400, 'BAD_JSON', 'The parameter "variables" is not JSON.');
  }
}
