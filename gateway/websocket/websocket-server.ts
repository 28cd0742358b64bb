import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Viewer } from '#kernel/auth/viewer.js';
import { Connection, type ConnectionParts } from './connection.js';
import { closeCode, subprotocol } from './protocol.js';

export interface WebSocketOptions extends Pick<ConnectionParts, 'authenticate' | 'start'> {
  readonly server: Server;
  readonly path: string;
  readonly initialisationMs?: number;
  readonly keepAliveMs?: number;
}

export interface RunningWebSocketServer {
  readonly connections: number;
  stop(): Promise<void>;
}

const maxMessageBytes = 1024 * 1024;
/** How long somebody whose token was revoked may go on listening, at most. */
const recheckMs = 1_000;

/** graphql-transport-ws on the same port as everything else. Compression is off: it costs 280 KB of memory a client. */
export function serveWebSocket(options: WebSocketOptions): RunningWebSocketServer {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: maxMessageBytes,
    perMessageDeflate: false,
    handleProtocols: (offered) => (offered.has(subprotocol) ? subprotocol : false),
  });
  const connections = new Set<Connection>();
  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (request.url?.split('?')[0] !== options.path) return refuse(socket);
    sockets.handleUpgrade(request, socket, head, (accepted) => accept(accepted, request));
  };

  function accept(socket: WebSocket, request: IncomingMessage): void {
    if (socket.protocol !== subprotocol)
      return socket.close(closeCode.subprotocolNotAcceptable, `Subprotocol not acceptable: use ${subprotocol}`);
    const connection = new Connection(socket, {
      ...options,
      authorization: request.headers.authorization,
      initialisationMs: options.initialisationMs ?? 10_000,
      keepAliveMs: options.keepAliveMs ?? 15_000,
    });
    connections.add(connection);
    socket.on('close', () => connections.delete(connection));
  }

  options.server.on('upgrade', upgrade);
  const recheck = setInterval(() => void recheckAll(connections, options.authenticate), recheckMs);
  recheck.unref();
  return {
    get connections() {
      return connections.size;
    },
    async stop() {
      clearInterval(recheck);
      options.server.off('upgrade', upgrade);
      for (const connection of connections) connection.goAway();
      await new Promise((resolve) => sockets.close(resolve));
    },
  };
}

/** Asks once for each token, however many connections it has. */
async function recheckAll(
  connections: ReadonlySet<Connection>,
  authenticate: (authorization: string | undefined) => Promise<Viewer>,
): Promise<void> {
  const byCredentials = new Map<string, Connection[]>();
  for (const connection of connections) {
    const { credentials } = connection;
    if (credentials !== undefined)
      byCredentials.set(credentials, [...(byCredentials.get(credentials) ?? []), connection]);
  }
  await Promise.all(
    [...byCredentials].map(async ([credentials, those]) => {
      const refused = await authenticate(credentials).then(
        () => undefined,
        (error: unknown) => error,
      );
      if (isRefusal(refused))
        for (const connection of those) connection.expire('Your token expired or was revoked: connect with a new one');
    }),
  );
}

/** Only a plain no ends a connection; a hub that cannot check for a moment does not. */
function isRefusal(error: unknown): boolean {
  return (
    error instanceof Object &&
    'extensions' in error &&
    (error.extensions as { code?: unknown }).code === 'UNAUTHENTICATED'
  );
}

function refuse(socket: Duplex): void {
  socket.end('HTTP/1.1 404 Not Found\r\nconnection: close\r\n\r\n');
}
