import { setTimeout as pause } from 'node:timers/promises';
import type { Entry, JudgeTask, Ledger } from './ledger.js';
import type { Connection, Hears, Listen, Received } from './listen.js';
import { listenBySse } from './listen-by-sse.js';
import { listenByWebSocket } from './listen-by-web-socket.js';

const transports = { ws: listenByWebSocket, sse: listenBySse } satisfies Record<string, Listen>;
/** Clients come back at once, but not all in one moment. */
const comeBackMs = () => 20 + Math.random() * 100;

/** A subscriber that comes back whenever its connection is lost, from the last place it knows, and keeps account. */
export class Listener {
  private readonly entries: Entry[] = [];
  private readonly refusals: Record<string, number> = {};
  private connections = 0;
  private cutOff = 0;
  private completed = 0;
  private place: string;
  private connection: Connection | undefined;

  constructor(
    private readonly name: string,
    private readonly transport: keyof typeof transports,
    private readonly task: JudgeTask,
  ) {
    this.place = task.start;
    void this.listen();
  }

  get count(): number {
    return this.entries.length;
  }

  cut(): void {
    this.connection?.cut();
  }

  ledger(): Ledger {
    const { name, entries, connections, cutOff, completed, refusals } = this;
    return { name, entries, connections, cutOff, completed, refusals };
  }

  private async listen(): Promise<void> {
    for (;;) {
      this.connections += 1;
      let current = true;
      this.connection = transports[this.transport](
        this.task,
        this.place,
        this.hears(() => current),
      );
      await this.connection.over;
      current = false;
      await pause(comeBackMs());
    }
  }

  /** What arrives on a connection that was given up is not counted. */
  private hears(isCurrent: () => boolean): Hears {
    let known = this.place;
    return {
      event: (received) => {
        const weft = received.extensions?.weft;
        if (!isCurrent() || !weft) return;
        this.entries.push(entryOf(received, weft, known));
        known = weft.cursor;
        this.place = weft.cursor;
      },
      moved: (cursor) => {
        if (isCurrent()) this.place = cursor;
      },
      refused: (errors = []) => {
        for (const { extensions } of errors) this.count1(String(extensions?.code));
      },
      completed: () => {
        if (isCurrent()) this.completed += 1;
      },
    };
  }

  private count1(code: string): void {
    if (code === 'RESUME_FROM') this.cutOff += 1;
    this.refusals[code] = (this.refusals[code] ?? 0) + 1;
  }
}

function entryOf(received: Received, weft: { cursor: string; previous: string | null }, known: string): Entry {
  const event = received.data?.contributionAdded;
  return {
    ...weft,
    known,
    body: event?.contribution?.body ?? null,
    whole: !received.errors && Boolean(event?.contribution && event.actor?.name),
    at: Date.now(),
  };
}
