import { setTimeout as pause } from 'node:timers/promises';
import { cpuMsOf } from '../../bench/measure/cpu-time.js';
import type { CrashHub } from '../crash/crash-hub.js';
import { contributing } from '../crash/deeds.js';
import { doDeeds } from '../crash/do-deeds.js';
import { tellJudgement } from '../crash/judgement.js';
import { eventually } from '../hub/eventually.js';
import { contributionAdded } from '../wire/contributions.js';
import { type CrowdReport, detailsOf, gatherCrowd } from './crowd.js';
import { figure, mebibyte, residentBytesOf } from './gateway-figures.js';
import { prepareCrowdScene } from './scene.js';

export interface IdleSubscribers {
  readonly subscribers: number;
  /** How long nothing happens. */
  readonly idleMs: number;
}

export interface Idle {
  readonly report: CrowdReport;
  readonly residentBytes: number;
  /** Of one core. */
  readonly cpuShare: number;
}

/** For what belongs to joining to be over. */
const settlingMs = 5_000;

/** Subscribers listen while nothing happens, and still get what happens then; what they cost the gateway, printed in one line. */
export async function idleSubscribers(hub: CrashHub, { subscribers, idleMs }: IdleSubscribers): Promise<Idle> {
  const scene = await prepareCrowdScene(hub, contributionAdded);
  const crowd = await gatherCrowd(scene.task, subscribers);
  try {
    const pid = hub.pid('gateway');
    await eventually(
      async () => figure(await hub.metrics('gateway'), 'weft_subscriptions'),
      (live) => live >= subscribers,
      60_000,
    );
    await pause(settlingMs);
    const [cpuBefore, since] = [await cpuMsOf([pid]), performance.now()];
    await pause(idleMs);
    const cpuShare = ((await cpuMsOf([pid])) - cpuBefore) / (performance.now() - since);
    const residentBytes = await residentBytesOf(pid);
    const doing = doDeeds({ client: scene.author, kinds: [contributing(scene)], writers: 1, deeds: 1 });
    await doing.done;
    await hub.watch(crowd.reaches(1));
    const report = await crowd.report([...doing.acknowledged.keys()]);
    tellJudgement(
      `${subscribers} idle subscribers`,
      { ...report, sent: doing.sent.size, acknowledged: doing.acknowledged.size },
      `gateway ${(residentBytes / mebibyte).toFixed(0)} MiB, ${(100 * cpuShare).toFixed(1)} % of a core`,
      detailsOf(report),
    );
    return { report, residentBytes, cpuShare };
  } finally {
    await crowd.stop();
  }
}
