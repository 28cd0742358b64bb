import { Client } from 'pg';

/** The consumers of people, and whose log each follows. */
const consumers = `
  SELECT c.name FROM people.consumer_cursor c WHERE c.name LIKE 'on-%'`;
const sources = ['people', 'ideas', 'conversations'] as const;

/**
 * Puts the cursors of the consumers that make ties back by a share of the events, as if so many had been handled without anybody
 * having kept it: they are handed to the consumers again.
 */
export async function replayEvents(databaseUrl: string, share: number): Promise<void> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string }>(consumers);
    for (const { name } of rows) {
      const source = sources.find((log) => sourceOf[name] === log);
      if (!source) throw new Error(`Nobody said whose log the consumer ${name} follows.`);
      await client.query(back(source), [name, share]);
    }
  } finally {
    await client.end();
  }
}

const sourceOf: Readonly<Record<string, (typeof sources)[number]>> = {
  'on-idea-joined': 'ideas',
  'on-message-addressed': 'conversations',
  'on-interaction-recorded': 'people',
};

function back(source: string): string {
  return `
    UPDATE people.consumer_cursor c SET epoch = e.epoch, xid = e.xid, seq = e.seq
    FROM (SELECT epoch, xid, seq FROM ${source}.event ORDER BY epoch DESC, xid DESC, seq DESC
      OFFSET (SELECT floor(count(*) * $2::double precision) FROM ${source}.event) LIMIT 1) e
    WHERE c.name = $1`;
}
