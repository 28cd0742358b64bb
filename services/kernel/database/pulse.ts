import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { DatabaseSilent } from './outage.js';

/**
 * Feels whether the database answers. One that is gone refuses connections and every statement fails by itself; one that is frozen,
 * or behind a line that swallows everything, just says nothing, and whoever waits for it waits as long as the slowest statement may
 * take. With a look every second they are told after a few, and those who come meanwhile at once.
 */
export interface Pulse {
  /** The result of the work; fails as soon as the database falls silent. */
  within<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Fails when it is silent now. */
  check(): void;
  stop(): void;
}

export interface PulseOptions {
  readonly url: string;
  readonly applicationName: string;
  /** The moment it falls silent: what waits for an answer on a connection of its own is best let go. */
  readonly fellSilent: () => void;
}

const everyMs = 1_000;
/** Well above the worst that a busy machine makes of a statement that does nothing. */
const patienceMs = 3_000;

export function startPulse({ url, applicationName, fellSilent }: PulseOptions): Pulse {
  const stopping = new AbortController();
  const waiting = new Set<(error: Error) => void>();
  let silent = false;

  function judge(answers: boolean): void {
    const fell = !answers && !silent;
    silent = !answers;
    if (!fell) return;
    for (const give of waiting) give(new DatabaseSilent());
    fellSilent();
  }

  async function feel(): Promise<void> {
    const line = new Line(url, applicationName);
    while (!stopping.signal.aborted) {
      judge(await inTime(line.ask()));
      if (silent) line.drop();
      await pause(silent ? 0 : everyMs, undefined, { signal: stopping.signal, ref: false }).catch(() => undefined);
    }
    line.drop();
  }

  void feel();
  const check = () => {
    if (silent) throw new DatabaseSilent();
  };
  return {
    check,
    async within(work) {
      check();
      let give: (error: Error) => void = () => undefined;
      const lost = new Promise<never>((_, reject) => {
        give = reject;
      });
      waiting.add(give);
      try {
        return await Promise.race([work(), lost]);
      } finally {
        waiting.delete(give);
      }
    },
    stop: () => stopping.abort(),
  };
}

/** A connection apart from the pool, which may be busy through and through while the database is well. */
class Line {
  private client: Client | undefined;

  constructor(
    private readonly url: string,
    private readonly applicationName: string,
  ) {}

  /** Resolves with any answer; a refusal is one too, of which the statements tell by themselves. */
  async ask(): Promise<void> {
    try {
      this.client ??= await this.connect();
      await this.client.query('SELECT 1');
    } catch {
      this.drop();
    }
  }

  drop(): void {
    void this.client?.end().catch(() => undefined);
    this.client = undefined;
  }

  private async connect(): Promise<Client> {
    const client = new Client({
      connectionString: this.url,
      application_name: `${this.applicationName}-pulse`,
      connectionTimeoutMillis: patienceMs * 2,
    });
    client.on('error', () => undefined);
    this.client = client;
    await client.connect();
    return client;
  }
}

/** Whether it resolved within the patience. A process that was itself held up for so long has no right to judge, and looks again. */
async function inTime(answer: Promise<void>): Promise<boolean> {
  for (;;) {
    const since = performance.now();
    const answered = await Promise.race([answer.then(() => true), pause(patienceMs, false, { ref: false })]);
    if (answered) return true;
    // What came in while this process was busy is read after its timers.
    await nextTurn();
    if (await Promise.race([answer.then(() => true), nextTurn(false)])) return true;
    if (performance.now() - since < patienceMs * 1.5) return false;
  }
}
