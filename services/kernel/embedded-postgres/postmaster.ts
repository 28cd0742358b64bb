import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import type { Binaries } from './binaries.js';
import type { ClusterHome } from './cluster-home.js';
import { stopLeftoverPostmaster } from './leftover-postmaster.js';
import { runAs } from './run-as.js';
import { serverSettings } from './server-settings.js';

/** One life of the PostgreSQL server. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  /** Resolves with how it ended. */
  readonly exited: Promise<string>;
  stop(): Promise<void>;
}

export interface PostmasterOptions {
  readonly home: ClusterHome;
  readonly binaries: Binaries;
  readonly settings: Record<string, string>;
  readonly onProgress: (line: string) => void;
}

/** The server ended before it was ready. */
export class PostmasterFailed extends Error {
  constructor(
    how: string,
    readonly log: string,
  ) {
    super(`PostgreSQL could not start (${how}). It said:\n${log}`);
  }

  /**
   * Whether to try again: another program took the port between choosing and using it, or processes of a killed server
   * still hold the cluster and are about to notice.
   */
  get passing(): boolean {
    return /could not bind|could not create any TCP|lock file .* already exists|shared memory block/.test(this.log);
  }
}

/** Starts the server on this port and resolves when it takes connections. */
export async function launchPostmaster(options: PostmasterOptions, port: number): Promise<Postmaster> {
  const { home, onProgress } = options;
  await stopLeftoverPostmaster(home.cluster, onProgress);
  const child = spawnPostmaster(options, port);
  const log = new RecentLines(child.stderr);
  const exited = endOf(child);
  const slow = setInterval(() => onProgress(SLOW_START), SLOW_START_MS);
  try {
    const failure = await Promise.race([log.saw('ready to accept connections'), exited]);
    if (failure !== undefined || child.pid === undefined) throw new PostmasterFailed(String(failure), log.text());
  } finally {
    clearInterval(slow);
  }
  const { pid } = child;
  return { pid, port, exited: exited.then((how) => `${how}: ${log.last()}`), stop: () => stop(child, exited) };
}

const SLOW_START_MS = 5_000;
const SLOW_START = 'PostgreSQL is still starting; after an unclean end it first repeats the last writes';
const LAST_WORDS_MS = 200;
const FAST_SHUTDOWN_MS = 30_000;

type Child = ChildProcessByStdio<null, null, Readable>;

function spawnPostmaster({ home, binaries, settings }: PostmasterOptions, port: number): Child {
  return spawn(binaries.postgres, ['-D', home.cluster, ...serverSettings(port, settings)], {
    ...runAs(home.runAs),
    // A session of its own: Ctrl-C in the terminal must reach the hub alone, which drains before it stops the database.
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
}

function endOf(child: Child): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', async (code, signal) => {
      // By 'close' its last words have been read; but a surviving backend would keep the pipe open.
      await Promise.race([once(child, 'close'), pause(LAST_WORDS_MS)]);
      resolve(code === null ? `ended by ${signal}` : `exit code ${code}`);
    });
  });
}

/** Fast: open transactions are rolled back and a checkpoint is written. If that hangs, at once; the log then repeats it. */
async function stop(child: Child, exited: Promise<unknown>): Promise<void> {
  child.kill('SIGINT');
  const timer = setTimeout(() => child.kill('SIGQUIT'), FAST_SHUTDOWN_MS);
  await exited;
  clearTimeout(timer);
}

/** The end of the server's log, which is what explains a failure. */
class RecentLines {
  private readonly lines: string[] = [];
  private readonly watchers = new Map<string, () => void>();

  constructor(stream: Readable) {
    createInterface(stream).on('line', (line) => this.add(line));
  }

  saw(text: string): Promise<undefined> {
    return new Promise((resolve) => this.watchers.set(text, () => resolve(undefined)));
  }

  text(): string {
    return this.lines.join('\n');
  }

  last(): string {
    return this.lines.at(-1) ?? 'it said nothing';
  }

  private add(line: string): void {
    this.lines.push(line);
    if (this.lines.length > 40) this.lines.shift();
    for (const [text, found] of this.watchers) if (line.includes(text)) found();
  }
}
