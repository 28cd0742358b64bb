import type { Frame } from './frame.js';
import type { RingBudget } from './ring-budget.js';
import { behindBytes } from './waiting-room.js';

const maxFrames = 1_000;
const maxMarks = 1_000;

/**
 * The latest frames of a stream and the places clients may know: whoever comes back to one of them misses nothing. Frames are
 * numbered from 1 on; a place is the number of the frame it lies behind.
 */
export class Ring {
  private readonly frames: Frame[] = [];
  private readonly places = new Map<string, number>();
  private readonly marks: string[] = [];
  private dropped = 0;
  private droppedCursor: string | undefined;
  private bytes = 0;

  constructor(private readonly budget: RingBudget) {
    budget.join();
  }

  /** Number of the newest frame. */
  get newest(): number {
    return this.dropped + this.frames.length;
  }

  /** A place without a frame: the start of the stream, or a heartbeat. */
  mark(cursor: string): void {
    if (this.has(cursor)) return;
    this.places.set(cursor, this.newest);
    this.marks.push(cursor);
    if (this.marks.length > maxMarks) this.forget(this.marks.shift());
  }

  add(frame: Frame): void {
    this.frames.push(frame);
    if (frame.cursor !== undefined) this.places.set(frame.cursor, this.newest);
    this.bytes += frame.bytes;
    while (this.frames.length > maxFrames || this.bytes > this.budget.bytesEach) this.drop();
  }

  /** The frames behind a place; undefined when the place is not known here, or not any more. */
  after(cursor: string): readonly Frame[] | undefined {
    const place = this.places.get(cursor);
    return place === undefined || place < this.dropped ? undefined : this.frames.slice(place - this.dropped);
  }

  has(cursor: string): boolean {
    return (this.places.get(cursor) ?? -1) >= this.dropped;
  }

  /** Whether the place is known, and what came after it can be given to a client at one time. */
  isNear(cursor: string): boolean {
    const place = this.places.get(cursor) ?? -1;
    if (place < this.dropped) return false;
    let bytes = 0;
    for (let number = this.newest; number > place && bytes <= behindBytes; number -= 1)
      bytes += this.frames[number - 1 - this.dropped]?.bytes ?? 0;
    return bytes <= behindBytes;
  }

  close(): void {
    this.budget.leave();
  }

  /** The place behind the dropped frame still misses nothing; the one before it does. */
  private drop(): void {
    const frame = this.frames.shift();
    if (!frame) return;
    this.dropped += 1;
    this.bytes -= frame.bytes;
    this.forget(this.droppedCursor);
    this.droppedCursor = frame.cursor;
  }

  private forget(cursor: string | undefined): void {
    if (cursor !== undefined) this.places.delete(cursor);
  }
}
