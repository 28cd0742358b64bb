import type { IncomingMessage, ServerResponse } from 'node:http';
import { type DocumentNode, GraphQLError, type GraphQLFormattedError, getOperationAST } from 'graphql';
import { z } from 'zod';
import type { SubgraphCall } from '../runtime/request-context.js';
import type { RunningService } from '../runtime/service.js';
import { type StreamFrame, subscribeOperation } from '../streams/subscribe-operation.js';
import type { DocumentCache } from './document-cache.js';
import { openEventStream } from './event-stream.js';

const body = z.object({
  query: z.string(),
  operationName: z.string().nullish(),
  variables: z.record(z.string(), z.unknown()).nullish(),
});

export function asksForStream({ method, headers }: IncomingMessage): boolean {
  return (method === 'POST' || method === 'GET') && (headers.accept ?? '').includes('text/event-stream');
}

/** Answers a subscription of a subgraph by Server-Sent Events; what cannot be subscribed to is answered as plain JSON. */
export async function serveStream(
  service: RunningService,
  documents: DocumentCache,
  call: SubgraphCall,
  request: IncomingMessage,
  response: ServerResponse,
  stopping: AbortSignal,
): Promise<void> {
  const asked = body.safeParse(await readAsked(request));
  if (!asked.success) return refuse(response, [{ message: 'This is no GraphQL request.' }]);
  const { query, operationName, variables } = asked.data;
  const document = documents.parse(query);
  const errors = documents.validate(document);
  if (errors.length > 0)
    return refuse(
      response,
      errors.map((error) => error.toJSON()),
    );
  if (!isSubscription(document, operationName))
    return refuse(response, [{ message: 'Only subscriptions are streamed.' }]);
  const ended = endOf(response, stopping);
  const subscribed = await subscribeOperation(
    service,
    { document, operationName: operationName ?? undefined, variables: variables ?? {} },
    call,
    ended,
  );
  if ('errors' in subscribed)
    return refuse(
      response,
      subscribed.errors.map((error) => error.toJSON()),
    );
  try {
    await send(subscribed.frames, response);
  } catch (error) {
    // Broken off and not ended: the gateway opens it again from the last place.
    response.destroy();
    // What the stream itself ended with is masked, and logged where that is needed.
    if (!(error instanceof GraphQLError)) throw error;
  }
}

/** Not AbortSignal.any: what it keeps at a signal that lives as long as the process grows with every stream. */
function endOf(response: ServerResponse, stopping: AbortSignal): AbortSignal {
  const ending = new AbortController();
  const end = () => ending.abort();
  // Whoever broke off while the question was read is not told of again: the stream would never end.
  if (stopping.aborted || response.destroyed) {
    end();
    return ending.signal;
  }
  stopping.addEventListener('abort', end);
  response.on('close', () => {
    stopping.removeEventListener('abort', end);
    end();
  });
  return ending.signal;
}

async function send(frames: AsyncIterable<StreamFrame>, response: ServerResponse): Promise<void> {
  const stream = openEventStream(response);
  for await (const frame of frames) {
    if (frame.kind === 'heartbeat') stream.heartbeat(frame.cursor);
    else {
      const weft = { cursor: frame.cursor, previous: frame.previous };
      stream.next(JSON.stringify({ ...frame.result, extensions: { weft } }), frame.cursor);
    }
    if (stream.waiting > pauseAbove) await drained(response);
  }
  stream.complete();
}

/** The log is the queue: a gateway that reads slowly is simply read for more slowly. */
const pauseAbove = 256 * 1024;

function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      response.off('drain', go);
      response.off('close', go);
      resolve();
    };
    response.on('drain', go);
    response.on('close', go);
    if (response.destroyed || !response.writableNeedDrain) go();
  });
}

function isSubscription(document: DocumentNode, operationName: string | null | undefined): boolean {
  return getOperationAST(document, operationName)?.operation === 'subscription';
}

/** Other gateways ask by GET for what changes nothing; the call is signed all the same. Undefined when it is not JSON. */
async function readAsked(request: IncomingMessage): Promise<unknown> {
  try {
    if (request.method === 'POST') return JSON.parse(await readText(request));
    const search = new URL(request.url ?? '/', 'http://subgraph').searchParams;
    const variables: unknown = JSON.parse(search.get('variables') ?? '{}');
    return { query: search.get('query'), operationName: search.get('operationName'), variables };
  } catch {
    return undefined;
  }
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

function refuse(response: ServerResponse, errors: readonly GraphQLFormattedError[]): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ errors }));
}
