import type { GraphQLFormattedError } from 'graphql';
import { Agent } from 'undici';
import { z } from 'zod';
import type { SubgraphRequest } from '#gateway/execute/subgraph-transport.js';
import type { GatewayRequest } from '#gateway/request.js';
import { readEvents } from './read-events.js';
import { declined, type StreamTransport, type SubgraphFrame } from './subgraph-stream.js';

export interface StreamOverHttpOptions {
  readonly url: string;
  readonly headers: (context: GatewayRequest) => Readonly<Record<string, string>>;
}

/** A subgraph says something at least every ten seconds; three times as long without a word means that the line is dead. */
const silenceMs = 30_000;
/** It takes a subscription, or refuses it, by looking at its log: at once. */
const answerMs = 5_000;

const frame = z.object({
  data: z.unknown(),
  errors: z
    .array(
      z.object({
        message: z.string(),
        path: z.array(z.union([z.string(), z.number()])).optional(),
        extensions: z.record(z.string(), z.unknown()).optional(),
      }),
    )
    .optional(),
  extensions: z.object({ weft: z.object({ cursor: z.string(), previous: z.string() }).optional() }).optional(),
});
const refusal = z.object({ errors: frame.shape.errors.unwrap().min(1) });

/** Subscribes to a subgraph of another process by Server-Sent Events. Each subscription has a connection of its own. */
export function streamOverHttp({ url, headers }: StreamOverHttpOptions): StreamTransport<GatewayRequest> {
  const agent = new Agent({
    connections: null,
    bodyTimeout: silenceMs,
    headersTimeout: answerMs,
    connect: { timeout: 3_000 },
  });
  const { origin, pathname } = new URL(url);
  return {
    async subscribe(request: SubgraphRequest, context: GatewayRequest) {
      const {
        statusCode,
        headers: answered,
        body,
      } = await agent.request({
        origin,
        path: pathname,
        method: 'POST',
        headers: { ...headers(context), 'content-type': 'application/json', accept: 'text/event-stream' },
        body: JSON.stringify({
          query: request.text,
          operationName: request.operationName,
          variables: request.variables,
        }),
        signal: request.signal,
      });
      const streams = statusCode === 200 && String(answered['content-type']).startsWith('text/event-stream');
      if (streams) return frames(body);
      const told = refusal.safeParse(await body.json().catch(() => undefined));
      if (statusCode === 200 && told.success) throw declined(origin, told.data.errors as GraphQLFormattedError[]);
      throw new Error(`The subgraph at ${origin} answered a subscription with status ${statusCode}.`);
    },
  };
}

async function* frames(body: AsyncIterable<Buffer>): AsyncGenerator<SubgraphFrame, void> {
  for await (const { id, event, data } of readEvents(body)) {
    if (event === 'complete') return;
    if (event === 'next') {
      const { extensions, ...answer } = frame.parse(JSON.parse(data));
      yield { kind: 'event', answer: answer as never, ...extensions?.weft };
    } else if (id !== undefined) {
      yield { kind: 'heartbeat', cursor: id };
    }
  }
}
