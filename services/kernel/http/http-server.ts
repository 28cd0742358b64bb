import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, Server as NetServer } from 'node:net';

export interface HttpServerOptions {
  readonly host: string;
  readonly port: number;
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** How long a client may take for its headers, and for a whole request. */
  readonly patience?: { readonly headersMs: number; readonly requestMs: number };
  /** How long a server that stops leaves idle connections to those who keep them; none when left out. */
  readonly drainMs?: number | undefined;
  /** Told of what the handler did not foresee; the client gets a bare 500. */
  failed(error: unknown): void;
}

export interface RunningHttpServer {
  readonly server: Server;
  readonly url: string;
  /** Takes no new connections, and resolves when the requests under way are answered and nobody uses those there are. */
  stop(): Promise<void>;
}

/** Longer than any client of ours keeps an idle connection, so that no request meets a connection we are just closing. */
const keepAliveMs = 65_000;

/** Connections that wait to be accepted: with the usual 511, thousands of clients that come back at once wait seconds for their next try. */
const backlog = 4_096;

export async function startHttpServer(options: HttpServerOptions): Promise<RunningHttpServer> {
  const { patience = { headersMs: keepAliveMs + 5_000, requestMs: 300_000 } } = options;
  const checks = { connectionsCheckingInterval: Math.min(patience.headersMs / 2, 5_000) };
  const underWay = new Set<ServerResponse>();
  const server = createServer(checks, (request, response) => {
    underWay.add(response);
    response.once('close', () => underWay.delete(response));
    if (!server.listening) lastOfItsConnection(response);
    options.handle(request, response).catch((error: unknown) => {
      options.failed(error);
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' });
      response.end('Something went wrong on our side.\n');
    });
  });
  server.keepAliveTimeout = keepAliveMs;
  server.headersTimeout = patience.headersMs;
  server.requestTimeout = Math.max(patience.requestMs, patience.headersMs);
  await listen(server, options);
  const { port } = server.address() as AddressInfo;
  const host = options.host.includes(':') ? `[${options.host}]` : options.host;
  return { server, url: `http://${host}:${port}`, stop: () => stop(server, underWay, options.drainMs ?? 0) };
}

function listen(server: Server, { host, port }: HttpServerOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE'
          ? new Error(`Port ${port} of ${host} is taken. Stop what listens there, or choose another port (PORT=...).`)
          : error,
      );
    });
    server.listen({ port, host, backlog }, resolve);
  });
}

/** What is not answered by then is not waited for: the process that stops us would kill us soon after. */
const graceMs = 10_000;

function stop(server: Server, underWay: ReadonlySet<ServerResponse>, drainMs: number): Promise<void> {
  return new Promise((resolve) => {
    // The server's own close ends idle connections at once, and a request that is on its way on one of them would fail.
    const idle = setTimeout(() => server.close(), drainMs);
    const late = setTimeout(() => server.closeAllConnections(), graceMs);
    server.once('close', () => {
      clearTimeout(idle);
      clearTimeout(late);
      server.close(); // ends its looking at connections
      resolve();
    });
    NetServer.prototype.close.call(server);
    for (const response of underWay) lastOfItsConnection(response);
  });
}

/** Whoever asked is told with the answer to open another connection for the next request, and so finds another process. */
function lastOfItsConnection(response: ServerResponse): void {
  const { socket } = response;
  if (!response.headersSent) response.setHeader('connection', 'close');
  else response.once('finish', () => socket?.destroySoon());
}
