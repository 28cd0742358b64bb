import { randomBytes } from 'node:crypto';
import { chown, mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { claimFolder } from '#kernel/data-folder/claim-folder.js';
import { isErrno } from '#kernel/data-folder/errno.js';
import { DRAFT_SUFFIX, readPrivateFile } from '#kernel/data-folder/private-file.js';
import { takeLock } from '#kernel/data-folder/process-lock.js';
import { clusterOf, findClusterHome, POINTER } from './cluster-home.js';
import { copyRunningCluster, copyStoppedCluster } from './copy-cluster.js';
import { copyPrivateFile } from './copy-files.js';
import { livingPostmaster } from './leftover-postmaster.js';
import { isRoot } from './os-user.js';

/** Whether the hub ran while it was saved. */
export type Saved = 'running' | 'stopped';

/**
 * Saves a data folder with its embedded database to a new folder, while the hub runs or not. All that was acknowledged before the
 * call is in it. The new folder appears complete or not at all.
 */
export async function backUp(dataFolder: string, target: string): Promise<Saved> {
  const [folder, to] = [resolve(dataFolder), resolve(target)];
  await mustHoldDatabase(folder);
  await mustBeNew(to, 'Name a folder that does not exist yet.');
  await mkdir(dirname(to), { recursive: true });
  const draft = `${to}.${randomBytes(6).toString('hex')}.draft`;
  await mkdir(draft, { mode: 0o711 });
  try {
    await copyPlainFiles(folder, draft);
    const saved = await copyDatabase(folder, join(draft, 'postgres'));
    await rename(draft, to);
    return saved;
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw error;
  }
}

/**
 * Makes a data folder of a saved one. The database begins another life in it: PostgreSQL opens a new timeline, by which the hub
 * knows that event cursors given out since the backup lead to what never happened here.
 */
export async function restore(saved: string, dataFolder: string): Promise<void> {
  const [from, folder] = [resolve(saved), resolve(dataFolder)];
  await mustHoldDatabase(from);
  await mustBeNew(folder, 'Move it away, or name another one.');
  await claimFolder(folder);
  const home = await findClusterHome(folder, () => undefined);
  const draft = join(home.path, `postgres-draft-${randomBytes(6).toString('hex')}`);
  const owner = home.runAs;
  await copyStoppedCluster(await clusterOf(from), draft, owner);
  await writeFile(join(draft, 'recovery.signal'), '', { mode: 0o600, flush: true });
  if (isRoot() && owner) await chown(join(draft, 'recovery.signal'), owner.uid, owner.gid);
  await rename(draft, home.cluster);
  // The password last: a restore that was interrupted is not taken for a hub, since no hub starts without it.
  await copyPlainFiles(from, folder);
}

async function copyDatabase(folder: string, to: string): Promise<Saved> {
  const cluster = await clusterOf(folder);
  if (await livingPostmaster(cluster)) {
    await copyRunningCluster(cluster, to, (await readPrivateFile(join(folder, PASSWORD)))?.trim() ?? '');
    return 'running';
  }
  // No hub may start on it meanwhile.
  const lock = await takeLock(join(dirname(cluster), 'postgres-lock'), (holder) => startsNow(folder, holder));
  try {
    await copyStoppedCluster(cluster, to);
    return 'stopped';
  } finally {
    await lock.release();
  }
}

const PASSWORD = 'postgres-password';

/** The password, the secret, the token: all but where the database is, which is a matter of each folder. */
async function copyPlainFiles(from: string, to: string): Promise<void> {
  const files = (await readdir(from, { withFileTypes: true })).filter(
    (entry) => entry.isFile() && entry.name !== POINTER && !entry.name.endsWith(DRAFT_SUFFIX),
  );
  const names = files.map(({ name }) => name).sort((a, b) => Number(a === PASSWORD) - Number(b === PASSWORD));
  for (const name of names) await copyPrivateFile(join(from, name), join(to, name));
}

async function mustHoldDatabase(folder: string): Promise<void> {
  const version = join(await clusterOf(folder), 'PG_VERSION');
  if (await isThere(version)) return;
  throw new Error(
    `There is no embedded database in ${folder}. If DATABASE_URL names a server of your own, use the tools of PostgreSQL: see "Backup and restore" in docs/operations.md.`,
  );
}

/** An empty folder will do: it may be the place where a volume is mounted. */
async function mustBeNew(folder: string, advice: string): Promise<void> {
  if ((await isThere(folder)) && (await readdir(folder)).length > 0)
    throw new Error(`${folder} is there and not empty. ${advice}`);
}

async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return false;
    throw error;
  }
}

function startsNow(folder: string, holder: number): string {
  return `Process ${holder} is about to start or stop the database in ${folder}. Try again in a moment.`;
}
