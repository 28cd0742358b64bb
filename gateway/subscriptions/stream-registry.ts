import type { Logger } from 'pino';
import { RingBudget } from './ring-budget.js';
import { type OpenUpstream, SharedStream } from './shared-stream.js';
import type { Subscriber } from './subscriber.js';
import { Turns } from './turns.js';

/** What makes two subscriptions the same: operation, variables without the place, and what their viewers may see. */
export interface StreamRequest {
  readonly key: string;
  readonly open: OpenUpstream;
}

/**
 * Streams of one kind that are opened at the same moment. After a restart of the gateway clients come back with many places; most of these
 * are passed by the first streams while the others wait, and then need none of their own.
 */
const openedAtOnce = 16;

/** Streams that differ by their places alone, and the turns in which they open: nobody waits for streams that they can never join. */
interface Kind {
  readonly streams: Set<SharedStream>;
  readonly turns: Turns;
}

/**
 * Every stream of this process. A subscriber joins one that has its place; only when there is none a new one is opened, and it
 * joins another as soon as both stand at the same place. So thousands that come back at once cost one upstream, not thousands.
 */
export class StreamRegistry {
  private readonly kinds = new Map<string, Kind>();
  private readonly budget = new RingBudget();

  constructor(
    private readonly options: { readonly log: Logger; readonly lingerMs: number; readonly slowClientMs: number },
  ) {}

  /** Returns how to leave. */
  join(request: StreamRequest, subscriber: Subscriber): () => void {
    const stream = this.find(request, subscriber.place) ?? this.open(request, subscriber.place);
    stream.join(subscriber);
    return () => {
      subscriber.ended = true;
      for (const candidate of this.streamsOf(request.key)) if (candidate.leave(subscriber)) return;
    };
  }

  get size(): number {
    return [...this.kinds.values()].reduce((sum, { streams }) => sum + streams.size, 0);
  }

  stop(): void {
    for (const { streams } of this.kinds.values()) for (const stream of [...streams]) stream.stop();
  }

  private streamsOf(key: string): Iterable<SharedStream> {
    return this.kinds.get(key)?.streams ?? [];
  }

  private find({ key }: StreamRequest, place: string | undefined): SharedStream | undefined {
    for (const stream of this.streamsOf(key)) {
      if (place === undefined ? stream.startsNow : stream.ring.isNear(place)) return stream;
    }
    return undefined;
  }

  private open({ key, open }: StreamRequest, start: string | undefined): SharedStream {
    const kind = this.kinds.get(key) ?? { streams: new Set(), turns: new Turns(openedAtOnce) };
    this.kinds.set(key, kind);
    const { streams, turns } = kind;
    const stream = new SharedStream({
      open,
      start,
      ...this.options,
      budget: this.budget,
      turn: () => turns.take(),
      moved: (moved) => mergeOrStay(moved, streams),
      ended: (ended) => {
        streams.delete(ended);
        if (streams.size === 0 && this.kinds.get(key) === kind) this.kinds.delete(key);
      },
    });
    streams.add(stream);
    return stream;
  }
}

/** Streams of the same kind that meet at a place become one: the older, so that two never hand over to each other. */
function mergeOrStay(stream: SharedStream, streams: ReadonlySet<SharedStream>): void {
  if (streams.size < 2) return;
  let isOlder = true;
  for (const other of streams) {
    if (other === stream) isOlder = false;
    else if (isOlder && knows(other, stream)) return stream.mergeInto(other);
    else if (!isOlder && knows(stream, other)) other.mergeInto(stream);
  }
}

function knows(stream: SharedStream, { newestPlace }: SharedStream): boolean {
  return newestPlace !== undefined && stream.ring.isNear(newestPlace);
}
