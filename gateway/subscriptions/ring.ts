import type { Frame } from './frame.js';

const maxFrames = 1_000;
const maxBytes = 4 * 1024 * 1024;

/** The latest frames of a stream and the places clients may know: whoever comes back to one of them misses nothing. */
export class Ring {
  private readonly entries: (Frame | string)[] = [];
  private readonly places = new Map<string, number>();
  private first = 0;
  private bytes = 0;

  /** A place without a frame: the start of the stream, or a heartbeat. */
  mark(cursor: string): void {
    if (this.places.has(cursor)) return;
    this.places.set(cursor, this.first + this.entries.push(cursor) - 1);
    this.shrink();
  }

  add(frame: Frame): void {
    const place = this.first + this.entries.push(frame) - 1;
    if (frame.cursor !== undefined) this.places.set(frame.cursor, place);
    this.bytes += frame.bytes;
    this.shrink();
  }

  /** The frames behind a place; undefined when the place is not known here. */
  after(cursor: string): Frame[] | undefined {
    const place = this.places.get(cursor);
    if (place === undefined) return undefined;
    return this.entries.slice(place - this.first + 1).filter((entry) => typeof entry !== 'string');
  }

  has(cursor: string): boolean {
    return this.places.has(cursor);
  }

  private shrink(): void {
    while (this.entries.length > maxFrames || this.bytes > maxBytes) {
      const entry = this.entries.shift();
      if (entry === undefined) return;
      const cursor = typeof entry === 'string' ? entry : entry.cursor;
      if (cursor !== undefined && this.places.get(cursor) === this.first) this.places.delete(cursor);
      if (typeof entry !== 'string') this.bytes -= entry.bytes;
      this.first += 1;
    }
  }
}
