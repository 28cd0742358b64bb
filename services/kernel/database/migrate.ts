import { Client } from 'pg';
import type { Database } from './database.js';

/** Any constant does, as long as nothing else in the database takes the same advisory lock. */
const lockNumber = 7_233_847;
const connectionTimeoutMillis = 5_000;

/**
 * Brings the schema to the newest migration. Two processes that start at once take turns: the second finds nothing left to do.
 * The lock has a connection of its own, since a pool would be free to give it back in the middle.
 */
export async function migrate(database: Database, url: string): Promise<void> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis });
  client.on('error', () => undefined); // the migration that runs meanwhile reports what matters; unheard, it would end the process
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1, hashtext($2))', [lockNumber, database.schema]);
    await database.dataSource.runMigrations();
  } finally {
    await client.end();
  }
}
