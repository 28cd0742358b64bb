import { type TemporaryFolder, temporaryFolder } from '../../services/hub/testing/temporary-folder.js';
import { seeded } from '../crash/random.js';
import { eventually } from '../hub/eventually.js';
import { type OwnHub, startOwnHub } from '../hub/own-hub.js';
import { compareTies } from './compare-ties.js';
import { listenForFirstConnections } from './first-connections.js';
import { generatedLife } from './generated-life.js';
import { readKeptTies } from './kept-ties.js';
import { replayEvents } from './replay-events.js';
import { consumersSettle } from './settled-consumers.js';
import { shuffledDays } from './shuffled-days.js';

const seed = Math.floor(Math.random() * 1e9);
const life = generatedLife(seed);

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

async function fileOf(records: readonly object[]): Promise<string> {
  return folder.write('life.jsonl', records.map((record) => `${JSON.stringify(record)}\n`).join(''));
}

async function compared() {
  await consumersSettle(hub.url);
  return compareTies(hub.databaseUrl ?? '');
}

test(`ties are what the raw events say, once more when a tenth is handled again, and a subscriber is told of each first connection once, in order (seed ${seed})`, async () => {
  const path = await fileOf(life);
  const listening = await listenForFirstConnections(hub.url, await hub.admin());
  expect(await hub.command('import', '--source', 'life', path)).toMatchObject({ code: 0 });
  const first = await compared();
  expect(first.differences).toEqual([]);
  expect(first.told.pairs.length).toBeGreaterThan(50);
  expect(first.told.teams.length).toBeGreaterThan(3);
  await replayEvents(hub.databaseUrl ?? '', 0.1);
  const { differences, kept, told } = await compared();
  expect(differences).toEqual([]);
  const stated = kept.stated.filter(({ kind }) => kind === 'people.teamTie.firstConnected');
  expect(pairsOf(stated).toSorted()).toEqual(pairsOf(told.teams).toSorted());
  expect(await listening.atLeast(stated.length)).toEqual(pairsOf(stated));
  listening.stop();
}, 120_000);

function pairsOf(teams: readonly { one: string; other: string }[]): string[] {
  return teams.map(({ one, other }) => [one, other].sort().join(' '));
}

test(`the order within a day and a death in the middle make no difference (seed ${seed})`, async () => {
  const path = await fileOf(shuffledDays(life, seeded(seed)));
  const importing = hub.startCommand('import', '--source', 'life', path);
  await eventually(
    () => readKeptTies(hub.databaseUrl ?? ''),
    ({ ties }) => ties.length > 5,
    30_000,
  );
  await hub.kill();
  await hub.start();
  expect(await importing.ended).toMatchObject({ code: 0 });
  expect((await compared()).differences).toEqual([]);
}, 120_000);
