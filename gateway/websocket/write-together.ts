import type { Duplex } from 'node:stream';

/** More than this is not held back: what waits here counts as waiting for the client. */
const maxHeldBytes = 32 * 1024;

const held = new Set<Duplex>();

/**
 * What is written to a socket within one turn of the event loop leaves with one call of the system, not with one for each message:
 * that call is most of what a message costs, and events come in bursts.
 */
export function writeTogether(socket: Duplex): void {
  if (held.has(socket)) {
    if (socket.writableLength < maxHeldBytes) return;
    socket.uncork();
    socket.cork();
    return;
  }
  if (held.size === 0) setImmediate(letAllGo);
  held.add(socket);
  socket.cork();
}

function letAllGo(): void {
  for (const socket of held) socket.uncork();
  held.clear();
}
