import { type CrashHub, startCrashHub } from '../crash/crash-hub.js';
import { type ComingBack, comingBack } from './coming-back.js';
import { mebibyte } from './gateway-figures.js';
import { type IdleSubscribers, idleSubscribers } from './idle-subscribers.js';
import { type StalledClients, stalledClients } from './stalled-clients.js';

export interface CrowdSize {
  readonly idle: IdleSubscribers & { readonly mostMebibytes: number; readonly mostCpu: number };
  readonly back: ComingBack & { readonly mostStatements: number };
  readonly stalled: StalledClients & {
    readonly mostMebibytes: number;
    /** How much slower the healthy one may become, and what is no slowness at all. */
    readonly factor: number;
    readonly freeMs: number;
  };
  readonly limitMs: number;
}

const faultless = { missing: 0, duplicated: 0, outOfOrder: 0, brokenLinks: 0 };

/** What the hub promises to many, in one size or another. */
export function testCrowds({ idle, back, stalled, limitMs }: CrowdSize): void {
  let hub: CrashHub;

  beforeAll(async () => {
    hub = await startCrashHub();
  }, 150_000);

  afterAll(() => hub?.stop(), 30_000);

  test(
    'who listens while nothing happens costs little memory and next to no time',
    async () => {
      const { report, residentBytes, cpuShare } = await idleSubscribers(hub, idle);
      expect(report).toMatchObject({ ...faultless, delivered: idle.subscribers });
      expect(residentBytes / mebibyte).toBeLessThan(idle.mostMebibytes);
      expect(cpuShare).toBeLessThan(idle.mostCpu);
    },
    limitMs,
  );

  test(
    'all who lose their lines at once come back to their places, and the database hardly notices',
    async () => {
      const { report, acknowledged, statements } = await comingBack(hub, back);
      expect(report).toMatchObject({ ...faultless, delivered: back.clients * acknowledged });
      expect(statements).toBeLessThan(back.mostStatements);
    },
    limitMs,
  );

  test(
    'clients that stop reading hurt nobody, are let go of soon, and come back without a loss',
    async () => {
      const result = await stalledClients(hub, stalled);
      const { report, healthy, acknowledged, growthOfClient, p99BeforeMs, p99DuringMs, closedAfterMs } = result;
      expect(report).toMatchObject({ ...faultless, delivered: stalled.stalled * acknowledged });
      expect(healthy).toMatchObject({ ...faultless, delivered: acknowledged });
      expect(growthOfClient / mebibyte).toBeLessThan(stalled.mostMebibytes);
      expect(p99DuringMs).toBeLessThan(stalled.factor * p99BeforeMs + stalled.freeMs);
      expect(closedAfterMs).toBeLessThan(stalled.patienceMs);
    },
    limitMs,
  );
}
