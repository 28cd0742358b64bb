import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { graphqlClient, type TestClient } from '#test/hub/graphql-client.js';
import { oursInOneProcess } from '../contenders/ours.js';
import type { BenchCluster } from './bench-cluster.js';
import { type BenchHub, emptyHub, source } from './bench-hub.js';
import { runHubCommand } from './hub-command.js';
import { hubRecords, spaceRef, viewerRefs } from './hub-records.js';

const importMs = 120_000;

/** Fills a hub as its operator would: through the import. */
export async function fillHub(cluster: BenchCluster): Promise<BenchHub> {
  const empty = await emptyHub(cluster, 'page');
  const hub = await oursInOneProcess.start(empty);
  try {
    const adminToken = (await readFile(join(cluster.folder, 'admin-token'), 'utf8')).trim();
    const file = join(cluster.folder, 'records.jsonl');
    await writeFile(file, [...hubRecords()].map((record) => `${JSON.stringify(record)}\n`).join(''));
    const access = ['--url', `${hub.url}/graphql`, '--token', adminToken];
    await runHubCommand(importMs, 'import', ...access, '--source', source, file);
    const admin = graphqlClient(hub.url, adminToken);
    const ids = await idsOf(admin);
    const idOf = (ref: string) => ids.get(ref) ?? '';
    const tokens = await Promise.all(viewerRefs.map((ref) => tokenFor(admin, idOf(ref))));
    return {
      ...empty,
      adminToken,
      space: idOf(spaceRef),
      viewer: idOf(viewerRefs[0] ?? ''),
      token: tokens[0] ?? '',
      tokens,
    };
  } finally {
    await hub.stop();
  }
}

async function idsOf(admin: TestClient): Promise<ReadonlyMap<string, string>> {
  const { peopleReferences } = await admin.run<{ peopleReferences: { ref: string; id: string }[] }>(
    'query ($source: String!, $references: [RecordKeyInput!]!) { peopleReferences(source: $source, references: $references) { ref id } }',
    {
      source,
      references: [{ kind: 'SPACE', ref: spaceRef }, ...viewerRefs.map((ref) => ({ kind: 'PERSON', ref }))],
    },
  );
  return new Map(peopleReferences.map(({ ref, id }) => [ref, id]));
}

async function tokenFor(admin: TestClient, person: string): Promise<string> {
  const { issueAccessToken } = await admin.run<{ issueAccessToken: { token: string } }>(
    'mutation ($input: IssueAccessTokenInput!) { issueAccessToken(input: $input) { token errors { message } } }',
    { input: { name: 'bench', person } },
  );
  return issueAccessToken.token;
}
