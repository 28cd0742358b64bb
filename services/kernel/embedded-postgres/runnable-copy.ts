import { randomBytes } from 'node:crypto';
import { chmod, cp, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { OsUser } from './os-user.js';
import { ownPlace } from './own-place.js';
import { canRun } from './reach.js';

/**
 * The package's folder, or where the user cannot run it from there - a checkout below /root, or one made with a strict
 * umask - a copy. One copy for each version serves every hub of the machine.
 */
export async function runnableFor(
  user: OsUser,
  installed: string,
  version: string,
  onProgress: (line: string) => void,
): Promise<string> {
  if (await everyPartRuns(installed, user)) return installed;
  const copy = join(await ownPlace(`postgresql-${version}`, user), process.arch);
  if (await everyPartRuns(copy, user).catch(() => false)) return copy;
  onProgress(`PostgreSQL's user cannot run the files in ${installed}: copying them to ${copy}`);
  await copyTo(copy, installed);
  return copy;
}

async function everyPartRuns(packageFolder: string, user: OsUser): Promise<boolean> {
  const parts = ['bin', 'bin/postgres', 'bin/initdb', 'lib', 'share'];
  const answers = await Promise.all(parts.map((part) => canRun(join(packageFolder, 'native', part), user)));
  return answers.every(Boolean);
}

/** The copy gets its name only when it is complete; whoever comes second finds it there and drops its own. */
async function copyTo(copy: string, installed: string): Promise<void> {
  const draft = `${copy}.${randomBytes(6).toString('hex')}`;
  await cp(join(installed, 'native'), join(draft, 'native'), { recursive: true, verbatimSymlinks: true });
  await openForAll(draft, 0o755);
  await rename(draft, copy).catch(() => rm(draft, { recursive: true }));
}

/** The files hold nothing secret: everybody can download them. */
async function openForAll(folder: string, fileMode: number): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await openForAll(path, entry.name === 'bin' ? 0o755 : 0o644);
    else if (entry.isFile()) await chmod(path, fileMode);
  }
}
