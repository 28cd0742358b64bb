import { Client } from 'pg';
import { graphqlClient } from '#test/hub/graphql-client.js';
import { type BenchHub, source } from '../data/bench-hub.js';

/** Makes events. */
export interface Publisher {
  /** So many at once; gives for each when it happened, in milliseconds since the epoch. */
  publish(count: number): Promise<readonly number[]>;
  close(): Promise<void>;
}

const importRecords = `mutation ($input: ImportIdeaRecordsInput!) {
  importIdeaRecords(input: $input) { cursor errors { message } }
}`;
const commits = `
  SELECT extract(epoch FROM pg_xact_commit_timestamp(xid::xid)) * 1000 AS at FROM ideas.event
  WHERE type = 'ideas.contribution.added' ORDER BY xid DESC, seq DESC LIMIT $1`;

/** Contributions that a hub is given, a batch in one transaction. An event happens when its transaction is committed. */
export async function contributions(url: string, hub: BenchHub): Promise<Publisher & { cursor(): Promise<string> }> {
  const admin = graphqlClient(url, hub.adminToken);
  const database = new Client({ connectionString: hub.databaseUrl });
  database.on('error', () => undefined); // of a run that is interrupted the server goes first
  await database.connect();
  const contribute = async (count: number) => {
    const { importIdeaRecords } = await admin.run<{ importIdeaRecords: { cursor: string; errors: unknown[] } }>(
      importRecords,
      { input: { source, records: records(count), references: [{ kind: 'PERSON', ref: 'author', id: hub.viewer }] } },
    );
    if (importIdeaRecords.errors.length > 0) throw new Error(JSON.stringify(importIdeaRecords));
    return importIdeaRecords.cursor;
  };
  return {
    /** The place behind an event of now: who subscribes after it misses none of those that follow. */
    cursor: () => contribute(1),
    async publish(count) {
      await contribute(count);
      const { rows } = await database.query<{ at: string }>(commits, [count]);
      return rows.map(({ at }) => Number(at)).reverse();
    },
    close: () => database.end(),
  };
}

let made = 0;
const run = Date.now().toString(36);

function records(count: number): object[] {
  return Array.from({ length: count }, () => {
    made += 1;
    return {
      kind: 'contribution',
      ref: `live-${run}-${made}`,
      idea: `idea-${made % 10}`,
      author: 'author',
      type: 'build',
      body: 'The depot in the north has the seal, and the courier passes there on Tuesdays; nobody has asked it yet.',
      at: new Date().toISOString(),
    };
  });
}
