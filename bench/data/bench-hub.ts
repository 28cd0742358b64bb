import { randomBytes } from 'node:crypto';
import type { BenchCluster } from './bench-cluster.js';

/** Where the contenders find everything; all of them serve the same hub. */
export interface BenchHub {
  /** PostgreSQL database, as superuser. */
  readonly databaseUrl: string;
  readonly postmaster: number;
  readonly folder: string;
  readonly secret: string;
  /** Of an ordinary person, who sees the space because it is of their organisation. */
  readonly token: string;
  /** One for each of several such people. */
  readonly tokens: readonly string[];
  readonly adminToken: string;
  /** Whose token it is. */
  readonly viewer: string;
  readonly space: string;
}

export const source = 'bench';

/** A hub with nothing in it and nobody to ask it yet. */
export async function emptyHub(cluster: BenchCluster, database = 'hub'): Promise<BenchHub> {
  return {
    databaseUrl: await cluster.createDatabase(database),
    postmaster: cluster.pid,
    folder: cluster.folder,
    secret: randomBytes(32).toString('hex'),
    token: '',
    tokens: [],
    adminToken: '',
    viewer: '',
    space: '',
  };
}
