import type { Duplex } from 'node:stream';
import type { GraphQLFormattedError } from 'graphql';
import type { WebSocket } from 'ws';
import type { TransportSink } from '#gateway/subscriptions/subscriber.js';
import { behindBytes, maxWaitingBytes } from '#gateway/subscriptions/waiting-room.js';
import type { NextMessages } from './next-message.js';
import { writeTogether } from './write-together.js';

/** What operations need of their connection. */
export interface OperationLine {
  readonly socket: WebSocket;
  /** What the socket writes to. */
  readonly wire: Duplex;
  readonly messages: NextMessages;
  send(message: object): void;
  /** One has ended, or will not end by itself. */
  settled(): void;
  /** The client reads too slowly to be kept. */
  letGo(): void;
}

/** An operation that is under way. */
interface Operation {
  stop(): void;
  /** It has no end of its own. */
  lasts: boolean;
  /** The place up to which its client was told everything. */
  cursor: string | undefined;
}

/** The operations under way on one socket, each by the id its client gave it. */
export class SocketOperations {
  private readonly operations = new Map<string, Operation>();

  constructor(private readonly line: OperationLine) {}

  get size(): number {
    return this.operations.size;
  }

  has(id: string): boolean {
    return this.operations.has(id);
  }

  /** None of them has an answer to wait for. */
  allLast(): boolean {
    return [...this.operations.values()].every(({ lasts }) => lasts);
  }

  start(id: string, run: (sink: TransportSink) => () => void): void {
    const operation: Operation = { stop: () => undefined, lasts: false, cursor: undefined };
    this.operations.set(id, operation);
    operation.stop = run(this.sinkOf(id, operation));
    if (this.operations.get(id) !== operation) operation.stop();
  }

  /** The client wants no more of it. */
  stop(id: string): void {
    const operation = this.operations.get(id);
    this.operations.delete(id);
    operation?.stop();
    this.line.settled();
  }

  stopAll(): void {
    const operations = [...this.operations.values()];
    this.operations.clear();
    for (const operation of operations) operation.stop();
  }

  /** An id may be used again as soon as its operation has ended: what comes late from the old one is not for the new one. */
  private sinkOf(id: string, operation: Operation): TransportSink {
    const { socket, wire, messages } = this.line;
    const start = `{"id":${JSON.stringify(id)},"type":"next","payload":`;
    const isLive = () => this.operations.get(id) === operation;
    return {
      lasts: () => {
        operation.lasts = true;
        this.line.settled();
      },
      next: (payload, cursor) => {
        if (!isLive()) return true;
        if (socket.bufferedAmount > maxWaitingBytes) return false;
        writeTogether(wire);
        socket.send(messages.bytesOf(start, payload), asText);
        operation.cursor = cursor ?? operation.cursor;
        return true;
      },
      isBehind: () => isLive() && socket.bufferedAmount > behindBytes,
      heartbeat: (cursor) => {
        if (!isLive() || socket.bufferedAmount > 0) return;
        this.line.send({ type: 'ping', payload: { weft: { id, cursor } } });
        operation.cursor = cursor;
      },
      fail: (errors) => {
        if (isLive()) this.fail(id, errors);
      },
      complete: () => {
        if (!isLive()) return;
        this.operations.delete(id);
        this.line.send({ type: 'complete', id });
        this.line.settled();
      },
    };
  }

  private fail(id: string, errors: readonly GraphQLFormattedError[]): void {
    this.operations.delete(id);
    this.line.send({ type: 'error', id, payload: errors });
    const slow = errors.find((error) => error.extensions?.code === 'RESUME_FROM');
    if (slow) this.letAllGo(slow);
    else this.line.settled();
  }

  /** A socket that is not read is of no use to any of its subscriptions: each is told where to go on. */
  private letAllGo({ message }: GraphQLFormattedError): void {
    for (const [id, { cursor }] of this.operations) {
      const extensions = { code: 'RESUME_FROM', cursor: cursor ?? null };
      this.line.send({ type: 'error', id, payload: [{ message, extensions }] });
    }
    this.line.letGo();
  }
}

const asText = { binary: false };
