import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Recheck } from '#gateway/auth/recheck.js';
import { type AllowedOrigins, refusalAtTheDoor } from '#gateway/http/origins.js';
import type { GatewayTimes } from '#gateway/times.js';
import { Connection, type ConnectionParts } from './connection.js';
import { NextMessages } from './next-message.js';
import { closeCode, subprotocol } from './protocol.js';

export interface WebSocketOptions extends Pick<ConnectionParts, 'authenticate' | 'start' | 'guard' | 'limits'> {
  readonly server: Server;
  readonly path: string;
  readonly origins: AllowedOrigins;
  addressOf(request: IncomingMessage): string;
  readonly recheck: Recheck;
  readonly times: GatewayTimes;
}

export interface RunningWebSocketServer {
  readonly connections: number;
  stop(): Promise<void>;
}

/** For the answers to queries and mutations that are under way when the hub stops. */
const answersMs = 10_000;
const maxMessageBytes = 1024 * 1024;

/** graphql-transport-ws on the same port as everything else. Compression is off: it costs 280 KB of memory a client. */
export function serveWebSocket(options: WebSocketOptions): RunningWebSocketServer {
  const { server, path, origins, recheck, times } = options;
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: maxMessageBytes,
    perMessageDeflate: false,
    handleProtocols: chooseProtocol,
  });
  const connections = new Set<Connection>();
  const parts: ConnectionParts = { ...options, messages: new NextMessages() };
  // One timer for all: an idle connection is to cost as little as it can.
  const keepAlive = setInterval(() => {
    for (const connection of connections) connection.checkAlive();
  }, times.keepAliveMs);
  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (request.url?.split('?')[0] !== path) return refuse(socket, '404 Not Found');
    const refusal = refusalAtTheDoor(request, origins);
    if (refusal) return refuse(socket, '403 Forbidden', JSON.stringify({ errors: [refusal] }));
    sockets.handleUpgrade(request, socket, head, (accepted) => accept(accepted, socket, request));
  };

  function accept(socket: WebSocket, wire: Duplex, request: IncomingMessage): void {
    if (socket.protocol !== subprotocol) return refuseProtocol(socket, times);
    const { authorization } = request.headers;
    const connection = new Connection(socket, { wire, address: options.addressOf(request), authorization }, parts);
    connections.add(connection);
    recheck.listeners.add(connection);
    socket.on('close', () => {
      connections.delete(connection);
      recheck.listeners.delete(connection);
    });
  }

  server.on('upgrade', upgrade);
  return {
    get connections() {
      return connections.size;
    },
    async stop() {
      server.off('upgrade', upgrade);
      clearInterval(keepAlive);
      for (const connection of connections) connection.goAway(answersMs);
      await new Promise((resolve) => sockets.close(resolve));
    },
  };
}

/**
 * Somebody who offers only other protocols gets one of theirs and is closed at once: without any, most clients break off the
 * handshake and never see the code that says why.
 */
function chooseProtocol(offered: ReadonlySet<string>): string | false {
  if (offered.has(subprotocol)) return subprotocol;
  const [first] = offered;
  return first ?? false;
}

function refuseProtocol(socket: WebSocket, { closeGraceMs }: GatewayTimes): void {
  socket.on('error', () => socket.terminate());
  socket.close(closeCode.subprotocolNotAcceptable, `Subprotocol not acceptable: use ${subprotocol}`);
  const cut = setTimeout(() => socket.terminate(), closeGraceMs);
  socket.once('close', () => clearTimeout(cut));
}

function refuse(socket: Duplex, status: string, body = ''): void {
  socket.on('error', () => socket.destroy());
  const headers = `connection: close\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}`;
  socket.end(`HTTP/1.1 ${status}\r\n${headers}\r\n\r\n${body}`);
}
