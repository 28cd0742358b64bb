import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/**
 * Names one life of one process: its number, and when it began. The number alone is not enough: numbers are given
 * again, and a lock held by a dead hub would then seem to be held by whatever program got its number.
 * Undefined when no such process runs.
 */
export function identityOf(pid: number): string | undefined {
  if (process.platform === 'linux') return identityFromProc(pid);
  const began = spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' });
  if (began.error) return answersSignals(pid) ? `${pid}-unknown` : undefined;
  if (began.status !== 0) return undefined;
  return `${pid}-${createHash('sha256').update(began.stdout.trim()).digest('hex').slice(0, 12)}`;
}

export function ownIdentity(): string {
  return identityOf(process.pid) ?? `${process.pid}-unknown`;
}

export function pidOf(identity: string): number {
  return Number.parseInt(identity, 10);
}

export function isRunning(identity: string): boolean {
  return identityOf(pidOf(identity)) === identity;
}

/** The start is counted in ticks since boot, so the boot belongs to it: two boots may well start us at the same tick. */
function identityFromProc(pid: number): string | undefined {
  const stat = readText(`/proc/${pid}/stat`);
  if (stat === undefined) return undefined;
  // The second field is the program's name in brackets and may itself hold blanks and brackets.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state, startedAt] = [fields[0], fields[19]];
  // A zombie is dead and only waits for its parent to notice.
  if (state === 'Z' || state === 'X' || startedAt === undefined) return undefined;
  const boot = readText('/proc/sys/kernel/random/boot_id')?.slice(0, 8) ?? 'boot';
  return `${pid}-${boot}-${startedAt}`;
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function answersSignals(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
