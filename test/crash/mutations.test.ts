import { type CrashHub, startCrashHub } from './crash-hub.js';
import { cutReplies } from './cut-replies.js';
import { outageTest } from './database-outage.js';
import { killEveryProcess } from './killed-processes.js';

const seed = Number(process.env.CRASH_SEED ?? Date.now() % 1_000_000);

let hub: CrashHub;

beforeAll(async () => {
  hub = await startCrashHub();
}, 150_000);

afterAll(() => hub?.stop(), 30_000);

test('what was acknowledged survives the death of any process, and is there once', async () => {
  const result = await killEveryProcess(hub, { rounds: 1, deeds: 300, seed });
  expect(result).toMatchObject({ missing: 0, duplicated: 0 });
}, 150_000);

test('a mutation sent again with its key, because the line broke, is done once', async () => {
  const result = await cutReplies(hub, { deeds: 300, seed });
  expect(result).toMatchObject({ acknowledged: 300, found: 300, missing: 0, duplicated: 0 });
  expect(result.unanswered).toBeGreaterThan(20);
}, 120_000);

test('while the database is away writers are told so soon, and go on by themselves when it is back', async () => {
  const { outages, audited } = await outageTest(hub, { frozenMs: 8_000 });
  expect(audited).toMatchObject({ missing: 0, duplicated: 0 });
  for (const { codes, recoveryMs, slowestRefusalMs } of outages) {
    expect(codes.filter((code) => !/^(SUBGRAPH_)?UNAVAILABLE$/.test(code))).toEqual([]);
    expect(recoveryMs).toBeLessThan(5_000);
    expect(slowestRefusalMs).toBeLessThan(6_000);
  }
  expect(outages[0]?.refused).toBeGreaterThan(20);
  expect(outages[0]?.health).toEqual({ health: 200, ready: 503 });
}, 120_000);
