import { eventually } from '../hub/eventually.js';
import { registerPerson, type TestPerson } from '../hub/seed.js';
import { type CrashHub, startCrashHub } from './crash-hub.js';
import { disturb } from './disturb.js';
import { type JudgeProcess, startJudge } from './judge-process.js';
import type { JudgeTask, Ledger } from './ledger.js';
import { seeded } from './random.js';
import { lineOf, tallyOf } from './tally.js';
import { writeContributions } from './write-contributions.js';

/** More rounds of every disturbance, and as many more contributions, with CRASH_ROUNDS (npm run soak). */
const rounds = Number(process.env.CRASH_ROUNDS ?? 1);
const contributions = 10_000 * rounds;
const writingMs = 30_000 * rounds;
const patienceMs = 60_000;
const seed = Number(process.env.CRASH_SEED ?? Date.now() % 1_000_000);

let hub: CrashHub;
const judges: JudgeProcess[] = [];

beforeAll(async () => {
  hub = await startCrashHub();
});

afterAll(async () => {
  await Promise.all(judges.map((judge) => judge.stop()));
  await hub?.stop();
});

test(
  'whatever is killed, every subscriber gets every acknowledged contribution once and in order',
  async () => {
    const mira = await registerPerson(hub, { name: 'Mira' });
    const jon = await registerPerson(hub, { name: 'Jon' });
    const { space, idea, start } = await prepare(mira);
    const task = { url: hub.url, space, start };
    judges.push(startJudge({ ...task, token: mira.token ?? '', transports: tenOf() }));
    judges.push(startJudge({ ...task, token: jon.token ?? '', transports: tenOf() }));

    const random = seeded(seed);
    const writing = writeContributions({
      admin: hub.admin,
      author: mira,
      idea,
      contributions,
      milliseconds: writingMs,
      random,
    });
    const [disturbances] = await Promise.all([disturb({ hub, judges, writing, random, rounds }), writing.done]);
    const { acknowledged } = writing;
    await Promise.all(judges.map((judge) => hasAll(judge, acknowledged.size).catch(() => undefined)));
    const ledgers = (await Promise.all(judges.map((judge) => judge.report()))).flat();
    const order = await readInPeace({ ...task, token: mira.token ?? '', transports: ['sse'] }, acknowledged.size);

    const tally = tallyOf({ ledgers, acknowledged, disturbances, order });
    process.stdout.write(
      `seed ${seed}; ${disturbances.map(({ name }) => name).join(', ')}\n${lineOf(contributions, tally)}\n${refusalsOf(ledgers)}\n`,
    );
    expect(tally).toMatchObject({
      acknowledged: contributions,
      delivered: contributions * ledgers.length,
      missing: 0,
      duplicated: 0,
      outOfOrder: 0,
      brokenLinks: 0,
      incomplete: 0,
      unknown: 0,
      completed: 0,
    });
    expect(order).toHaveLength(contributions);
    expect(hub.died).toEqual([]);
  },
  writingMs + 5 * patienceMs * rounds,
);

/** A space, an idea that can be built on in both ways, and the place in the log behind both. */
async function prepare(mira: TestPerson) {
  const { openSpace } = await mira.run<{ openSpace: { space: { id: string } } }>(
    'mutation ($input: OpenSpaceInput!) { openSpace(input: $input) { space { id } } }',
    { input: { name: 'Under fire', visibility: 'OPEN' } },
  );
  const space = openSpace.space.id;
  const [ref, source] = ['the idea', 'crash'];
  const record = {
    kind: 'idea',
    ref,
    space: 'space',
    title: 'An idea',
    authors: ['author'],
    at: '2026-01-01T00:00:00Z',
  };
  const references = [
    { kind: 'SPACE', ref: 'space', id: space },
    { kind: 'PERSON', ref: 'author', id: mira.id },
  ];
  const imported = await eventually(
    () => importRecords({ source, records: [record], references }),
    ({ cursor, id }) => cursor !== null && id !== null,
  );
  return { space, idea: { ref, source, id: imported.id ?? '' }, start: imported.cursor ?? '' };
}

async function importRecords(input: object): Promise<{ cursor: string | null; id: string | null }> {
  const { importIdeaRecords } = await hub.admin.run<{
    importIdeaRecords: { cursor: string | null; outcomes: { id: string | null }[] | null };
  }>(
    'mutation ($input: ImportIdeaRecordsInput!) { importIdeaRecords(input: $input) { cursor outcomes { id reason } errors { message } } }',
    { input },
  );
  return { cursor: importIdeaRecords.cursor, id: importIdeaRecords.outcomes?.[0]?.id ?? null };
}

function tenOf(): ('ws' | 'sse')[] {
  return Array.from({ length: 10 }, (_, i) => (i % 2 === 0 ? 'ws' : 'sse'));
}

async function hasAll(judge: JudgeProcess, events: number): Promise<void> {
  await eventually(
    () => judge.count(),
    (least) => least >= events,
    patienceMs,
  );
}

/** The log from the same place, read once more when nothing disturbs. */
async function readInPeace(task: JudgeTask, events: number): Promise<string[]> {
  const judge = startJudge(task);
  judges.push(judge);
  await hasAll(judge, events);
  const [ledger] = await judge.report();
  return ledger?.entries.map(({ cursor }) => cursor) ?? [];
}

function refusalsOf(ledgers: readonly Ledger[]): string {
  const sums: Record<string, number> = {};
  for (const { refusals } of ledgers)
    for (const [code, times] of Object.entries(refusals)) sums[code] = (sums[code] ?? 0) + times;
  return `streams ended with errors: ${JSON.stringify(sums)}`;
}
