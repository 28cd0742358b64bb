import { createInterface } from 'node:readline';
import pg from 'pg';
import { startEmbeddedPostgres } from './embedded-postgres.js';

/**
 * As much of a hub as these tests need, in a process that can be killed. It says each thing it does in one line:
 * "progress ...", "ready <pid> <url>", and after Ctrl-C "drained".
 */
const say = (line: string) => process.stdout.write(`${line}\n`);

const server = await startEmbeddedPostgres({
  folder: process.argv[2] ?? '',
  onProgress: (line) => say(`progress ${line}`),
}).catch((error: Error) => {
  say(`failed ${error.message}`);
  process.exit(1);
});

process.once('SIGINT', async () => {
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  await client.query('SELECT 1');
  await client.end();
  say('drained');
  await server.stop();
  process.exit(0);
});
createInterface(process.stdin).on('line', () => process.exit(3));
say(`ready ${server.pid} ${server.url}`);
