import { SubgraphCallError } from '#gateway/execute/subgraph-transport.js';
import { listeningPause } from './listening-pause.js';

export interface BreakerOptions {
  readonly subgraph: string;
  /** Asks the subgraph for the least there is; resolves when it answered, whatever it said, and rejects when it did not. */
  readonly probe: (signal: AbortSignal) => Promise<unknown>;
  readonly changed: (open: boolean) => void;
  readonly times?: Partial<BreakerTimes>;
}

export interface BreakerTimes {
  /** A subgraph that was asked and said nothing to anybody for so long is suspected to be frozen. */
  readonly suspectAfterMs: number;
  /** Time it has to show that it lives. With the one above it stays below two seconds: then clients have their partial answer. */
  readonly probeMs: number;
  /** Between two probes of a subgraph that is held to be frozen. */
  readonly againMs: number;
}

export const usualBreakerTimes: BreakerTimes = { suspectAfterMs: 1_000, probeMs: 800, againMs: 500 };

/** Many calls in a row that took too long open it even though probes are answered: whatever it does, it is of no use now. */
const timeoutsToOpen = 10;

/** A call that waits for its answer. */
export interface Waiting {
  readonly since: number;
  giveUp(reason: SubgraphCallError): void;
}

/**
 * Keeps a subgraph that is frozen or overloaded from holding up whoever needs it for a part of an answer only. Closed: calls go
 * through. Open: they fail at once, and only the probe is sent. Half open: a probe was answered; calls go through, and the first
 * that times out opens it again. A slow answer is no reason to open it as long as others get theirs, and one that refuses
 * connections fails at once by itself.
 */
export class Breaker {
  private readonly waiting = new Set<Waiting>();
  private readonly times: BreakerTimes;
  private readonly stopping = new AbortController();
  private lastSign = -Infinity;
  private timeoutsInARow = 0;
  private timer: NodeJS.Timeout | undefined;
  private probing = false;
  private open = false;

  constructor(private readonly options: BreakerOptions) {
    this.times = { ...usualBreakerTimes, ...options.times };
  }

  get isOpen(): boolean {
    return this.open;
  }

  /** For a call that was sent and is given up, or for one that is not even sent. */
  refusal(sent: boolean): SubgraphCallError {
    const message = `The service "${this.options.subgraph}" does not answer at the moment. Try again in a few seconds.`;
    return new SubgraphCallError('SUBGRAPH_UNAVAILABLE', message, { sent });
  }

  began(call: Waiting): void {
    this.waiting.add(call);
    this.lookAgainIn(this.times.suspectAfterMs);
  }

  answered(call: Waiting): void {
    this.waiting.delete(call);
    this.lastSign = performance.now();
    this.timeoutsInARow = 0;
  }

  failed(call: Waiting, failure: unknown): void {
    this.waiting.delete(call);
    if (!(failure instanceof SubgraphCallError) || failure.code !== 'SUBGRAPH_TIMEOUT') return;
    this.timeoutsInARow += 1;
    if (this.timeoutsInARow >= timeoutsToOpen) this.change(true);
  }

  stop(): void {
    clearTimeout(this.timer);
    this.stopping.abort();
  }

  private lookAgainIn(milliseconds: number): void {
    if (this.timer || this.probing || this.stopping.signal.aborted) return;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      void this.look();
    }, milliseconds);
    this.timer.unref();
  }

  /** A sign of life given to one is good for all: only a silence towards everybody is suspicious. */
  private async look(): Promise<void> {
    const [oldest] = this.waiting;
    if (!this.open && !oldest) return;
    const silentSince = Math.max(this.lastSign, oldest?.since ?? 0);
    const suspectAt = silentSince + this.times.suspectAfterMs;
    if (!this.open && suspectAt > performance.now()) return this.lookAgainIn(suspectAt - performance.now());
    this.change(!(await this.lives()));
    this.lookAgainIn(this.open ? this.times.againMs : this.times.suspectAfterMs);
  }

  private async lives(): Promise<boolean> {
    const asked = performance.now();
    const ending = new AbortController();
    const end = () => ending.abort();
    this.stopping.signal.addEventListener('abort', end);
    listeningPause(this.times.probeMs, ending.signal).then(end, () => undefined);
    this.probing = true;
    try {
      await this.options.probe(ending.signal);
      this.lastSign = performance.now();
    } catch {
      // Somebody else may have had an answer meanwhile.
    } finally {
      this.probing = false;
      this.stopping.signal.removeEventListener('abort', end);
      end();
    }
    return this.lastSign >= asked;
  }

  private change(open: boolean): void {
    if (this.stopping.signal.aborted) return;
    if (open) for (const call of [...this.waiting]) call.giveUp(this.refusal(true));
    if (open === this.open) return;
    this.open = open;
    this.timeoutsInARow = open ? 0 : timeoutsToOpen - 1;
    this.options.changed(open);
    if (open) this.lookAgainIn(this.times.againMs);
  }
}
