import { randomBytes } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { claimFolder } from './claim-folder.js';
import { isErrno } from './errno.js';
import { createPrivateFile, DRAFT_SUFFIX, readPrivateFile, writePrivateFile } from './private-file.js';
import { type ProcessLock, takeLock } from './process-lock.js';

/** Everything a hub keeps on disk. One hub at a time holds it, until `close`. */
export interface DataFolder {
  readonly path: string;
  /** 32 random bytes as hex; the same at every start. */
  secret(): Promise<string>;
  writePrivate(name: string, text: string): Promise<void>;
  /** Undefined when nothing of that name was written. */
  readPrivate(name: string): Promise<string | undefined>;
  close(): Promise<void>;
}

export async function openDataFolder(path: string): Promise<DataFolder> {
  const folder = resolve(path);
  const lock = await enter(folder);
  await removeDrafts(folder);
  return {
    path: folder,
    secret: () => createPrivateFile(join(folder, 'secret'), randomBytes(32).toString('hex')),
    writePrivate: async (name, text) => writePrivateFile(join(folder, plainName(name)), text),
    readPrivate: async (name) => readPrivateFile(join(folder, plainName(name))),
    close: () => lock.release(),
  };
}

async function enter(folder: string): Promise<ProcessLock> {
  try {
    await claimFolder(folder);
    return await takeLock(join(folder, 'lock'), (holder) => inUse(folder, holder));
  } catch (error) {
    if (isErrno(error, 'EACCES', 'EPERM', 'EROFS', 'ENOTDIR')) throw new Error(notOurs(folder), { cause: error });
    throw error;
  }
}

/** What a killed hub left half written. Nobody else can be writing now: we hold the lock. */
async function removeDrafts(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (name.endsWith(DRAFT_SUFFIX)) await rm(join(folder, name), { force: true });
  }
}

function plainName(name: string): string {
  if (/^[a-z0-9][a-z0-9.-]*$/.test(name)) return name;
  throw new Error(`"${name}" cannot name a file in the data folder: use lower case letters, digits, dots and dashes.`);
}

function inUse(folder: string, holder: number): string {
  return holder === process.pid
    ? `The data folder ${folder} is already open in this process (${holder}). Close it before you open it again.`
    : `The data folder ${folder} is in use by another hub (process ${holder}). Stop that one first ("kill ${holder}"), or give this hub a data folder of its own.`;
}

function notOurs(folder: string): string {
  return `The data folder ${folder} cannot be written by this user. Start the hub as the user who owns it, change its owner, or name another folder.`;
}
