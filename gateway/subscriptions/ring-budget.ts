const maxBytesEach = 4 * 1024 * 1024;
/** A few frames at least, so that a short loss of the connection costs no new upstream. */
const minBytesEach = 16 * 1024;

/**
 * What all rings of a process may keep together. Streams that differ by viewer are as many as viewers: with a fixed size each,
 * ten thousand of them would take tens of gigabytes.
 */
export class RingBudget {
  private rings = 0;

  constructor(private readonly totalBytes = 64 * 1024 * 1024) {}

  get bytesEach(): number {
    return Math.min(maxBytesEach, Math.max(minBytesEach, Math.floor(this.totalBytes / Math.max(1, this.rings))));
  }

  join(): void {
    this.rings += 1;
  }

  leave(): void {
    this.rings -= 1;
  }
}
