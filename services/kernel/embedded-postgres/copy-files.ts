import type { Stats } from 'node:fs';
import { chmod, chown, copyFile, lstat, mkdir, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isErrno } from '#kernel/data-folder/errno.js';
import { isRoot, type OsUser } from './os-user.js';

export interface CopyOptions {
  /** Whether this entry is wanted, by its path below the top; all it contains goes with it. */
  readonly wanted?: (path: string) => boolean;
  /** Whose the copies are to be, where that is not for us to leave as it is. */
  readonly owner?: OsUser | undefined;
}

/** Copies a folder and waits until it is on the disk. Files that vanish meanwhile are left out: a running database drops and makes some. */
export async function copyFolder(from: string, to: string, options: CopyOptions = {}): Promise<void> {
  await copyEntries(from, to, '', options);
}

/** Copies one file and waits until it is on the disk. */
export async function copyPrivateFile(from: string, to: string, owner?: OsUser): Promise<void> {
  await copyFile(from, to);
  await settle(to, await lstat(from), owner);
}

async function copyEntries(from: string, to: string, path: string, options: CopyOptions): Promise<void> {
  const folder = await lstat(join(from, path));
  await mkdir(join(to, path));
  for (const name of await readdir(join(from, path))) {
    const below = join(path, name);
    if (options.wanted?.(below) !== false) await unlessGone(() => copyEntry(from, to, below, options));
  }
  await settle(join(to, path), folder, options.owner);
}

async function copyEntry(from: string, to: string, path: string, options: CopyOptions): Promise<void> {
  const entry = await lstat(join(from, path));
  if (entry.isDirectory()) return copyEntries(from, to, path, options);
  if (entry.isFile()) return copyPrivateFile(join(from, path), join(to, path), options.owner);
  throw new Error(
    `${join(from, path)} is neither a file nor a folder; a database that is spread over links is not copied.`,
  );
}

async function unlessGone(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!isErrno(error, 'ENOENT')) throw error;
  }
}

async function settle(path: string, { mode, uid, gid }: Stats, owner: OsUser = { uid, gid }): Promise<void> {
  await chmod(path, mode & 0o777);
  if (isRoot()) await chown(path, owner.uid, owner.gid);
  const file = await open(path, 'r');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
