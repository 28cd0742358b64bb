/**
 * The bytes of a `next` message. A stream gives the same payload to one subscriber after the other, so the last one is kept: who
 * uses the same id gets the very same bytes, the others get a copy of the payload's, and nobody has it encoded again.
 */
export class NextMessages {
  private payload = '';
  private payloadBytes = Buffer.alloc(0);
  private start = '';
  private message = Buffer.alloc(0);

  /** `start` is everything in front of the payload. */
  bytesOf(start: string, payload: string): Buffer {
    const known = this.payload === payload;
    if (known && this.start === start) return this.message;
    if (!known) {
      this.payload = payload;
      this.payloadBytes = Buffer.from(`${payload}}`);
    }
    this.start = start;
    this.message = Buffer.concat([Buffer.from(start), this.payloadBytes]);
    return this.message;
  }
}
