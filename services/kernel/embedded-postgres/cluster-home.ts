import { randomBytes } from 'node:crypto';
import { access, chmod, constants, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { claimFolder, isClaimed } from '#kernel/data-folder/claim-folder.js';
import { createPrivateFile, readPrivateFile } from '#kernel/data-folder/private-file.js';
import { choosePostgresUser, isRoot, type OsUser, ownerOf } from './os-user.js';
import { ownPlace } from './own-place.js';
import { blockingFolder, canEnter } from './reach.js';

/** Where the database files are, and as whom PostgreSQL runs; without `runAs`, as ourselves. */
export interface ClusterHome {
  readonly path: string;
  readonly cluster: string;
  readonly runAs: OsUser | undefined;
}

/**
 * The cluster lives in the data folder. Only root may have to put it elsewhere: below a closed folder such as /root,
 * PostgreSQL's user could not reach it. Then the data folder says where it is.
 */
export async function findClusterHome(folder: string, onProgress: (line: string) => void): Promise<ClusterHome> {
  await claimFolder(folder);
  const path = (await movedTo(folder)) ?? folder;
  if (!isRoot()) return await homeOfOrdinaryUser(path);
  const owner = await ownerOf(clusterIn(path));
  const runAs = owner ?? (await choosePostgresUser());
  if (await letIn(path, runAs)) return homeAt(path, runAs);
  if (owner !== undefined) throw new Error(await unreachable(path, runAs));
  return homeAt(await moveOut(folder, runAs, onProgress), runAs);
}

/** Where the cluster of a data folder is, without a change to anything. */
export async function clusterOf(folder: string): Promise<string> {
  return clusterIn((await movedTo(folder)) ?? folder);
}

export const POINTER = 'postgres-location';

function clusterIn(home: string): string {
  return join(home, 'postgres');
}

function homeAt(path: string, runAs: OsUser | undefined): ClusterHome {
  return { path, cluster: clusterIn(path), runAs };
}

async function movedTo(folder: string): Promise<string | undefined> {
  const path = (await readPrivateFile(join(folder, POINTER)))?.trim();
  if (path === undefined) return undefined;
  // Starting with an empty database instead would look as if everything were lost.
  await stat(path).catch((cause: unknown) => {
    throw new Error(
      `${join(folder, POINTER)} says that the database is in ${path}, but nothing is there. Put it back from a backup, or remove that file to start with an empty hub.`,
      { cause },
    );
  });
  return path;
}

async function homeOfOrdinaryUser(path: string): Promise<ClusterHome> {
  const owner = await ownerOf(clusterIn(path));
  const writable = await access(path, constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  );
  if (writable && (owner === undefined || owner.uid === process.geteuid?.())) {
    return homeAt(path, undefined);
  }
  throw new Error(
    `The database in ${path} belongs to another user: the hub was first started as that user or as root. Start it as before, or change the owner of the whole folder.`,
  );
}

/** Opens the way for the user when only our own folder is in it. A folder that is not ours is never changed. */
async function letIn(path: string, user: OsUser): Promise<boolean> {
  if ((await blockingFolder(path, user)) !== path) return await canEnter(path, user);
  if (!(await isClaimed(path))) return false;
  // Passing through is enough: what is inside is either PostgreSQL's own or closed by itself.
  await chmod(path, (await stat(path)).mode | 0o011);
  return await canEnter(path, user);
}

async function moveOut(folder: string, user: OsUser, onProgress: (line: string) => void): Promise<string> {
  const place = await ownPlace(`database-${randomBytes(6).toString('hex')}`, user);
  const path = (await createPrivateFile(join(folder, POINTER), place)).trim();
  onProgress(
    `PostgreSQL cannot run as root, and its user cannot enter ${await blockingFolder(folder, user)}: the database goes to ${path}`,
  );
  return path;
}

async function unreachable(path: string, user: OsUser): Promise<string> {
  const blocking = await blockingFolder(path, user);
  return `The database in ${path} belongs to user ${user.uid}, who cannot enter ${blocking}. Run "chmod o+x ${blocking}", or move the whole data folder to a place that user can reach.`;
}
