import { setTimeout as pause } from 'node:timers/promises';
import type { GraphQLFormattedError } from 'graphql';
import type { Logger } from 'pino';
import type { Frame } from './frame.js';
import { Ring } from './ring.js';
import { SubscriptionRefused } from './subgraph-stream.js';
import type { Subscriber } from './subscriber.js';

export type UpstreamItem =
  | { readonly kind: 'frame'; readonly frame: Frame }
  | { readonly kind: 'heartbeat'; readonly cursor: string };

/** Opens the subscription at its subgraph from a place on, or from now. */
export type OpenUpstream = (after: string | undefined, signal: AbortSignal) => Promise<AsyncIterable<UpstreamItem>>;

export interface SharedStreamOptions {
  readonly open: OpenUpstream;
  /** Where it begins; undefined for now. */
  readonly start: string | undefined;
  readonly log: Logger;
  /** A stream outlives its last subscriber for so long. */
  readonly lingerMs: number;
  /** After each frame: a chance to join its subscribers to another stream that has the same place. */
  readonly moved: (stream: SharedStream) => void;
  readonly ended: (stream: SharedStream) => void;
}

const firstRetryMs = 50;
const maxRetryMs = 1_000;
/** A subgraph that never answered is given up, one whose stream was lost is not: there the client is still waiting for a first word. */
const firstWordMs = 3_000;

/**
 * One subscription at a subgraph for everybody who asks for the same. Frames are kept in a ring for those who join a little
 * behind; when the subgraph is lost the stream is opened again from the last place, and subscribers notice nothing.
 */
export class SharedStream {
  readonly ring = new Ring();
  private readonly subscribers = new Set<Subscriber>();
  private readonly stopping = new AbortController();
  private place: string | undefined;
  private answered = false;
  private linger: NodeJS.Timeout | undefined;

  constructor(private readonly options: SharedStreamOptions) {
    this.place = options.start;
    if (options.start !== undefined) this.ring.mark(options.start);
    void this.run();
  }

  get startsNow(): boolean {
    return this.options.start === undefined;
  }

  get stopped(): boolean {
    return this.stopping.signal.aborted;
  }

  /** The place of the newest frame or heartbeat. */
  get newestPlace(): string | undefined {
    return this.place;
  }

  /** Adds a subscriber that stands at a place of this ring, or at the present; gives it what it has missed at once. */
  join(subscriber: Subscriber): void {
    clearTimeout(this.linger);
    const missed = subscriber.place === undefined ? [] : (this.ring.after(subscriber.place) ?? []);
    for (const frame of missed) subscriber.give(frame);
    // Whoever joins at the present learns where that is, and so where to go on should the line break before the first event.
    if (subscriber.place === undefined && this.place !== undefined) subscriber.heartbeat(this.place);
    if (!subscriber.ended) this.subscribers.add(subscriber);
    this.lingerWhenEmpty();
  }

  leave(subscriber: Subscriber): boolean {
    const left = this.subscribers.delete(subscriber);
    if (left) this.lingerWhenEmpty();
    return left;
  }

  /** Hands its subscribers over to a stream that knows the place where this one stands, and ends. */
  mergeInto(other: SharedStream): void {
    const all = [...this.subscribers];
    this.subscribers.clear();
    for (const subscriber of all) other.join(subscriber);
    this.stop();
  }

  stop(): void {
    clearTimeout(this.linger);
    if (this.stopped) return;
    this.stopping.abort();
    this.options.ended(this);
  }

  private lingerWhenEmpty(): void {
    if (this.subscribers.size > 0 || this.stopped) return;
    clearTimeout(this.linger);
    this.linger = setTimeout(() => this.stop(), this.options.lingerMs);
    this.linger.unref();
  }

  private async run(): Promise<void> {
    const giveUpAt = Date.now() + firstWordMs;
    let attempts = 0;
    while (!this.stopped) {
      try {
        const items = await this.options.open(this.place, this.stopping.signal);
        for await (const item of items) {
          attempts = 0;
          this.answered = true;
          this.take(item);
          if (this.stopped) return;
        }
      } catch (error) {
        if (this.stopped) return;
        if (error instanceof SubscriptionRefused) return this.failAll(error.errors);
        this.options.log.debug({ err: error }, 'a stream of a subgraph was lost; opening it again');
      }
      attempts += 1;
      if (!this.answered && Date.now() >= giveUpAt) return this.failAll([unavailable]);
      await pause(Math.min(maxRetryMs, firstRetryMs * 2 ** attempts), undefined, {
        signal: this.stopping.signal,
      }).catch(() => undefined);
    }
  }

  private take(item: UpstreamItem): void {
    if (item.kind === 'heartbeat') {
      this.place = item.cursor;
      this.ring.mark(item.cursor);
      for (const subscriber of this.subscribers) subscriber.heartbeat(item.cursor);
      return;
    }
    this.place = item.frame.cursor ?? this.place;
    this.ring.add(item.frame);
    for (const subscriber of this.subscribers) {
      subscriber.give(item.frame);
      if (subscriber.ended) this.leave(subscriber);
    }
    this.options.moved(this);
  }

  private failAll(errors: readonly GraphQLFormattedError[]): void {
    for (const subscriber of this.subscribers) subscriber.fail(errors);
    this.subscribers.clear();
    this.stop();
  }
}

const unavailable: GraphQLFormattedError = {
  message: 'The service behind this subscription cannot be reached at the moment. Subscribe again in a few seconds.',
  extensions: { code: 'SUBGRAPH_UNAVAILABLE' },
};
