import { makeFrame } from '../frame.js';
import type { OpenUpstream, UpstreamItem } from '../shared-stream.js';

/** A subgraph whose log a test writes. Its streams behave as those of our services: a heartbeat first, then what lies behind the place. */
export class WrittenLog {
  /** The place each stream was opened from. */
  readonly opened: (string | undefined)[] = [];
  private readonly cursors: string[] = ['c0'];
  private readonly connections = new Set<Connection>();
  private refusal: Error | undefined;

  get open(): OpenUpstream {
    return async (after, signal) => {
      this.opened.push(after);
      if (this.refusal) throw this.refusal;
      const connection = new Connection(signal);
      this.connections.add(connection);
      signal.addEventListener('abort', () => this.connections.delete(connection));
      return this.read(after, connection);
    };
  }

  /** Streams that are open now. */
  get openNow(): number {
    return this.connections.size;
  }

  /** Appends an event. */
  append(): string {
    const cursor = `c${this.cursors.length}`;
    this.cursors.push(cursor);
    this.wake();
    return cursor;
  }

  /** Gives every stream a fresh place without an event. */
  heartbeat(cursor: string): void {
    for (const connection of this.connections) connection.inject({ kind: 'heartbeat', cursor });
  }

  /** Sends every stream an event as if one before it had been lost on the way. */
  sendBehindGap(): void {
    const frame = makeFrame({ data: {} }, 'behind the gap', 'never sent');
    for (const connection of this.connections) connection.inject({ kind: 'frame', frame });
  }

  /** Ends all streams: with an error, or as if nothing were wrong. */
  lose(error?: Error): void {
    for (const connection of this.connections) connection.end(error);
    this.connections.clear();
  }

  refuseFromNowOn(error: Error | undefined): void {
    this.refusal = error;
  }

  private wake(): void {
    for (const connection of this.connections) connection.wake();
  }

  private async *read(after: string | undefined, connection: Connection): AsyncGenerator<UpstreamItem, void> {
    let place = after ?? this.cursors.at(-1) ?? 'c0';
    yield { kind: 'heartbeat', cursor: place };
    let behind = this.numberOf(place);
    while (!connection.ended) {
      for (const item of connection.injected.splice(0)) yield item;
      const cursor = this.cursors[behind + 1];
      if (cursor === undefined) {
        await connection.changed();
        continue;
      }
      yield { kind: 'frame', frame: makeFrame({ data: { event: cursor } }, cursor, place) };
      place = cursor;
      behind += 1;
    }
    if (connection.error) throw connection.error;
  }

  /** A heartbeat `h7` lies behind the event `c7`. */
  private numberOf(place: string): number {
    return Number(place.slice(1));
  }
}

class Connection {
  readonly injected: UpstreamItem[] = [];
  ended = false;
  error: Error | undefined;
  private resume: () => void = () => undefined;

  constructor(signal: AbortSignal) {
    signal.addEventListener('abort', () => this.end());
  }

  inject(item: UpstreamItem): void {
    this.injected.push(item);
    this.wake();
  }

  end(error?: Error): void {
    this.ended = true;
    this.error = error;
    this.wake();
  }

  wake(): void {
    this.resume();
  }

  changed(): Promise<void> {
    if (this.ended || this.injected.length > 0) return Promise.resolve();
    return new Promise((resolve) => {
      this.resume = resolve;
    });
  }
}
