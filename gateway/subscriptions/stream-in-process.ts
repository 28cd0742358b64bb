import type { SubgraphRequest } from '#gateway/execute/subgraph-transport.js';
import type { GatewayRequest } from '#gateway/request.js';
import type { RunningService } from '#kernel/runtime/service.js';
import { type StreamFrame, subscribeOperation } from '#kernel/streams/subscribe-operation.js';
import { declined, type StreamTransport, type SubgraphFrame } from './subgraph-stream.js';

/** Subscribes to a service of this process. */
export function streamInProcess(service: RunningService): StreamTransport<GatewayRequest> {
  return {
    async subscribe({ document, operationName, variables, signal }: SubgraphRequest, { viewer, requestId, trace }) {
      const request = { document, operationName, variables };
      const subscribed = await subscribeOperation(service, request, { viewer, requestId, trace }, signal);
      if ('errors' in subscribed)
        throw declined(
          service.name,
          subscribed.errors.map((error) => error.toJSON()),
        );
      return frames(subscribed.frames);
    },
  };
}

async function* frames(source: AsyncIterable<StreamFrame>): AsyncGenerator<SubgraphFrame, void> {
  for await (const frame of source) {
    if (frame.kind === 'heartbeat') yield frame;
    else yield { kind: 'event', answer: frame.result, cursor: frame.cursor, previous: frame.previous };
  }
}
