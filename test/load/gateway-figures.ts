import { readdir, readFile } from 'node:fs/promises';
import type { ServiceName } from '../crash/crash-hub.js';

/** Resident memory of a process, as Linux counts it. */
export async function residentBytesOf(pid: number): Promise<number> {
  const text = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(text)?.[1] ?? Number.NaN) * 1024;
}

/** Files and sockets that a process has open. */
export async function openFilesOf(pid: number): Promise<number> {
  return (await readdir(`/proc/${pid}/fd`)).length;
}

/** The sum of a figure over all its labels, of what Prometheus is told. */
export function figure(metrics: string, name: string): number {
  const values = metrics.split('\n').filter((line) => line.startsWith(`${name} `) || line.startsWith(`${name}{`));
  if (values.length === 0) throw new Error(`There is no figure "${name}".`);
  return values.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' ') + 1)), 0);
}

export const services: readonly ServiceName[] = ['people', 'ideas', 'conversations'];

export const mebibyte = 1024 * 1024;
