/** A clock that can be stopped: what decays with time is then the same for two who ask one after the other. */
export class StoppedClock {
  private stopped: Date | undefined;

  readonly now = (): Date => this.stopped ?? new Date();

  stop(): void {
    this.stopped = new Date();
  }
}
