import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { bucketOfAddress } from '#gateway/limits/rate/address.js';

/**
 * Closes what one address opens beyond so many connections, before a byte of it is read. Behind proxies all connections are theirs:
 * then it is the proxy that has to count.
 */
export function limitConnections(server: Server, maximum: number): void {
  const counts = new Map<string, number>();
  server.on('connection', (socket: Socket) => {
    const address = bucketOfAddress(socket.remoteAddress ?? '');
    const value = (counts.get(address) ?? 0) + 1;
    if (value > maximum) return refuse(socket);
    counts.set(address, value);
    socket.once('close', () => {
      const left = (counts.get(address) ?? 1) - 1;
      if (left === 0) counts.delete(address);
      else counts.set(address, left);
    });
  });
}

/** In words that every HTTP client understands; whoever does not read them is gone all the same. */
function refuse(socket: Socket): void {
  socket.on('error', () => undefined);
  socket.end('HTTP/1.1 429 Too Many Requests\r\nretry-after: 10\r\nconnection: close\r\ncontent-length: 0\r\n\r\n');
  socket.destroySoon();
}
