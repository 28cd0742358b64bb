/** So many seconds' worth of messages may come at once: a client that has just come back subscribes to everything again. */
const burstSeconds = 10;

/** Messages of one socket: those that only keep the server busy end it. */
export class MessageRate {
  private level = 0;
  private at = performance.now();

  constructor(private readonly perSecond: number) {}

  /** False when this message is one too many. */
  take(): boolean {
    const now = performance.now();
    this.level = Math.max(0, this.level - ((now - this.at) * this.perSecond) / 1_000) + 1;
    this.at = now;
    return this.level <= this.perSecond * burstSeconds;
  }
}
