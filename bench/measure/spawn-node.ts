import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { ProbeQuestion } from './probe.js';

/** A process that is measured. */
export interface NodeProcess {
  readonly pid: number;
  ask(question: ProbeQuestion): Promise<number>;
  stop(): Promise<void>;
}

export interface NodeProgram {
  /** Compiled file, relative to the root of the build. */
  readonly script: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

const startupMs = 60_000;
const stopMs = 15_000;
const probe = new URL('./probe.js', import.meta.url).href;
const build = new URL('../../', import.meta.url);

/** Starts it and waits until it prints that it is ready. */
export async function spawnNode(program: NodeProgram): Promise<NodeProcess> {
  const script = fileURLToPath(new URL(program.script, build));
  const profile = process.env.BENCH_CPU_PROFILE;
  const flags = [...asStarted, ...(profile ? ['--cpu-prof', '--cpu-prof-dir', profile] : [])];
  const child = spawn(process.execPath, [...flags, '--import', probe, script, ...(program.args ?? [])], {
    env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', ...surroundings, ...program.env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  await ready(child, program.script);
  return {
    pid: child.pid ?? 0,
    async ask(question) {
      child.send(question);
      const [answer] = await once(child, 'message');
      return Number(answer);
    },
    stop: () => stop(child),
  };
}

/** What `npm start` and the image give the hub, for everybody: the peers gain from it as well. */
const asStarted = ['--max-semi-space-size=32'];

/** Telemetry would be work that the other contenders do not do. */
const surroundings = { APOLLO_TELEMETRY_DISABLED: 'true', LOG_LEVEL: 'error', NODE_ENV: 'production' };

function ready(child: ChildProcess, script: string): Promise<void> {
  let errors = '';
  child.stderr?.on('data', (chunk) => {
    errors = (errors + chunk).slice(-4_000);
  });
  return new Promise((resolve, reject) => {
    const failed = (why: string) => {
      clearTimeout(timer);
      child.kill('SIGKILL');
      reject(new Error(`${script} ${why}. Its errors:\n${errors}`));
    };
    const timer = setTimeout(() => failed('was not ready in time'), startupMs);
    child.once('exit', (code) => failed(`ended with code ${code} before it was ready`));
    if (!child.stdout) return failed('has no output');
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (!/\bready\b/i.test(line)) return;
      clearTimeout(timer);
      child.removeAllListeners('exit');
      resolve();
    });
  });
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), stopMs);
  await exited;
  clearTimeout(timer);
}
