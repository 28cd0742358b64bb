import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { identityOf, isRunning } from '#kernel/data-folder/process-identity.js';

/** A fast shutdown writes a checkpoint first, which takes its time on a slow disk. */
const FAST_SHUTDOWN_MS = 30_000;
const IMMEDIATE_SHUTDOWN_MS = 10_000;
const LOOK_AGAIN_MS = 20;

/**
 * Stops the PostgreSQL that a killed hub left running on this cluster, so that ours can start. Stopping it is safer than
 * adopting it: we could not tell when it dies, and it may run with other settings.
 * The caller holds the lock of the cluster, so no living hub uses it.
 */
export async function stopLeftoverPostmaster(cluster: string, onProgress: (line: string) => void): Promise<void> {
  const postmaster = await livingPostmaster(cluster);
  // PostgreSQL would refuse to start as long as any process has the number in this file, whatever it is.
  if (!postmaster) return await rm(pidFileIn(cluster), { force: true });
  onProgress(`Stopping the PostgreSQL (process ${postmaster.pid}) that an earlier hub left running`);
  await stop(postmaster.pid, postmaster.identity);
}

/** The server that runs on this cluster, whoever started it. */
export async function livingPostmaster(cluster: string): Promise<{ pid: number; identity: string } | undefined> {
  const text = await readFile(pidFileIn(cluster), 'utf8').catch(() => '');
  const pid = Number.parseInt(text, 10);
  const identity = pid > 0 ? identityOf(pid) : undefined;
  return identity !== undefined && isPostmasterOf(cluster, pid) ? { pid, identity } : undefined;
}

function pidFileIn(cluster: string): string {
  return join(cluster, 'postmaster.pid');
}

async function stop(pid: number, identity: string): Promise<void> {
  process.kill(pid, 'SIGINT');
  if (await ended(identity, FAST_SHUTDOWN_MS)) return;
  process.kill(pid, 'SIGQUIT');
  if (await ended(identity, IMMEDIATE_SHUTDOWN_MS)) return;
  throw new Error(
    `A PostgreSQL that an earlier hub left running (process ${pid}) does not stop. Find out what it waits for, usually the disk; if nothing helps, run "kill -9 ${pid}" and start again.`,
  );
}

/** It is not our child, so nothing tells us of its end; we have to look. */
async function ended(identity: string, withinMs: number): Promise<boolean> {
  const deadline = performance.now() + withinMs;
  while (isRunning(identity)) {
    if (performance.now() > deadline) return false;
    await pause(LOOK_AGAIN_MS);
  }
  return true;
}

function isPostmasterOf(cluster: string, pid: number): boolean {
  const args = commandLine(pid);
  return args.includes('postgres') && args.includes(cluster);
}

function commandLine(pid: number): string {
  if (process.platform !== 'linux') {
    return spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout ?? '';
  }
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}
