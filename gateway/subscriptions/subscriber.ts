import type { GraphQLFormattedError } from 'graphql';
import type { Frame } from './frame.js';

/** Where the frames of one subscription of one client go. A transport implements it. */
export interface Sink {
  /** False when the client reads too slowly to be given more. */
  next(payload: string, cursor: string | undefined): boolean;
  /** More waits for the client than a healthy one has on its way. */
  isBehind(): boolean;
  /** A fresh place, while nothing happens. */
  heartbeat(cursor: string): void;
  /** Ends the subscription with errors. */
  fail(errors: readonly GraphQLFormattedError[]): void;
  /** Ends a subscription whose foreign subgraph has ended it; ours never do. */
  complete(): void;
}

/** What a transport gives for any operation. */
export interface TransportSink extends Sink {
  /** It is a subscription, which has no end of its own: a gateway that stops waits for the answers to all others. */
  lasts(): void;
}

/** One subscription of one client: what it was last given, so that each frame can name the one before it. */
export class Subscriber {
  ended = false;
  /** Number of the frame it stands behind, in the stream it belongs to. */
  private standsBehind = 0;

  constructor(
    private readonly sink: Sink,
    /** The place this client stands at; undefined until it has been given one. */
    public place: string | undefined,
  ) {}

  /** It now belongs to a stream, in which its place lies behind the frame of this number. */
  standBehind(number: number): void {
    this.standsBehind = number;
  }

  /** Gives the frame of this number. `previous` is written anew for a client that stands at a heartbeat, never across a gap. */
  give(frame: Frame, number: number): void {
    if (this.ended) return;
    if (number !== this.standsBehind + 1) return this.cutOff(undefined);
    const elsewhere = this.place !== undefined && frame.previous !== this.place;
    const payload = elsewhere && this.place !== undefined ? frame.withPrevious(this.place) : frame.text;
    if (!this.sink.next(payload, frame.cursor)) return this.cutOff(frame.previous);
    this.place = frame.cursor;
    this.standsBehind = number;
  }

  /** The first one tells a client that subscribed from now where that was. */
  heartbeat(cursor: string): void {
    if (this.ended) return;
    this.place ??= cursor;
    this.sink.heartbeat(cursor);
  }

  isBehind(): boolean {
    return !this.ended && this.sink.isBehind();
  }

  fail(errors: readonly GraphQLFormattedError[]): void {
    if (this.ended) return;
    this.ended = true;
    this.sink.fail(errors);
  }

  complete(): void {
    if (this.ended) return;
    this.ended = true;
    this.sink.complete();
  }

  /** Never skipped in silence: a client that cannot be given the next frame is told where it stands and let go. */
  cutOff(beforeFrame: string | undefined): void {
    const cursor = this.place ?? beforeFrame ?? null;
    this.fail([
      {
        message:
          'You read more slowly than events come. Subscribe again with "after" the cursor given here; nothing is lost.',
        extensions: { code: 'RESUME_FROM', cursor },
      },
    ]);
  }
}
