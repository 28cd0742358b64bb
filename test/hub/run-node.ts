import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface EndedProcess {
  /** Null when a signal ended it. */
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface NodeProcess {
  readonly child: ChildProcess;
  readonly ended: Promise<EndedProcess>;
}

/** Runs a compiled file of the project as a process, with nothing of this test run's environment but where programs are. */
export function runNode(file: string, args: readonly string[], environment: Record<string, string>): NodeProcess {
  const path = fileURLToPath(new URL(`../../${file}`, import.meta.url));
  const env = { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', ...environment };
  const child = spawn(process.execPath, [path, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const written = { out: '', err: '' };
  child.stdout.on('data', (chunk) => {
    written.out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    written.err += chunk;
  });
  const ended = new Promise<EndedProcess>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, ...written }));
  });
  return { child, ended };
}
