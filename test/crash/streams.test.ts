import { type CrashHub, startCrashHub } from './crash-hub.js';
import { faultless, killTest } from './kill-test.js';

let hub: CrashHub;

beforeAll(async () => {
  hub = await startCrashHub();
}, 150_000);

afterAll(() => hub?.stop(), 30_000);

test('whatever is killed once, every subscriber gets every acknowledged contribution once and in order', async () => {
  const contributions = 2_000;
  const tally = await killTest(hub, {
    contributions,
    writingMs: 12_000,
    rounds: 1,
    cuts: 2,
    freezeMs: 1_000,
    patienceMs: 30_000,
    seed: Number(process.env.CRASH_SEED ?? Date.now() % 1_000_000),
  });
  expect(tally).toMatchObject(faultless({ contributions }));
}, 150_000);
