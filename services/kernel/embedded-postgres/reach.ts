import type { Stats } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { OsUser } from './os-user.js';

const EXECUTE = 1;
const READ_AND_EXECUTE = 5;

/** Whether the user can get to this folder: every folder on the way must let them pass. */
export async function canEnter(folder: string, user: OsUser): Promise<boolean> {
  return (await blockingFolder(folder, user)) === undefined;
}

/** The outermost folder on the way to this one that keeps the user out. */
export async function blockingFolder(folder: string, user: OsUser): Promise<string | undefined> {
  for (const step of stepsTo(await realpath(folder))) {
    if (!permits(await stat(step), user, EXECUTE)) return step;
  }
  return undefined;
}

/** Whether the user can read and run this file, or read and enter this folder. */
export async function canRun(path: string, user: OsUser): Promise<boolean> {
  const real = await realpath(path);
  return permits(await stat(real), user, READ_AND_EXECUTE) && (await canEnter(dirname(real), user));
}

/** From the root down to the path itself. */
function stepsTo(path: string): string[] {
  const parent = dirname(path);
  return parent === path ? [path] : [...stepsTo(parent), path];
}

/** The classical permission bits. A finer access list could only make us move a folder that need not move. */
function permits(entry: Stats, user: OsUser, wanted: number): boolean {
  const shift = entry.uid === user.uid ? 6 : entry.gid === user.gid ? 3 : 0;
  return ((entry.mode >> shift) & wanted) === wanted;
}
