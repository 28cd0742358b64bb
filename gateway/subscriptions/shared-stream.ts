import { setTimeout as pause } from 'node:timers/promises';
import type { GraphQLFormattedError } from 'graphql';
import type { Logger } from 'pino';
import { SubgraphCallError } from '#gateway/execute/subgraph-transport.js';
import { checkChain } from './check-chain.js';
import type { Frame } from './frame.js';
import { Ring } from './ring.js';
import type { RingBudget } from './ring-budget.js';
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
  /** For clients that are behind, all of them, to read on, while their stream waits for them. */
  readonly slowClientMs: number;
  readonly budget: RingBudget;
  /** Waits until the stream may be opened for the first time; resolves with how to let the next one. */
  readonly turn: () => Promise<() => void>;
  /** When it stands at a new place: a chance to join its subscribers to another stream that has the same place. */
  readonly moved: (stream: SharedStream) => void;
  readonly ended: (stream: SharedStream) => void;
}

const firstRetryMs = 50;
const maxRetryMs = 1_000;
/** A connection that lasted so long was well, and its loss is a new one. */
const steadyMs = 5_000;
/** A subgraph that never answered is given up, one whose stream was lost is not: there the client is still waiting for a first word. */
const firstWordMs = 3_000;
/** Beyond the restart of a subgraph, which is no news. */
const attemptsBeforeWarning = 8;
/** Between two looks at a client that is behind. */
const paceMs = 20;
/** Most streams have caught up with another one by then; a long replay must not hold up the others. */
const turnMs = 2_000;

/**
 * One subscription at a subgraph for everybody who asks for the same. Frames are kept in a ring for those who join a little
 * behind; when the subgraph is lost the stream is opened again from the last place, and subscribers notice nothing.
 */
export class SharedStream {
  readonly ring: Ring;
  private readonly subscribers = new Set<Subscriber>();
  private readonly stopping = new AbortController();
  private place: string | undefined;
  private answered = false;
  private linger: NodeJS.Timeout | undefined;

  constructor(private readonly options: SharedStreamOptions) {
    this.place = options.start;
    this.ring = new Ring(options.budget);
    if (options.start !== undefined) this.ring.mark(options.start);
    void this.begin();
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
    const missed = subscriber.place === undefined ? [] : this.ring.after(subscriber.place);
    if (missed) this.takeIn(subscriber, missed);
    else subscriber.cutOff(undefined);
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
    this.ring.close();
    this.options.ended(this);
  }

  private takeIn(subscriber: Subscriber, missed: readonly Frame[]): void {
    const first = this.ring.newest - missed.length;
    subscriber.standBehind(first);
    for (const [index, frame] of missed.entries()) subscriber.give(frame, first + index + 1);
    // Who subscribes from now learns where that is: it could not resume before the first event otherwise.
    if (subscriber.place === undefined && this.place !== undefined) subscriber.heartbeat(this.place);
    if (!subscriber.ended) this.subscribers.add(subscriber);
  }

  private lingerWhenEmpty(): void {
    if (this.subscribers.size > 0 || this.stopped) return;
    clearTimeout(this.linger);
    this.linger = setTimeout(() => this.stop(), this.options.lingerMs);
    this.linger.unref();
  }

  private async begin(): Promise<void> {
    const endTurn = await this.options.turn();
    const timer = setTimeout(endTurn, turnMs);
    timer.unref();
    this.stopping.signal.addEventListener('abort', endTurn);
    // Another stream may have come by this place meanwhile.
    this.options.moved(this);
    await this.run();
    clearTimeout(timer);
    endTurn();
  }

  private async run(): Promise<void> {
    const giveUpAt = performance.now() + firstWordMs;
    let attempts = 0;
    while (!this.stopped) {
      const useful = await this.readOn(attempts);
      if (this.stopped) return;
      attempts = useful ? 1 : attempts + 1;
      if (!this.answered && performance.now() >= giveUpAt) return this.failAll([unavailable]);
      const wait = Math.min(maxRetryMs, firstRetryMs * 2 ** attempts);
      await pause(wait, undefined, { signal: this.stopping.signal }).catch(() => undefined);
    }
  }

  /**
   * Reads one connection to its end; whether it was of use. The first heartbeat comes at once and proves nothing: a stream that
   * always fails at the same event gives one each time, and must not be tried without pause.
   */
  private async readOn(attempts: number): Promise<boolean> {
    const since = performance.now();
    const newest = this.ring.newest;
    const connection = new AbortController();
    const end = () => connection.abort();
    this.stopping.signal.addEventListener('abort', end);
    try {
      const items = await this.options.open(this.place, connection.signal);
      for await (const item of checkChain(items, this.place)) {
        if (this.stopped) return true;
        this.answered = true;
        this.take(item);
        if (item.kind === 'frame') await this.keepPace();
      }
    } catch (error) {
      if (error instanceof SubscriptionRefused) this.failAll(error.errors);
      else if (!this.answered && error instanceof SubgraphCallError) this.failAll([awayNow(error)]);
      else if (!this.stopped) this.report(error, attempts);
    } finally {
      // A connection that is given up for a gap is still open at the other end.
      this.stopping.signal.removeEventListener('abort', end);
      end();
    }
    return this.ring.newest > newest || performance.now() - since > steadyMs;
  }

  private report(error: unknown, attempts: number): void {
    const text = 'a stream of a subgraph was lost; opening it again';
    if (attempts > 0 && attempts % attemptsBeforeWarning === 0) this.options.log.warn({ err: error, attempts }, text);
    else this.options.log.debug({ err: error }, text);
  }

  private take(item: UpstreamItem): void {
    if (item.kind === 'heartbeat') {
      this.place = item.cursor;
      this.ring.mark(item.cursor);
      for (const subscriber of this.subscribers) subscriber.heartbeat(item.cursor);
    } else {
      this.place = item.frame.cursor ?? this.place;
      this.ring.add(item.frame);
      for (const subscriber of this.subscribers) {
        subscriber.give(item.frame, this.ring.newest);
        if (subscriber.ended) this.leave(subscriber);
      }
    }
    this.options.moved(this);
  }

  /**
   * While all clients of a stream are behind it reads on as fast as they do: a long replay, of one or of many who come back to the
   * same place, would otherwise run over their queues, again and again. As soon as one keeps up, nobody waits for anybody.
   */
  private async keepPace(): Promise<void> {
    const giveUpAt = performance.now() + this.options.slowClientMs;
    while (this.allAreBehind() && !this.stopped) {
      if (performance.now() >= giveUpAt) return this.cutAllOff();
      await pause(paceMs, undefined, { signal: this.stopping.signal }).catch(() => undefined);
    }
  }

  private allAreBehind(): boolean {
    for (const subscriber of this.subscribers) if (!subscriber.isBehind()) return false;
    return this.subscribers.size > 0;
  }

  private cutAllOff(): void {
    for (const subscriber of this.subscribers) {
      this.leave(subscriber);
      subscriber.cutOff(this.place);
    }
  }

  private failAll(errors: readonly GraphQLFormattedError[]): void {
    for (const subscriber of this.subscribers) subscriber.fail(errors);
    this.subscribers.clear();
    this.stop();
  }
}

/** It is known not to answer. Whoever has had a word from it waits for it quietly; whoever has not is told, as with a query. */
function awayNow({ code, message }: SubgraphCallError): GraphQLFormattedError {
  return { message, extensions: { code } };
}

const unavailable: GraphQLFormattedError = {
  message: 'The service behind this subscription cannot be reached at the moment. Subscribe again in a few seconds.',
  extensions: { code: 'SUBGRAPH_UNAVAILABLE' },
};
