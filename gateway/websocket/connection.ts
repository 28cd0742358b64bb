import type { GraphQLFormattedError } from 'graphql';
import type { WebSocket } from 'ws';
import type { Sink } from '#gateway/subscriptions/subscriber.js';
import { toFormatted } from '#gateway/subscriptions/to-formatted.js';
import type { Viewer } from '#kernel/auth/viewer.js';
import { type ClientMessage, clientMessage, closeCode, type SubscribeMessage } from './protocol.js';

/** What the connection needs of the gateway. */
export interface ConnectionParts {
  /** Finds out who is there, by what the client sent first or with the upgrade. Throws when the credentials are no good. */
  authenticate(authorization: string | undefined): Promise<Viewer>;
  /** Starts an operation; returns how to end it. A query or mutation completes by itself. */
  start(message: SubscribeMessage['payload'], viewer: Viewer, sink: Sink): () => void;
  /** The authorization header of the upgrade. */
  readonly authorization: string | undefined;
  readonly initialisationMs: number;
  readonly keepAliveMs: number;
}

/** A client that has this much waiting reads too slowly. Well above the largest burst a healthy one has on its way. */
const maxWaitingBytes = 256 * 1024;
const closeGraceMs = 5_000;

/** One socket that speaks graphql-transport-ws: the states and rules of the protocol, nothing of GraphQL. */
export class Connection {
  private initialised = false;
  private viewer: Viewer | undefined;
  private authorization: string | undefined;
  private readonly operations = new Map<string, () => void>();
  private readonly initTimer: NodeJS.Timeout;
  private readonly keepAlive: NodeJS.Timeout;
  private alive = true;

  constructor(
    private readonly socket: WebSocket,
    private readonly parts: ConnectionParts,
  ) {
    this.initTimer = setTimeout(
      () => this.close(closeCode.initialisationTimeout, 'Connection initialisation timeout'),
      parts.initialisationMs,
    );
    this.keepAlive = setInterval(() => this.checkAlive(), parts.keepAliveMs);
    socket.on('message', (data, isBinary) => void this.receive(String(data), isBinary));
    socket.on('pong', () => {
      this.alive = true;
    });
    socket.on('close', () => this.end());
    socket.on('error', () => this.end());
  }

  /** The credentials this connection was opened with, or last renewed with. */
  get credentials(): string | undefined {
    return this.authorization;
  }

  /** Ends the connection because its viewer may be here no longer, or is another one by now. */
  expire(reason: string): void {
    this.close(closeCode.forbidden, reason);
  }

  goAway(): void {
    this.close(1001, 'The hub is stopping: connect again');
  }

  private async receive(text: string, isBinary: boolean): Promise<void> {
    const message = isBinary ? undefined : parse(text);
    if (!message) return this.close(closeCode.badRequest, 'Invalid message received');
    switch (message.type) {
      case 'connection_init':
        return this.initialise(message.payload ?? {});
      case 'ping':
        return this.answerPing(message.payload ?? undefined);
      case 'pong':
        return;
      case 'subscribe':
        return this.subscribe(message);
      case 'complete':
        return this.completed(message.id);
    }
  }

  private async initialise(payload: Record<string, unknown>): Promise<void> {
    if (this.initialised) return this.close(closeCode.tooManyInitialisations, 'Too many initialisation requests');
    this.initialised = true;
    clearTimeout(this.initTimer);
    const given = authorizationOf(payload);
    if (given !== undefined && this.parts.authorization !== undefined) {
      return this.close(
        closeCode.badRequest,
        'Send credentials with the upgrade or with connection_init, not with both',
      );
    }
    await this.signIn(given ?? this.parts.authorization);
    if (this.viewer) this.send({ type: 'connection_ack' });
  }

  private async signIn(authorization: string | undefined): Promise<void> {
    try {
      this.viewer = await this.parts.authenticate(authorization);
      this.authorization = authorization;
    } catch (error) {
      this.close(closeCode.forbidden, toFormatted(error).message);
    }
  }

  /** A ping that carries credentials renews them without losing a subscription; the new ones must be of the same viewer. */
  private async answerPing(payload: Record<string, unknown> | undefined): Promise<void> {
    const authorization = authorizationOf(payload ?? {});
    if (authorization !== undefined && this.viewer) {
      const before = JSON.stringify(this.viewer);
      await this.signIn(authorization);
      if (JSON.stringify(this.viewer) !== before)
        return this.expire('The new credentials are of somebody else: connect again');
    }
    this.send({ type: 'pong', ...(payload && authorization === undefined ? { payload } : {}) });
  }

  private subscribe({ id, payload }: SubscribeMessage): void {
    if (!this.viewer) return this.close(closeCode.unauthorized, 'Unauthorized');
    if (this.operations.has(id)) return this.close(closeCode.subscriberExists, `Subscriber for ${id} already exists`);
    this.operations.set(id, () => undefined);
    try {
      const stop = this.parts.start(payload, this.viewer, this.sinkOf(id));
      if (this.operations.has(id)) this.operations.set(id, stop);
      else stop();
    } catch (error) {
      this.fail(id, [toFormatted(error)]);
    }
  }

  private completed(id: string): void {
    const stop = this.operations.get(id);
    this.operations.delete(id);
    stop?.();
  }

  private sinkOf(id: string): Sink {
    const start = `{"id":${JSON.stringify(id)},"type":"next","payload":`;
    return {
      next: (payload) => {
        if (!this.operations.has(id)) return true;
        if (this.socket.bufferedAmount > maxWaitingBytes) return false;
        this.socket.send(`${start}${payload}}`);
        return true;
      },
      heartbeat: (cursor) => {
        if (this.operations.has(id) && this.socket.bufferedAmount === 0)
          this.send({ type: 'ping', payload: { weft: { id, cursor } } });
      },
      fail: (errors) => this.fail(id, errors),
      complete: () => {
        if (this.operations.delete(id)) this.send({ type: 'complete', id });
      },
    };
  }

  private fail(id: string, errors: readonly GraphQLFormattedError[]): void {
    if (!this.operations.delete(id)) return;
    this.send({ type: 'error', id, payload: errors });
    if (errors.some((error) => error.extensions?.code === 'RESUME_FROM'))
      this.close(closeCode.resume, 'Resume from the cursors given');
  }

  private send(message: object): void {
    if (this.socket.readyState === this.socket.OPEN) this.socket.send(JSON.stringify(message));
  }

  /** A client that does not read cannot take part in the closing either: after a moment it is cut off. */
  private close(code: number, reason: string): void {
    this.end();
    this.socket.close(code, reason.slice(0, 120));
    setTimeout(() => this.socket.terminate(), closeGraceMs).unref();
  }

  private checkAlive(): void {
    if (!this.alive) return this.socket.terminate();
    this.alive = false;
    this.socket.ping();
  }

  private end(): void {
    clearTimeout(this.initTimer);
    clearInterval(this.keepAlive);
    const stops = [...this.operations.values()];
    this.operations.clear();
    for (const stop of stops) stop();
  }
}

function parse(text: string): ClientMessage | undefined {
  try {
    const parsed = clientMessage.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

function authorizationOf(payload: Record<string, unknown>): string | undefined {
  const value = payload.authorization ?? payload.Authorization;
  return typeof value === 'string' ? value : undefined;
}
