import { Client } from 'pg';

/** The consumers that make ties, and whose log each follows. */
const consumers = {
  'on-idea-joined': 'ideas',
  'on-message-addressed': 'conversations',
  'on-interaction-recorded': 'people',
} as const;

/**
 * Puts the cursors of the consumers that make ties back by a share of the events, as if so many had been handled without anybody
 * having kept it: they are handed to the consumers again.
 */
export async function replayEvents(databaseUrl: string, share: number): Promise<void> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    for (const [name, source] of Object.entries(consumers)) await client.query(back(source), [name, share]);
  } finally {
    await client.end();
  }
}

function back(source: string): string {
  return `
    UPDATE people.consumer_cursor c SET epoch = e.epoch, xid = e.xid, seq = e.seq
    FROM (SELECT epoch, xid, seq FROM ${source}.event ORDER BY epoch DESC, xid DESC, seq DESC
      OFFSET (SELECT floor(count(*) * $2::double precision) FROM ${source}.event) LIMIT 1) e
    WHERE c.name = $1`;
}
