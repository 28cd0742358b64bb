import { Counter, collectDefaultMetrics, Registry } from 'prom-client';

/** Looks at something once per scrape. What is only looked at then costs nothing in between. */
export type Look = () => Promise<void> | void;

/** The figures of one process, for Prometheus. Handed to who counts, never global: a test may run several hubs. */
export class Metrics {
  readonly registry = new Registry();
  private readonly looks: Look[] = [];

  /** Looks are made side by side, before the text is written. */
  beforeScrape(look: Look): void {
    this.looks.push(look);
  }

  /**
   * A count that is kept as a plain number by who counts and read at the scrape: where something is counted a hundred thousand
   * times a second, a counter with labels would be seen in the profile.
   */
  countOf(name: string, help: string, total: () => number): void {
    const counter = new Counter({ name, help, registers: [this.registry] });
    this.beforeScrape(() => {
      counter.reset();
      counter.inc(total());
    });
  }

  async text(): Promise<string> {
    await Promise.all(this.looks.map((look) => look()));
    return this.registry.metrics();
  }
}

/** With memory, CPU, event loop and garbage collection of the process; once a process, since these observe it for good. */
export function processMetrics(): Metrics {
  const metrics = new Metrics();
  collectDefaultMetrics({ register: metrics.registry });
  return metrics;
}
