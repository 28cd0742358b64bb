import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '#kernel/embedded-postgres/embedded-postgres.js';

declare global {
  var testPostgres: EmbeddedPostgres | undefined;
  var testPostgresFolder: string | undefined;
}

/** One PostgreSQL server for a whole test run, unless DATABASE_URL names one. Each test file makes databases of its own in it. */
export default async function startPostgres(): Promise<void> {
  process.env.APOLLO_TELEMETRY_DISABLED = 'true';
  if (process.env.DATABASE_URL) {
    process.env.TEST_DATABASE_URL = process.env.DATABASE_URL;
    return;
  }
  globalThis.testPostgresFolder = await mkdtemp(join(tmpdir(), 'weft-test-'));
  // Speed instead of durability: these databases are thrown away. Crash tests start servers of their own.
  const settings = { fsync: 'off', full_page_writes: 'off', max_connections: '300' };
  globalThis.testPostgres = await startEmbeddedPostgres({
    folder: globalThis.testPostgresFolder,
    onProgress: () => undefined,
    settings,
  });
  process.env.TEST_DATABASE_URL = globalThis.testPostgres.url;
}
