import { type OwnHub, startOwnHub } from '../hub/own-hub.js';
import { realDataFiles } from '../setup/real-data.js';
import { differences, type StoredTotals, storedTotals, wrongCounts } from './stored-totals.js';

/** What the sources of these files count themselves. Who endorses a statement twice has one endorsement: the latest word. */
const expected: Readonly<Record<string, StoredTotals>> = {
  kep: { ideas: 649, contributions: 5_693, endorsements: 1_212 },
  eip: { ideas: 1_195 },
  qcse: { messages: 5_085 },
  'ubuntu-irc': { messages: 11_612 },
  invs15: { people: 232, interactions: 18_838 },
};
const expectedOfPolis: StoredTotals = { ideas: 884, endorsements: 60_273 };

let hub: OwnHub;
const brought = new Map<string, StoredTotals>();

beforeAll(async () => {
  hub = await startOwnHub({ postgres: 'shared' });
});

afterAll(() => hub.remove());

function totals(): Promise<StoredTotals> {
  return storedTotals(hub.databaseUrl ?? '');
}

test.each(realDataFiles())('$name is imported without a loss', async ({ name, path }) => {
  const before = await totals();
  const { code, out, err } = await hub.command('import', '--source', name, path);
  process.stdout.write(`${name}: ${/^.*records\/s.*$/m.exec(out)?.[0]}\n`);
  expect({ code, err }).toMatchObject({ code: 0 });
  brought.set(name, differences(before, await totals()));
  expect(brought.get(name)).toMatchObject(expected[name] ?? {});
  expect(wrongCounts(await totals())).toEqual([]);
});

test('the consultations together bring their statements and what people said to them', () => {
  const polis = [...brought].filter(([name]) => name.startsWith('polis-')).map(([, found]) => found);
  const sum = (what: string) => polis.reduce((total, found) => total + (found[what] ?? 0), 0);
  expect({ ideas: sum('ideas'), endorsements: sum('endorsements') }).toEqual(expectedOfPolis);
});

test('importing all of them again changes nothing', async () => {
  const before = await totals();
  for (const { name, path } of realDataFiles()) {
    expect(await hub.command('import', '--source', name, path)).toMatchObject({ code: 0 });
  }
  expect(await totals()).toEqual(before);
});
