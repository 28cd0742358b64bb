import { type CrashHub, startCrashHub } from './crash-hub.js';
import { cutReplies } from './cut-replies.js';
import { outageTest } from './database-outage.js';
import { killEveryProcess } from './killed-processes.js';

const seed = Number(process.env.CRASH_SEED ?? Date.now() % 1_000_000);

let hub: CrashHub;

beforeAll(async () => {
  hub = await startCrashHub();
}, 900_000);

afterAll(() => hub?.stop(), 30_000);

test('what was acknowledged survives the death of any process, and is there once', async () => {
  const result = await killEveryProcess(hub, { rounds: 3, deeds: 10_000, seed });
  expect(result).toMatchObject({ missing: 0, duplicated: 0 });
}, 900_000);

test('a mutation sent again with its key, because the line broke, is done once', async () => {
  const result = await cutReplies(hub, { deeds: 10_000, seed });
  expect(result).toMatchObject({ acknowledged: 10_000, found: 10_000, missing: 0, duplicated: 0 });
  expect(result.unanswered).toBeGreaterThan(100);
}, 900_000);

test('while the database is away writers are told so soon, and go on by themselves when it is back', async () => {
  const { outages, audited } = await outageTest(hub, { frozenMs: 20_000 });
  expect(audited).toMatchObject({ missing: 0, duplicated: 0 });
  for (const { codes, recoveryMs, slowestRefusalMs } of outages) {
    expect(codes.filter((code) => !/^(SUBGRAPH_)?UNAVAILABLE$/.test(code))).toEqual([]);
    expect(recoveryMs).toBeLessThan(5_000);
    expect(slowestRefusalMs).toBeLessThan(6_000);
  }
  expect(outages[0]?.refused).toBeGreaterThan(100);
  expect(outages[0]?.health).toEqual({ health: 200, ready: 503 });
}, 900_000);
