import { Agent, getGlobalDispatcher, setGlobalDispatcher } from 'undici';
import { type CrashHub, startCrashHub } from './crash-hub.js';
import { type RollingRestart, rollingRestart } from './rolling-restart.js';

/** Idle connections are given up long before a gateway that stops ends them, as operators are told to set up what stands in front of it. */
const asProxiesDo = { keepAliveTimeout: 2_000, keepAliveMaxTimeout: 2_000 };

/** What the hub promises of a new version that is brought while it runs, in one size or another. */
export function testRollingRestart({ limitMs, ...size }: RollingRestart & { readonly limitMs: number }): void {
  let hub: CrashHub;
  const usual = getGlobalDispatcher();
  const impatient = new Agent(asProxiesDo);

  beforeAll(async () => {
    setGlobalDispatcher(impatient);
    hub = await startCrashHub({ replaceable: true });
  }, 150_000);

  afterAll(async () => {
    setGlobalDispatcher(usual);
    await hub?.stop();
    await impatient.close();
  }, 30_000);

  test(
    'a new version of every role takes over while the hub is used: no request fails, and no stream misses anything',
    async () => {
      expect(await rollingRestart(hub, size)).toMatchObject({
        failures: [],
        lost: 0,
        migrated: 3,
        missing: 0,
        duplicated: 0,
        outOfOrder: 0,
        brokenLinks: 0,
        incomplete: 0,
        unknown: 0,
        completed: 0,
      });
    },
    limitMs,
  );
}
