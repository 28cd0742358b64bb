import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { Publisher } from './contributions.js';

/** Makes the bare server send; an event happens when it is told to. */
export async function broadcasts(url: string, text: string): Promise<Publisher> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  await once(socket, 'open');
  return {
    async publish(count) {
      const now = performance.timeOrigin + performance.now();
      socket.send(JSON.stringify({ type: 'broadcast', payload: { count, text } }));
      return Array.from({ length: count }, () => now);
    },
    async close() {
      socket.terminate();
    },
  };
}
