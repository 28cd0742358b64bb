import { percentile } from '../../bench/measure/statistics.js';
import type { CrashHub } from '../crash/crash-hub.js';
import { type Doing, doDeeds } from '../crash/do-deeds.js';
import { seconds, tellJudgement } from '../crash/judgement.js';
import { eventually } from '../hub/eventually.js';
import { widened } from '../wire/contributions.js';
import { type CrowdReport, detailsOf, gatherCrowd } from './crowd.js';
import { figure, mebibyte, openFilesOf, residentBytesOf } from './gateway-figures.js';
import { contributingMuch, prepareCrowdScene } from './scene.js';

export interface StalledClients {
  /** Clients that stop reading. */
  readonly stalled: number;
  /** Events before they do. */
  readonly eventsBefore: number;
  /** How long they may stay. */
  readonly patienceMs: number;
}

export interface Stalled {
  readonly report: CrowdReport;
  readonly healthy: CrowdReport;
  readonly acknowledged: number;
  readonly p99BeforeMs: number;
  readonly p99DuringMs: number;
  readonly growthOfClient: number;
  /** From when they stopped reading until the last of them was closed. */
  readonly closedAfterMs: number;
  /** From when they came back until the last of them had everything. */
  readonly worstRecoveryMs: number;
  /** Of them, those told to resume because what waited for them was too much; the others answered no sign of life. */
  readonly overflows: number;
}

/** Events a second, each of some hundred kilobytes for each client: what the system keeps for one that does not read is full in seconds. */
const betweenEventsMs = 200;
const query = widened(10);
const betweenLooksMs = 100;

/** Clients stop reading while one next to them, who listens to the same, goes on; what all of them got, printed in one line. */
export async function stalledClients(hub: CrashHub, size: StalledClients): Promise<Stalled> {
  const scene = await prepareCrowdScene(hub, query);
  const { kind, sentAt } = contributingMuch(scene);
  // With one token: whoever is healthy shares a stream with those who are not.
  const task = { ...scene.task, tokens: scene.task.tokens.slice(0, 1) };
  const healthy = await gatherCrowd(task, 1);
  const crowd = await gatherCrowd(task, size.stalled);
  const doing = doDeeds({ client: scene.author, kinds: [kind], writers: 1, pauseMs: betweenEventsMs });
  const memory = watchMemory(hub.pid('gateway'));
  try {
    doing.done.catch(() => undefined);
    await hub.watch(doing.reaches(size.eventsBefore));
    await hub.watch(crowd.reaches(size.eventsBefore));
    const before = memory.peak();
    const stalledFrom = Date.now();
    const sentBefore = doing.acknowledged.size;
    await crowd.stopReading();
    await untilClosed(hub, size);
    const overflows = figure(await hub.metrics('gateway'), 'weft_queue_overflows_total');
    const peak = memory.peak();
    const closedAfterMs = Date.now() - stalledFrom;
    // Of too few events the slowest one alone would be the p99.
    await hub.watch(doing.reaches(sentBefore + 2 * size.eventsBefore));
    await doing.stop();
    const backFrom = Date.now();
    await crowd.comeBack();
    await Promise.all([crowd.reaches(doing.acknowledged.size), healthy.reaches(doing.acknowledged.size)]);
    const worstRecoveryMs = Date.now() - backFrom;
    const due = [...doing.acknowledged.keys()];
    const [report, reportOfHealthy] = [await crowd.report(due), await healthy.report(due)];
    const waits = reportOfHealthy.arrivals.map(([text, at]) => ({ at, waited: at - (sentAt.get(text) ?? 0) }));
    const p99 = (during: boolean) =>
      percentile(
        waits.filter(({ at }) => at > stalledFrom === during).map(({ waited }) => waited),
        0.99,
      );
    const result = {
      report,
      healthy: reportOfHealthy,
      acknowledged: due.length,
      p99BeforeMs: p99(false),
      p99DuringMs: p99(true),
      growthOfClient: Math.max(0, peak - before) / size.stalled,
      closedAfterMs,
      worstRecoveryMs,
      overflows,
    };
    tell(doing, size, result);
    return result;
  } catch (error) {
    throw new Error(`${error}\n${hub.story()}`, { cause: error });
  } finally {
    memory.stop();
    await doing.stop().catch(() => undefined);
    await Promise.all([crowd.stop(), healthy.stop()]);
  }
}

/** Until the gateway has neither a subscription nor a socket of theirs any more. */
async function untilClosed(hub: CrashHub, { stalled, patienceMs }: StalledClients): Promise<void> {
  const pid = hub.pid('gateway');
  const open = await openFilesOf(pid);
  const look = async () => {
    const subscriptions = figure(await hub.metrics('gateway'), 'weft_subscriptions');
    await new Promise((resolve) => setTimeout(resolve, betweenLooksMs));
    return { subscriptions, files: await openFilesOf(pid) };
  };
  await eventually(
    look,
    // Some files more may be open: what the gateway asks its services with.
    ({ subscriptions, files }) => subscriptions <= 1 && files <= open - stalled / 2,
    patienceMs,
  );
}

/** The most memory of a process since it was asked last: what garbage takes before it is collected is in both peaks. */
function watchMemory(pid: number) {
  let most = 0;
  const timer = setInterval(async () => {
    most = Math.max(most, await residentBytesOf(pid).catch(() => 0));
  }, betweenLooksMs);
  return {
    peak() {
      const peak = most;
      most = 0;
      return peak;
    },
    stop: () => clearInterval(timer),
  };
}

function tell(doing: Doing, { stalled }: StalledClients, result: Stalled): void {
  const { report, healthy, acknowledged, p99BeforeMs, p99DuringMs, growthOfClient } = result;
  tellJudgement(
    `${stalled} stalled clients`,
    { ...report, sent: doing.sent.size, acknowledged, worstRecoveryMs: result.worstRecoveryMs },
    `the healthy one missed ${healthy.missing}, its p99 ${p99BeforeMs.toFixed(0)} ms before and ${p99DuringMs.toFixed(0)} ms meanwhile`,
    `gateway grew ${(growthOfClient / mebibyte).toFixed(2)} MiB for each`,
    `all closed after ${seconds(result.closedAfterMs)}, ${result.overflows} for what waited for them`,
    detailsOf(report),
  );
}
