/** Long enough for the restart of a service on a busy machine. */
const usualMs = 30_000;
/** Whoever fails after so long without a failure is away anew, also when no event proved meanwhile that it was back. */
const quietMs = 20_000;

/** How long an outage of another service is waited for: over all events of a stream, and over all its connections. */
export class Patience {
  private until = 0;
  private failedAt = Number.NEGATIVE_INFINITY;
  private readAgain: string | undefined;

  constructor(private readonly milliseconds = usualMs) {}

  /** To be asked after each failure. */
  lasts(): boolean {
    const now = performance.now();
    if (now - this.failedAt > quietMs) this.until = now + this.milliseconds;
    this.failedAt = now;
    return now < this.until;
  }

  /** An event that had failed succeeded: the outage is over. */
  restore(): void {
    this.failedAt = Number.NEGATIVE_INFINITY;
  }

  /** Once for each event: a service that fails every other time must not hold the stream at one place for ever. */
  mayReadAgain(cursor: string): boolean {
    const may = this.readAgain !== cursor;
    this.readAgain = cursor;
    return may;
  }
}
