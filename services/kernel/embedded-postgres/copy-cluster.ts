import { chown, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { copyFolder, copyPrivateFile } from './copy-files.js';
import { SUPERUSER } from './init-cluster.js';
import { isRoot, type OsUser, ownerOf } from './os-user.js';

/** Copies the files of a server that runs, as PostgreSQL describes it: whatever is written meanwhile is mended from its log. */
export async function copyRunningCluster(cluster: string, to: string, password: string): Promise<void> {
  const client = new pg.Client({ connectionString: await urlOf(cluster, password) });
  await client.connect();
  try {
    // Keeps the log from being reused before it is copied; it goes with the connection.
    await client.query("SELECT pg_create_physical_replication_slot('weft_backup', true, true)");
    await client.query("SELECT pg_backup_start('weft', fast => true)");
    await copyFolder(cluster, to, { wanted });
    const [end] = (await client.query<BackupEnd>(finish)).rows;
    if (!end) throw new Error('PostgreSQL did not say where the backup ends.');
    await copyLog(join(cluster, 'pg_wal'), join(to, 'pg_wal'), end);
    await writeLabel(to, end.labelfile);
  } finally {
    await client.end();
  }
}

/** Copies the files of a server that does not run. */
export async function copyStoppedCluster(cluster: string, to: string, owner?: OsUser): Promise<void> {
  await copyFolder(cluster, to, { owner, wanted: (path) => !ofOneRun.has(path) });
}

interface BackupEnd {
  readonly labelfile: string;
  readonly first: string;
  readonly last: string;
}

const finish = `
  WITH stopped AS MATERIALIZED (SELECT * FROM pg_backup_stop(wait_for_archive => false))
  SELECT labelfile, substring(labelfile FROM 'START WAL LOCATION: [^ ]+ \\(file ([0-9A-F]{24})\\)') AS first,
         pg_walfile_name(lsn) AS last
  FROM stopped`;

/** What belongs to the server that runs and not to the data. */
const ofOneRun = new Set(['postmaster.pid', 'postmaster.opts']);
/** Folders whose content the next server makes anew; that of the log is copied when the rest is. */
const left = new Set([
  'pg_wal',
  'pg_replslot',
  'pg_dynshmem',
  'pg_notify',
  'pg_serial',
  'pg_snapshots',
  'pg_stat_tmp',
  'pg_subtrans',
]);

function wanted(path: string): boolean {
  const [top = '', ...below] = path.split('/');
  if (left.has(top)) return below.length === 0;
  return !ofOneRun.has(path) && !path.includes('pgsql_tmp');
}

async function copyLog(from: string, to: string, { first, last }: BackupEnd): Promise<void> {
  // The last file may already be of the next segment where the backup ended on the border between two.
  const names = (await readdir(from)).filter(
    (name) => name.endsWith('.history') || (/^[0-9A-F]{24}$/.test(name) && name >= first && name <= last),
  );
  for (const name of names) await copyPrivateFile(join(from, name), join(to, name));
  await copyFolder(join(from, 'archive_status'), join(to, 'archive_status'), { wanted: () => false });
}

/** Without it the copy would look like a server that crashed, and be mended from the wrong place. */
async function writeLabel(to: string, text: string): Promise<void> {
  const path = join(to, 'backup_label');
  await writeFile(path, text, { mode: 0o600, flush: true });
  const owner = await ownerOf(to);
  if (isRoot() && owner) await chown(path, owner.uid, owner.gid);
}

/** The port stands in the fourth line of the file by which PostgreSQL marks a cluster in use. */
async function urlOf(cluster: string, password: string): Promise<string> {
  const port = (await readFile(join(cluster, 'postmaster.pid'), 'utf8')).split('\n')[3]?.trim();
  return `postgres://${SUPERUSER}:${password}@127.0.0.1:${port}/postgres`;
}
