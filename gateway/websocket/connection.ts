import type { Duplex } from 'node:stream';
import { GraphQLError } from 'graphql';
import type { WebSocket } from 'ws';
import { isRefusal, type Listener } from '#gateway/auth/recheck.js';
import { MessageRate } from '#gateway/limits/connections/message-rate.js';
import type { Guard } from '#gateway/limits/guard.js';
import { limitExceeded } from '#gateway/limits/limit-error.js';
import type { ConnectionLimits } from '#gateway/limits/limits.js';
import type { TransportSink } from '#gateway/subscriptions/subscriber.js';
import { toFormatted } from '#gateway/subscriptions/to-formatted.js';
import type { GatewayTimes } from '#gateway/times.js';
import type { Viewer } from '#kernel/auth/viewer.js';
import type { NextMessages } from './next-message.js';
import { type ClientMessage, clientMessage, closeCode, type SubscribeMessage } from './protocol.js';
import { SocketOperations } from './socket-operations.js';

/** What the connection needs of the gateway. */
export interface ConnectionParts {
  /** Finds out who is there, by what the client sent first or with the upgrade. Throws when the credentials are no good. */
  authenticate(authorization: string | undefined): Promise<Viewer>;
  /** Starts an operation; returns how to end it. A query or mutation completes by itself. */
  start(
    message: SubscribeMessage['payload'] & { readonly address: string },
    viewer: Viewer,
    sink: TransportSink,
  ): () => void;
  readonly guard: Pick<Guard, 'parseJson'>;
  readonly limits: ConnectionLimits;
  readonly messages: NextMessages;
  readonly times: GatewayTimes;
}

/** Who is at the other end, as the upgrade tells. */
export interface Client {
  /** What its socket writes to. */
  readonly wire: Duplex;
  /** From where it is connected. */
  readonly address: string;
  /** The authorization header of the upgrade. */
  readonly authorization: string | undefined;
}

/** One socket that speaks graphql-transport-ws: the states and rules of the protocol, nothing of GraphQL. */
export class Connection implements Listener {
  private initialised = false;
  private known: Viewer | undefined;
  private authorization: string | undefined;
  private readonly operations: SocketOperations;
  private readonly initTimer: NodeJS.Timeout;
  private readonly rate: MessageRate;
  private alive = true;
  private leaving = false;
  private ended = false;

  constructor(
    private readonly socket: WebSocket,
    private readonly client: Client,
    private readonly parts: ConnectionParts,
  ) {
    this.initTimer = setTimeout(
      () => this.close(closeCode.initialisationTimeout, 'Connection initialisation timeout'),
      parts.times.initialisationMs,
    );
    this.rate = new MessageRate(parts.limits.messages);
    this.operations = new SocketOperations({
      socket,
      wire: client.wire,
      messages: parts.messages,
      send: (message) => this.send(message),
      settled: () => this.goWhenAnswered(),
      letGo: () => this.close(closeCode.resume, 'Resume from the cursors given'),
    });
    socket.on('message', (data, isBinary) => {
      if (this.mayGoOn()) void this.receive(String(data), isBinary);
    });
    socket.on('ping', () => void this.mayGoOn()); // which ws answers by itself
    socket.on('pong', () => {
      this.alive = true;
    });
    socket.on('close', () => this.end());
    socket.on('error', () => this.end());
  }

  /** Those this connection was opened with, or last renewed with. */
  get credentials(): string | undefined {
    return this.authorization;
  }

  get viewer(): Viewer | undefined {
    return this.known;
  }

  refused(message: string): void {
    this.close(closeCode.forbidden, message);
  }

  changed(): void {
    this.close(closeCode.forbidden, 'What you may see has changed: connect again');
  }

  /** To be called now and then: who has not answered since the last time is gone. */
  checkAlive(): void {
    if (this.ended) return;
    if (!this.alive) return this.socket.terminate();
    this.alive = false;
    this.socket.ping();
  }

  /** Subscriptions are resumed elsewhere; what gets an answer gets it first, unless that takes too long. */
  goAway(afterMs: number): void {
    this.leaving = true;
    this.goWhenAnswered();
    if (this.ended) return;
    const late = setTimeout(() => this.go(), afterMs);
    this.socket.once('close', () => clearTimeout(late));
  }

  private goWhenAnswered(): void {
    if (this.leaving && this.operations.allLast()) this.go();
  }

  private go(): void {
    this.close(closeCode.goingAway, 'The hub is stopping: connect again');
  }

  /** Ends a socket that keeps us busy, or that asks and does not read the answers. */
  private mayGoOn(): boolean {
    if (!this.rate.take()) this.close(closeCode.tooManyMessages, 'Too many messages: send fewer in a second');
    else if (this.socket.bufferedAmount > mostUnread) this.socket.terminate();
    return !this.ended;
  }

  private async receive(text: string, isBinary: boolean): Promise<void> {
    if (this.ended) return;
    const message = isBinary ? undefined : parse(text, this.parts.guard);
    if (!message) return this.close(closeCode.badRequest, 'Invalid message received');
    if (message instanceof GraphQLError) return this.close(closeCode.badRequest, message.message);
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
        return this.operations.stop(message.id);
    }
  }

  private async initialise(payload: Record<string, unknown>): Promise<void> {
    if (this.initialised) return this.close(closeCode.tooManyInitialisations, 'Too many initialisation requests');
    this.initialised = true;
    clearTimeout(this.initTimer);
    const given = authorizationOf(payload);
    if (given !== undefined && this.client.authorization !== undefined) {
      return this.close(
        closeCode.badRequest,
        'Send credentials with the upgrade or with connection_init, not with both',
      );
    }
    const authorization = given ?? this.client.authorization;
    const viewer = await this.signIn(authorization);
    if (!viewer || this.ended) return;
    this.known = viewer;
    this.authorization = authorization;
    this.send({ type: 'connection_ack' });
  }

  private async signIn(authorization: string | undefined): Promise<Viewer | undefined> {
    try {
      return await this.parts.authenticate(authorization);
    } catch (error) {
      const code = isRefusal(error) ? closeCode.forbidden : closeCode.tryAgainLater;
      this.close(code, toFormatted(error).message);
      return undefined;
    }
  }

  /** A ping that carries credentials renews them without losing a subscription; the new ones must be of the same viewer. */
  private async answerPing(payload: Record<string, unknown> | undefined): Promise<void> {
    const authorization = authorizationOf(payload ?? {});
    if (authorization === undefined || !this.known) return this.send({ type: 'pong', ...(payload ? { payload } : {}) });
    const viewer = await this.signIn(authorization);
    if (!viewer || this.ended) return;
    if (JSON.stringify(viewer) !== JSON.stringify(this.known))
      return this.close(closeCode.forbidden, 'The new credentials are of somebody else: connect again');
    this.authorization = authorization;
    this.send({ type: 'pong' });
  }

  private subscribe({ id, payload }: SubscribeMessage): void {
    if (!this.known) return this.close(closeCode.unauthorized, 'Unauthorized');
    if (this.operations.has(id)) return this.close(closeCode.subscriberExists, `Subscriber for ${id} already exists`);
    if (this.operations.size >= this.parts.limits.operations) return this.refuseMore(id);
    const viewer = this.known;
    const asked = { ...payload, address: this.client.address };
    this.operations.start(id, (sink) => this.parts.start(asked, viewer, sink));
  }

  private refuseMore(id: string): void {
    const { operations: maximum } = this.parts.limits;
    const [what, instead] = ['This socket has too many operations under way', 'Complete some, or open another socket.'];
    const error = limitExceeded({ limit: 'operations', value: maximum + 1, maximum, what, instead });
    this.send({ type: 'error', id, payload: [toFormatted(error)] });
  }

  private send(message: object): void {
    if (this.socket.readyState === this.socket.OPEN) this.socket.send(JSON.stringify(message));
  }

  /** A client that does not read cannot take part in the closing either: after a moment it is cut off. */
  private close(code: number, reason: string): void {
    if (this.ended) return;
    this.end();
    this.socket.close(code, reason.slice(0, maxReasonLength));
    const cut = setTimeout(() => this.socket.terminate(), this.parts.times.closeGraceMs);
    this.socket.once('close', () => clearTimeout(cut));
  }

  private end(): void {
    this.ended = true;
    clearTimeout(this.initTimer);
    this.operations.stopAll();
  }
}

/** Above the longest answer: whoever sends more while so much waits does not read. */
const mostUnread = 20 * 1024 * 1024;

/** A closing frame has 125 bytes, two of them for the code; our reasons are ASCII. */
const maxReasonLength = 123;

/** The error says which limit a message exceeds. */
function parse(text: string, guard: ConnectionParts['guard']): ClientMessage | GraphQLError | undefined {
  try {
    const parsed = clientMessage.safeParse(guard.parseJson(text));
    return parsed.success ? parsed.data : undefined;
  } catch (error) {
    return error instanceof GraphQLError ? error : undefined;
  }
}

function authorizationOf(payload: Record<string, unknown>): string | undefined {
  const value = payload.authorization ?? payload.Authorization;
  return typeof value === 'string' ? value : undefined;
}
