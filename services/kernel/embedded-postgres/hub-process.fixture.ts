import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface, type Interface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { identityOf, isRunning } from '#kernel/data-folder/process-identity.js';

/** The hub of hub.fixture.ts in a process of its own, which a test can kill. */
export class HubProcess {
  readonly said: string[] = [];
  /** Resolves with the exit code. */
  readonly ended: Promise<number | null>;
  /** The life of its database server, known once it is ready. */
  server = '';
  private readonly child: ChildProcessByStdio<Writable, Readable, null>;
  private readonly lines: Interface;

  constructor(folder: string) {
    const script = fileURLToPath(new URL('./hub.fixture.js', import.meta.url));
    // A group of its own, as a terminal makes one for the program it runs.
    this.child = spawn(process.execPath, [script, folder], { stdio: ['pipe', 'pipe', 'inherit'], detached: true });
    this.lines = createInterface(this.child.stdout).on('line', (line) => this.said.push(line));
    this.ended = once(this.child, 'exit').then(([code]) => code);
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  get serverPid(): number {
    return Number(this.ready()[1]);
  }

  get url(): string {
    return this.ready()[2] ?? '';
  }

  async untilReady(): Promise<void> {
    while (this.ready().length === 0) await once(this.lines, 'line');
    this.server = identityOf(this.serverPid) ?? '';
  }

  /** Ends without stopping its server, as after a bug. */
  endAtOnce(): void {
    this.child.stdin.write('exit\n');
  }

  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.ended;
  }

  async killWithServer(): Promise<void> {
    await this.kill();
    if (isRunning(this.server)) process.kill(this.serverPid, 'SIGQUIT');
  }

  private ready(): string[] {
    return this.said.find((line) => line.startsWith('ready'))?.split(' ') ?? [];
  }
}
