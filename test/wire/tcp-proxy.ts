import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A line to a server, or to the first of several that takes a connection, that can be cut. */
export interface TcpProxy {
  readonly url: string;
  /** Breaks every connection off, as a lost network does. */
  cut(): void;
  stop(): Promise<void>;
}

/** On a free port unless one is given. */
export async function startTcpProxy(target: string | readonly string[], listenOn = 0): Promise<TcpProxy> {
  const targets = [target].flat().map((url) => new URL(url));
  const sockets = new Set<Socket>();
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined); // its close says the same
    socket.on('close', () => sockets.delete(socket));
  };
  const server = createServer(async (near) => {
    keep(near);
    const far = await firstReached(targets, keep);
    if (!far || near.destroyed) return void near.destroy();
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      socket.pipe(other);
      socket.on('close', () => other.destroy());
    }
    if (far.destroyed) near.destroy();
  });
  await new Promise<void>((resolve) => server.listen(listenOn, '127.0.0.1', resolve));
  const cut = () => {
    for (const socket of sockets) breakOff(socket);
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut,
    async stop() {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The end of one that is ending already cannot be made a reset: Node would let go of it and leave its handle open. */
function breakOff(socket: Socket): void {
  if (socket.writableEnded) socket.destroy();
  else socket.resetAndDestroy();
}

async function firstReached(targets: readonly URL[], keep: (socket: Socket) => void): Promise<Socket | undefined> {
  for (const { hostname, port } of targets) {
    const socket = connect(Number(port), hostname);
    keep(socket);
    const reached = new Promise<boolean>((resolve) => {
      socket.once('connect', () => resolve(true));
      socket.once('close', () => resolve(false));
    });
    if (await reached) return socket;
  }
  return undefined;
}
