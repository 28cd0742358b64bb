import { type FrameSocket, openFrameSocket } from '../../bench/load/frame-socket.js';

/** What all members of a crowd do. */
export interface CrowdTask {
  readonly url: string;
  /** Members take turns with these tokens. */
  readonly tokens: readonly string[];
  readonly query: string;
  readonly variables: object;
  /** The place from which everything counts. */
  readonly after: string;
}

interface Message {
  readonly type: string;
  readonly payload?: {
    readonly weft?: { readonly cursor: string };
    readonly data?: { readonly contributionAdded: { readonly contribution: { readonly body: string } | null } };
    readonly extensions?: { readonly weft: { readonly cursor: string; readonly previous: string } };
  } & Iterable<{ readonly extensions?: { readonly code?: string } }>;
}

const betweenAttemptsMs = () => 50 + Math.random() * 200;

/** One subscriber to contributions: it knows its place and what it was given, and comes back when it is told to, by the hub as well. */
export class Member {
  /** The first words of what it was given. */
  readonly given: string[] = [];
  readonly arrivals: number[] = [];
  /** Events whose "previous" is not the place it knew. */
  brokenLinks = 0;
  /** Codes of errors and reasons of closings that it had no part in. */
  readonly refusals: string[] = [];
  private place: string;
  private attempts = 0;
  private socket: FrameSocket | undefined;

  constructor(
    private readonly task: CrowdTask,
    private readonly token: string,
  ) {
    this.place = task.after;
  }

  /** Connects as often as it takes, and resolves when it was let in and has said what it wants. */
  async comeBack(): Promise<void> {
    this.leave();
    for (;;) {
      try {
        return await this.connect();
      } catch (error) {
        this.refusals.push(error instanceof Error ? error.message : String(error));
        await new Promise((resolve) => setTimeout(resolve, betweenAttemptsMs()));
      }
    }
  }

  /** Without a word, as when the line is lost. */
  leave(): void {
    this.socket?.close();
    this.socket = undefined;
  }

  stopReading(): void {
    this.socket?.pause();
  }

  private async connect(): Promise<void> {
    this.attempts += 1;
    const attempt = this.attempts;
    let known = this.place;
    const { promise: letIn, resolve, reject } = withResolvers();
    const socket: FrameSocket = await openFrameSocket(new URL(`${this.task.url}/graphql`), {
      message: (bytes) => {
        if (this.socket !== socket) return;
        const { type, payload } = JSON.parse(bytes.toString()) as Message;
        if (type === 'connection_ack') {
          socket.send(this.subscription());
          resolve();
        }
        if (type === 'ping') {
          this.place = payload?.weft?.cursor ?? this.place;
          socket.send('{"type":"pong"}');
        }
        if (type === 'next' && payload) known = this.take(payload, known);
        if (type === 'error') this.refused([...(payload ?? [])].map(({ extensions }) => `${extensions?.code}`));
      },
      closed: (reason) => {
        reject(new Error(reason));
        if (this.socket === socket) this.refusals.push(reason);
      },
    });
    if (attempt !== this.attempts) return socket.close();
    this.socket = socket;
    socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${this.token}` } }));
    await letIn;
  }

  private refused(codes: readonly string[]): void {
    this.refusals.push(...codes);
    if (codes.includes('RESUME_FROM')) void this.comeBack();
  }

  private subscription(): string {
    const { query, variables } = this.task;
    return JSON.stringify({
      id: '1',
      type: 'subscribe',
      payload: { query, variables: { ...variables, after: this.place } },
    });
  }

  private take({ data, extensions }: NonNullable<Message['payload']>, known: string): string {
    const weft = extensions?.weft;
    if (!weft) throw new Error('An event came without its place.');
    if (weft.previous !== known) this.brokenLinks += 1;
    this.given.push(data?.contributionAdded.contribution?.body.split(' x')[0] ?? '');
    this.arrivals.push(Date.now());
    this.place = weft.cursor;
    return weft.cursor;
  }
}

function withResolvers(): { promise: Promise<void>; resolve: () => void; reject: (error: Error) => void } {
  let resolve = () => {};
  let reject: (error: Error) => void = () => {};
  const promise = new Promise<void>((done, failed) => {
    resolve = done;
    reject = failed;
  });
  promise.catch(() => undefined); // of a line that is lost later
  return { promise, resolve, reject };
}
