import { setTimeout as pause } from 'node:timers/promises';
import type { CrashHub } from '../crash/crash-hub.js';
import { contributing } from '../crash/deeds.js';
import { doDeeds } from '../crash/do-deeds.js';
import { tellJudgement } from '../crash/judgement.js';
import { contributionAdded } from '../wire/contributions.js';
import { type CrowdReport, detailsOf, gatherCrowd } from './crowd.js';
import { figure, services } from './gateway-figures.js';
import { prepareCrowdScene } from './scene.js';

export interface ComingBack {
  readonly clients: number;
  /** Before they lose their lines, and again while they are away. */
  readonly events: number;
}

export interface CameBack {
  readonly report: CrowdReport;
  readonly acknowledged: number;
  /** SQL statements of all services for each client that came back, without what they do anyway. */
  readonly statements: number;
}

/** For how long is counted what the services do anyway. */
const usualMs = 3_000;

/** Clients lose their lines in one moment and come back in another, to what happened meanwhile; printed in one line. */
export async function comingBack(hub: CrashHub, { clients, events }: ComingBack): Promise<CameBack> {
  const scene = await prepareCrowdScene(hub, contributionAdded);
  const crowd = await gatherCrowd(scene.task, clients);
  const doing = doDeeds({ client: scene.author, kinds: [contributing(scene)], writers: 1, deeds: 2 * events });
  try {
    await doing.reaches(events);
    await hub.watch(crowd.reaches(events));
    await crowd.leave();
    await doing.done;
    const since = performance.now();
    const counted = await statementsOf(hub, async () => {
      await crowd.comeBack();
      await crowd.reaches(2 * events);
    });
    const tookMs = performance.now() - since;
    // With everybody there: each token is looked at twice a second, however many listen with it.
    const usual = await statementsOf(hub, () => pause(usualMs));
    const statements = Math.max(0, counted - (usual * tookMs) / usualMs) / clients;
    const acknowledged = doing.acknowledged.size;
    const report = await crowd.report([...doing.acknowledged.keys()]);
    tellJudgement(
      `${clients} clients came back`,
      { ...report, sent: doing.sent.size, acknowledged, worstRecoveryMs: tookMs },
      `${statements.toFixed(3)} SQL statements for each`,
      detailsOf(report),
    );
    return { report, acknowledged, statements };
  } finally {
    await crowd.stop();
  }
}

async function statementsOf(hub: CrashHub, work: () => Promise<unknown>): Promise<number> {
  const count = async () => {
    const texts = await Promise.all(services.map((name) => hub.metrics(name)));
    return texts.reduce((sum, text) => sum + figure(text, 'weft_sql_statements_total'), 0);
  };
  const before = await count();
  await work();
  return (await count()) - before;
}
