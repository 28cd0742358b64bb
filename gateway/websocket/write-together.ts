import type { Duplex } from 'node:stream';

/** More than this is not held back: what waits here counts as waiting for the client. */
const maxHeldBytes = 32 * 1024;

/** The sockets written to in this turn of the event loop, each with whether it is held back by now. */
const written = new Map<Duplex, boolean>();

/**
 * To be called before each message. The first one of a turn leaves at once; further ones leave together at its end, with one call of
 * the system for all: that call is most of what a message costs, and events come in bursts.
 */
export function writeTogether(socket: Duplex): void {
  const held = written.get(socket);
  if (held === undefined) {
    if (written.size === 0) setImmediate(letAllGo);
    written.set(socket, false);
  } else if (!held) {
    socket.cork();
    written.set(socket, true);
  } else if (socket.writableLength >= maxHeldBytes) {
    socket.uncork();
    socket.cork();
  }
}

function letAllGo(): void {
  const all = [...written];
  written.clear();
  for (const [socket, held] of all) if (held) socket.uncork();
}
