import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { type TemporaryFolder, temporaryFolder } from '../../services/hub/testing/temporary-folder.js';
import { seeded } from '../crash/random.js';
import { eventually } from '../hub/eventually.js';
import { type OwnHub, startOwnHub } from '../hub/own-hub.js';
import { realDataFiles } from '../setup/real-data.js';
import { compareTies } from './compare-ties.js';
import { listenForFirstConnections } from './first-connections.js';
import { readKeptTies } from './kept-ties.js';
import { replayEvents } from './replay-events.js';
import { consumersSettle } from './settled-consumers.js';
import { type PlacedRecord, shuffledDays } from './shuffled-days.js';

const files = realDataFiles().filter(({ name }) => name === 'invs15' || name === 'kep');
const settleMs = 240_000;

let folder: TemporaryFolder;
let hub: OwnHub;

beforeAll(async () => {
  folder = await temporaryFolder();
});

beforeEach(async () => {
  hub = await startOwnHub({ postgres: 'shared' });
});

afterEach(() => hub.remove());

afterAll(() => folder[Symbol.asyncDispose]());

async function compared() {
  await consumersSettle(hub.url, settleMs);
  return compareTies(hub.databaseUrl ?? '');
}

async function recordsOf(path: string): Promise<PlacedRecord[]> {
  const records: PlacedRecord[] = [];
  for await (const line of createInterface(createReadStream(path).pipe(createGunzip()))) records.push(JSON.parse(line));
  return records;
}

test.each(files)(
  '$name: ties are what the raw events say, also when a tenth of them is handled again',
  async ({ name, path }) => {
    const start = performance.now();
    expect(await hub.command('import', '--source', name, path)).toMatchObject({ code: 0 });
    const { differences, kept, told } = await compared();
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    process.stdout.write(
      `${name}: ${kept.ties.length} pairs, ${kept.ties.filter(({ state }) => state !== 'CONTACT').length} ties, ${kept.teamTies.length} team ties in ${seconds} s\n`,
    );
    expect(differences).toEqual([]);
    expect(told.teams.length).toBeGreaterThan(10);
    await replayEvents(hub.databaseUrl ?? '', 0.1);
    expect((await compared()).differences).toEqual([]);
  },
);

test('kep: who listens while it is imported is told of each first connection of two teams once, in order', async () => {
  const kep = files.find(({ name }) => name === 'kep');
  if (!kep) throw new Error('There is no kep.jsonl.gz in the folder that WEFT_REAL_DATA names.');
  const listening = await listenForFirstConnections(hub.url, await hub.admin());
  expect(await hub.command('import', '--source', 'kep', kep.path)).toMatchObject({ code: 0 });
  const { kept, told } = await compared();
  const pairOf = ({ one, other }: { one: string; other: string }) => [one, other].sort().join(' ');
  const stated = kept.stated.filter(({ kind }) => kind === 'people.teamTie.firstConnected').map(pairOf);
  const heard = await listening.atLeast(stated.length);
  listening.stop();
  expect(heard).toEqual(stated);
  expect(heard.toSorted()).toEqual(told.teams.map(pairOf).toSorted());
});

test.each(files)(
  '$name: the order within a day and a death in the middle make no difference',
  async ({ name, path }) => {
    const lines = shuffledDays(await recordsOf(path), seeded(7)).map((record) => `${JSON.stringify(record)}\n`);
    const shuffledPath = await folder.write(`${name}.jsonl`, lines.join(''));
    const importing = hub.startCommand('import', '--source', name, shuffledPath);
    await eventually(
      () => readKeptTies(hub.databaseUrl ?? ''),
      ({ ties }) => ties.length > 100,
      60_000,
    );
    await hub.kill();
    await hub.start();
    expect(await importing.ended).toMatchObject({ code: 0 });
    expect((await compared()).differences).toEqual([]);
  },
);
