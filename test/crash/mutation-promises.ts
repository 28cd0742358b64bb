import { type CrashHub, startCrashHub } from './crash-hub.js';
import { cutReplies } from './cut-replies.js';
import { outageTest } from './database-outage.js';
import { killEveryProcess } from './killed-processes.js';
import { rollBack } from './rolled-back.js';

export interface Size {
  /** How often each process is killed. */
  readonly rounds: number;
  /** Mutations under kills, and behind a line that breaks. */
  readonly deeds: number;
  readonly frozenMs: number;
  /** For one test, on a machine that does ten other things. */
  readonly limitMs: number;
}

/** What the hub promises of mutations, in one size or another. */
export function testMutations({ rounds, deeds, frozenMs, limitMs }: Size): void {
  const seed = Number(process.env.CRASH_SEED ?? Date.now() % 1_000_000);
  let hub: CrashHub;

  beforeAll(async () => {
    hub = await startCrashHub();
  }, 150_000);

  afterAll(() => hub?.stop(), 30_000);

  test(
    'what was acknowledged survives the death of any process, is there once, and has one event',
    async () => {
      const result = await killEveryProcess(hub, { rounds, deeds, seed });
      expect(result).toMatchObject({ missing: 0, duplicated: 0, withoutEvent: 0, eventsTooMany: 0 });
    },
    limitMs,
  );

  test(
    'a mutation sent again with its key, because the line broke, is done once',
    async () => {
      const result = await cutReplies(hub, { deeds, seed });
      expect(result).toMatchObject({ acknowledged: deeds, found: deeds, missing: 0, duplicated: 0 });
      expect(result.unanswered).toBeGreaterThan(20);
    },
    limitMs,
  );

  test(
    'what was committed has one event, and what was rolled back has none, whoever ends the transactions of 64 writers',
    async () => {
      const result = await rollBack(hub, { deeds, seed });
      expect(result).toMatchObject({ acknowledged: deeds, missing: 0, withoutEvent: 0, phantoms: 0, duplicated: 0 });
      expect(result.rolledBack).toBeGreaterThan(20);
    },
    limitMs,
  );

  test(
    'while the database is away writers are told so soon, and go on by themselves when it is back',
    async () => {
      const { outages, audited } = await outageTest(hub, { frozenMs });
      expect(audited).toMatchObject({ missing: 0, duplicated: 0 });
      for (const { codes, recoveryMs, slowestRefusalMs } of outages) {
        expect(codes.filter((code) => !/^(SUBGRAPH_)?UNAVAILABLE$/.test(code))).toEqual([]);
        expect(recoveryMs).toBeLessThan(5_000);
        expect(slowestRefusalMs).toBeLessThan(6_000);
      }
      expect(outages[0]?.refused).toBeGreaterThan(20);
      expect(outages[0]?.health).toEqual({ health: 200, ready: 503 });
    },
    limitMs,
  );
}
