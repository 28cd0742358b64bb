import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Binaries } from './binaries.js';
import type { ClusterHome } from './cluster-home.js';
import { runAs } from './run-as.js';

export const SUPERUSER = 'postgres';

/**
 * Makes the cluster unless it is there. It is made under another name and renamed when it is complete: a hub killed in
 * the middle leaves rubbish that the next start removes, never half a cluster that cannot start and cannot be trusted.
 */
export async function initCluster(
  home: ClusterHome,
  binaries: Binaries,
  password: string,
  onProgress: (line: string) => void,
): Promise<void> {
  await removeDrafts(home);
  if (await isThere(home, binaries)) return;
  onProgress('Making the database (once, a few seconds)');
  const draft = join(home.path, `${DRAFT}${randomBytes(6).toString('hex')}`);
  await mkdirFor(home, draft);
  await initdb(home, binaries, draft, password);
  await rename(join(draft, 'cluster'), home.cluster);
  await rm(draft, { recursive: true });
}

export async function hasCluster(home: ClusterHome): Promise<boolean> {
  return (await versionOf(home)) !== undefined;
}

const DRAFT = 'postgres-draft-';
const run = promisify(execFile);

async function removeDrafts(home: ClusterHome): Promise<void> {
  for (const name of await readdir(home.path)) {
    if (!name.startsWith(DRAFT)) continue;
    // The initdb of a killed hub may still be writing there; then the next start removes it.
    await rm(join(home.path, name), { recursive: true, force: true }).catch(() => undefined);
  }
}

async function isThere(home: ClusterHome, binaries: Binaries): Promise<boolean> {
  const version = await versionOf(home);
  if (version === undefined) return false;
  if (version === binaries.major) return true;
  throw new Error(
    `The database in ${home.cluster} was made by PostgreSQL ${version}, and this is ${binaries.major}. Export it with the version of Weft that made it, then import it into a new data folder.`,
  );
}

async function versionOf(home: ClusterHome): Promise<string | undefined> {
  return readFile(join(home.cluster, 'PG_VERSION'), 'utf8').then(
    (text) => text.trim(),
    () => undefined,
  );
}

async function mkdirFor(home: ClusterHome, folder: string): Promise<void> {
  await mkdir(folder, { mode: 0o700 });
  if (home.runAs) await chown(folder, home.runAs.uid, home.runAs.gid);
}

async function initdb(home: ClusterHome, binaries: Binaries, draft: string, password: string): Promise<void> {
  const passwordFile = join(draft, 'password');
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  if (home.runAs) await chown(passwordFile, home.runAs.uid, home.runAs.gid);
  const args = [
    `--pgdata=${join(draft, 'cluster')}`,
    `--username=${SUPERUSER}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    // Text is ordered by code point, the same on every machine: an index never breaks when the machine's locales change.
    '--locale=C',
    // Yet upper and lower case are those of Unicode: with plain C, searching "été" would not find "ÉTÉ".
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
  ];
  const attempt = (more: string[]) => run(binaries.initdb, [...args, ...more], runAs(home.runAs));
  // pg_trgm asks the system what a letter is: without this its trigrams leave out everything that is not ASCII.
  const made = attempt(['--lc-ctype=C.UTF-8']).catch((error: unknown) => {
    // A system that does not know the name gets plain C: everything works, fuzzy search in other scripts finds less.
    if (outputOf(error).includes('invalid locale name')) return attempt([]);
    throw error;
  });
  await made.catch((cause: unknown) => {
    throw new Error(`The database could not be made in ${home.path}. initdb said:\n${outputOf(cause)}`, { cause });
  });
}

function outputOf(failure: unknown): string {
  if (typeof failure !== 'object' || failure === null) return String(failure);
  if ('stderr' in failure && failure.stderr) return String(failure.stderr).trim();
  return 'message' in failure ? String(failure.message) : String(failure);
}
