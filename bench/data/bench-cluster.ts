import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { startEmbeddedPostgres } from '#kernel/embedded-postgres/embedded-postgres.js';

/** The one PostgreSQL server of a run, with the settings a hub gives its own. */
export interface BenchCluster {
  readonly pid: number;
  /** For files of the hubs that use it. */
  readonly folder: string;
  /** Empty, or a copy of another one that nobody uses at the moment. */
  createDatabase(name: string, template?: string): Promise<string>;
  stop(): Promise<void>;
}

/** Beside the hub's own settings: what counts statements, and what tells when a transaction was committed. */
const settings = { shared_preload_libraries: 'pg_stat_statements', track_commit_timestamp: 'on' };

export async function startBenchCluster(): Promise<BenchCluster> {
  const folder = await mkdtemp(join(tmpdir(), 'weft-bench-'));
  const server = await startEmbeddedPostgres({ folder, settings, onProgress: () => undefined });
  return {
    pid: server.pid,
    folder,
    async createDatabase(name, template = 'template1') {
      await runStatement(server.url, `CREATE DATABASE ${name} TEMPLATE ${template}`);
      const url = new URL(server.url);
      url.pathname = `/${name}`;
      return url.toString();
    },
    async stop() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export async function runStatement(url: string, text: string, values: readonly unknown[] = []): Promise<object[]> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined); // of a run that is interrupted the server goes first
  await client.connect();
  try {
    return (await client.query(text, [...values])).rows;
  } finally {
    await client.end();
  }
}
