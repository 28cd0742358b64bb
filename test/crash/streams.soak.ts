import { type CrashHub, startCrashHub } from './crash-hub.js';
import { faultless, killTest } from './kill-test.js';

/** More rounds of every disturbance, over as much more time, with CRASH_ROUNDS. */
const rounds = Number(process.env.CRASH_ROUNDS ?? 5);
const writingMs = 30_000 * rounds;

let hub: CrashHub;

beforeAll(async () => {
  hub = await startCrashHub();
}, 150_000);

afterAll(() => hub?.stop(), 30_000);

test(
  'whatever is killed again and again, every subscriber gets every acknowledged contribution once and in order',
  async () => {
    const contributions = 10_000;
    const tally = await killTest(hub, {
      contributions,
      writingMs,
      rounds,
      // Half of the connections each time: every subscriber comes back some fifty times.
      cuts: 100,
      freezeMs: 2_000,
      patienceMs: 60_000,
      seed: Number(process.env.CRASH_SEED ?? Date.now() % 1_000_000),
    });
    expect(tally).toMatchObject(faultless({ contributions }));
  },
  4 * writingMs + 240_000,
);
