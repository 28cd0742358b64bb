import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface HubProcess {
  readonly child: ChildProcess;
  /** What it printed when it was ready. */
  readonly readyLine: string;
  /** The end of what it wrote to its log. */
  errors(): string;
  /** Ends it in an orderly way, or with the signal given. */
  stop(signal?: NodeJS.Signals): Promise<void>;
}

const main = fileURLToPath(new URL('../../services/main.js', import.meta.url));
/** A test is all the clients of its hub, at one address. */
const crowd = { CONNECTIONS_PER_ADDRESS: '1000000', SUBSCRIPTIONS_PER_VIEWER: '1000000' };
/** On a machine that does ten other things. */
const startupMs = 60_000;

/** Starts the hub, or some of its roles, as a process of its own and waits until it says it is ready. */
export async function startHubProcess(environment: Record<string, string>, ...args: string[]): Promise<HubProcess> {
  const env = {
    PATH: process.env.PATH ?? '',
    HOME: process.env.HOME ?? '',
    APOLLO_TELEMETRY_DISABLED: 'true',
    LOG_LEVEL: 'warn',
    ...crowd,
    ...environment,
  };
  const child = spawn(process.execPath, [main, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const exited = once(child, 'exit');
  let errors = '';
  child.stderr?.on('data', (chunk) => {
    errors = (errors + chunk).slice(-8_000);
  });
  const readyLine = await waitForLine(child, 'Weft is ready', () => errors);
  return {
    child,
    readyLine,
    errors: () => errors,
    async stop(signal = 'SIGTERM') {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal);
      await exited;
    },
  };
}

function waitForLine(child: ChildProcess, start: string, errors: () => string): Promise<string> {
  return new Promise((resolve, reject) => {
    if (!child.stdout) return reject(new Error('The hub has no output to read.'));
    const said: string[] = [];
    const failed = (why: string) => {
      clearTimeout(timer);
      child.kill('SIGKILL');
      reject(new Error(`The hub ${why}. It said:\n${said.join('\n')}\nIts errors:\n${errors()}`));
    };
    const timer = setTimeout(() => failed(`was not ready within ${startupMs / 1000} s`), startupMs);
    const ended = (code: number | null) => failed(`ended with code ${code} before it was ready`);
    child.once('exit', ended);
    createInterface({ input: child.stdout }).on('line', (line) => {
      said.push(line);
      if (!line.startsWith(start)) return;
      clearTimeout(timer);
      child.off('exit', ended);
      resolve(line);
    });
  });
}
