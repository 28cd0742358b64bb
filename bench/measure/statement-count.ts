import { Client } from 'pg';

/** Counts what all sessions of a server send, by pg_stat_statements. It costs time, so it stands still while time is measured. */
export interface StatementCount {
  during(work: () => Promise<void>): Promise<number>;
  close(): Promise<void>;
}

/** Services look for events all the time, whoever asks what: that says nothing about a request. */
const background = '\\mevent\\M|consumer_cursor|dead_letter|pg_stat_statements|last_used_at';

export async function openStatementCount(url: string): Promise<StatementCount> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined); // of a run that is interrupted the server goes first
  await client.connect();
  await client.query('CREATE EXTENSION IF NOT EXISTS pg_stat_statements');
  await track(client, 'none');
  return {
    async during(work) {
      await track(client, 'top');
      await client.query('SELECT pg_stat_statements_reset()');
      await work();
      const counted = await client.query<{ calls: number }>(
        `SELECT coalesce(sum(calls), 0)::integer AS calls FROM pg_stat_statements WHERE query !~ $1
         AND dbid = (SELECT oid FROM pg_database WHERE datname = current_database())`,
        [background],
      );
      await track(client, 'none');
      return counted.rows[0]?.calls ?? 0;
    },
    close: () => client.end(),
  };
}

async function track(client: Client, what: 'top' | 'none'): Promise<void> {
  await client.query(`ALTER SYSTEM SET pg_stat_statements.track = '${what}'`);
  await client.query('SELECT pg_reload_conf()');
  // Backends read the new setting before their next statement; ours shows when the server has passed it on.
  for (;;) {
    const { rows } = await client.query('SHOW pg_stat_statements.track');
    if (Object.values(rows[0] ?? {})[0] === what) return;
  }
}
