import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { graphqlClient, type TestClient } from '#test/hub/graphql-client.js';
import { unfinishedConsumers } from '#test/ties/settled-consumers.js';
import { oursInOneProcess } from '../contenders/ours.js';
import { runStatement } from '../data/bench-cluster.js';
import { emptyHub, source } from '../data/bench-hub.js';
import { runHubCommand } from '../data/hub-command.js';
import { type TieQuery, tieQueries } from '../data/tie-queries.js';
import { tieRecords, tieRefs } from '../data/tie-records.js';
import { openStatementCount } from '../measure/statement-count.js';
import { percentile } from '../measure/statistics.js';
import { type QueryFigures, type TableSize, tiesTables } from '../report/ties-tables.js';
import type { Experiment } from './experiment.js';

/** Ties of a large company: how fast they are made, how much room they take, how long one waits to see them. */
export const ties: Experiment = async (cluster, { interactions, seconds, say }) => {
  const hub = await emptyHub(cluster);
  const started = await oursInOneProcess.start(hub);
  try {
    const adminToken = (await readFile(join(cluster.folder, 'admin-token'), 'utf8')).trim();
    const file = join(cluster.folder, 'ties.jsonl');
    await pipeline(Readable.from(linesOf(interactions)), createWriteStream(file));
    const start = performance.now();
    await runHubCommand(
      hour,
      'import',
      '--url',
      `${started.url}/graphql`,
      '--token',
      adminToken,
      '--source',
      source,
      file,
    );
    const importSeconds = (performance.now() - start) / 1000;
    say(`  imported in ${importSeconds.toFixed(0)} s`);
    while ((await unfinishedConsumers(started.url)).length > 0) await pause(250);
    const toldSeconds = (performance.now() - start) / 1000;
    say(`  all ties told after ${toldSeconds.toFixed(0)} s`);
    await runStatement(hub.databaseUrl, 'ANALYZE');
    const admin = graphqlClient(started.url, adminToken);
    const queries = await measured(admin, hub.databaseUrl, started.url, seconds);
    const sizes = (await runStatement(hub.databaseUrl, sizesOfTables)) as TableSize[];
    return tiesTables({ interactions, importSeconds, toldSeconds, sizes, queries });
  } finally {
    await started.stop();
  }
};

const hour = 3_600_000;

function* linesOf(interactions: number): Generator<string> {
  for (const record of tieRecords(interactions, new Date())) yield `${JSON.stringify(record)}\n`;
}

const sizesOfTables = `
  SELECT c.relname AS name, greatest(c.reltuples, 0)::bigint::text AS rows, pg_total_relation_size(c.oid)::bigint::text AS bytes
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname = 'people' AND c.relkind = 'r' AND c.relname ~ 'tie|interaction'
  ORDER BY pg_total_relation_size(c.oid) DESC`;

async function measured(admin: TestClient, databaseUrl: string, url: string, seconds: number): Promise<QueryFigures[]> {
  const ids = await idsOf(admin);
  const asPerson = graphqlClient(url, await tokenOf(admin, ids.person));
  const statements = await openStatementCount(databaseUrl);
  const figures: QueryFigures[] = [];
  try {
    for (const query of tieQueries) {
      const ask = async () => void (await asPerson.run(query.query, query.of ? { id: ids[query.of] } : {}));
      figures.push({
        name: query.name,
        statements: await warmCount(statements, ask),
        ...(await timesOf(ask, seconds)),
      });
    }
  } finally {
    await statements.close();
  }
  return figures;
}

/** The first request also asks whose token it is, and plans. */
async function warmCount(statements: Awaited<ReturnType<typeof openStatementCount>>, ask: () => Promise<void>) {
  await ask();
  return statements.during(ask);
}

async function timesOf(ask: () => Promise<void>, seconds: number): Promise<Pick<QueryFigures, 'p50' | 'p99'>> {
  for (let n = 0; n < 100; n += 1) await ask();
  const times: number[] = [];
  const end = performance.now() + seconds * 1000;
  while (performance.now() < end) {
    const start = performance.now();
    await ask();
    times.push(performance.now() - start);
  }
  return { p50: percentile(times, 0.5), p99: percentile(times, 0.99) };
}

async function idsOf(admin: TestClient): Promise<Record<NonNullable<TieQuery['of']>, string>> {
  const { peopleReferences } = await admin.run<{ peopleReferences: { ref: string; id: string }[] }>(
    'query ($source: String!, $references: [RecordKeyInput!]!) { peopleReferences(source: $source, references: $references) { ref id } }',
    {
      source,
      references: [
        { kind: 'PERSON', ref: tieRefs.person },
        { kind: 'TEAM', ref: tieRefs.team },
      ],
    },
  );
  const idOf = (wanted: string) => peopleReferences.find(({ ref }) => ref === wanted)?.id ?? '';
  return { person: idOf(tieRefs.person), team: idOf(tieRefs.team) };
}

async function tokenOf(admin: TestClient, person: string): Promise<string> {
  const { issueAccessToken } = await admin.run<{ issueAccessToken: { token: string } }>(
    'mutation ($input: IssueAccessTokenInput!) { issueAccessToken(input: $input) { token } }',
    { input: { name: 'bench', person } },
  );
  return issueAccessToken.token;
}
