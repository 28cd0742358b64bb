import { randomBytes } from 'node:crypto';
import { Client } from 'pg';

export interface TestDatabase {
  readonly url: string;
  /** Puts a copy in its place, as a restore does: the same data under the same name, in another life. Ends all connections. */
  replaceByCopy(): Promise<void>;
  drop(): Promise<void>;
}

/** An empty database of its own on the server of this test run. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const server = process.env.TEST_DATABASE_URL;
  if (!server) throw new Error('TEST_DATABASE_URL is not set: run the tests with "npm test", which starts a server.');
  const name = `weft_test_${randomBytes(6).toString('hex')}`;
  await administer(server, `CREATE DATABASE ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return {
    url: url.toString(),
    replaceByCopy: () => replaceByCopy(server, name),
    drop: () => administer(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}

async function replaceByCopy(server: string, name: string): Promise<void> {
  const former = `${name}_former`;
  await administer(server, `ALTER DATABASE ${name} ALLOW_CONNECTIONS false`);
  await administer(server, `SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '${name}'`);
  await administer(server, `ALTER DATABASE ${name} RENAME TO ${former}`);
  await administer(server, `CREATE DATABASE ${name} TEMPLATE ${former}`);
  await administer(server, `DROP DATABASE ${former}`);
}

async function administer(server: string, text: string): Promise<void> {
  const client = new Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}
