import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { graphqlClient, type TestClient } from '#test/hub/graphql-client.js';
import { oursInOneProcess } from '../contenders/ours.js';
import type { BenchCluster } from './bench-cluster.js';
import { runHubCommand } from './hub-command.js';
import { hubRecords, spaceRef, viewerRef } from './hub-records.js';

/** Where the contenders find everything; all of them serve the same hub. */
export interface BenchHub {
  /** PostgreSQL database, as superuser. */
  readonly databaseUrl: string;
  readonly postmaster: number;
  readonly folder: string;
  readonly secret: string;
  /** Of an ordinary person, who sees the space because it is of their organisation. */
  readonly token: string;
  readonly adminToken: string;
  /** Whose token it is. */
  readonly viewer: string;
  readonly space: string;
}

export const source = 'bench';

/** Fills a hub as its operator would: through the import. */
export async function fillHub(cluster: BenchCluster): Promise<BenchHub> {
  const empty = {
    databaseUrl: await cluster.createDatabase('page'),
    postmaster: cluster.pid,
    folder: cluster.folder,
    secret: randomBytes(32).toString('hex'),
    token: '',
    adminToken: '',
    viewer: '',
    space: '',
  };
  const hub = await oursInOneProcess.start(empty);
  try {
    const adminToken = (await readFile(join(cluster.folder, 'admin-token'), 'utf8')).trim();
    const file = join(cluster.folder, 'records.jsonl');
    await writeFile(file, [...hubRecords()].map((record) => `${JSON.stringify(record)}\n`).join(''));
    await runHubCommand('import', '--url', `${hub.url}/graphql`, '--token', adminToken, '--source', source, file);
    const admin = graphqlClient(hub.url, adminToken);
    const { [spaceRef]: space = '', [viewerRef]: viewer = '' } = await idsOf(admin);
    return { ...empty, adminToken, space, viewer, token: await tokenFor(admin, viewer) };
  } finally {
    await hub.stop();
  }
}

async function idsOf(admin: TestClient): Promise<Record<string, string>> {
  const { peopleReferences } = await admin.run<{ peopleReferences: { ref: string; id: string }[] }>(
    'query ($source: String!, $references: [RecordKeyInput!]!) { peopleReferences(source: $source, references: $references) { ref id } }',
    {
      source,
      references: [
        { kind: 'SPACE', ref: spaceRef },
        { kind: 'PERSON', ref: viewerRef },
      ],
    },
  );
  return Object.fromEntries(peopleReferences.map(({ ref, id }) => [ref, id]));
}

async function tokenFor(admin: TestClient, person: string): Promise<string> {
  const { issueAccessToken } = await admin.run<{ issueAccessToken: { token: string } }>(
    'mutation ($input: IssueAccessTokenInput!) { issueAccessToken(input: $input) { token errors { message } } }',
    { input: { name: 'bench', person } },
  );
  return issueAccessToken.token;
}
