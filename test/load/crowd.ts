import { type LoadProcess, startLoadProcess } from '../../bench/load/load-process.js';
import type { CrowdTask } from './member.js';

export type CrowdOrder =
  | { readonly kind: 'join'; readonly task: CrowdTask; readonly members: number }
  /** All lines are lost in one moment. */
  | { readonly kind: 'leave' }
  | { readonly kind: 'stop reading' }
  /** All at once, each to its place. */
  | { readonly kind: 'come back' }
  /** Resolves when everybody has so many events. */
  | { readonly kind: 'reach'; readonly events: number }
  | { readonly kind: 'report'; readonly due: readonly string[] };

/** What all members have, together, against what is due to each. */
export interface CrowdReport {
  readonly delivered: number;
  readonly missing: number;
  readonly duplicated: number;
  /** Not at the place which it has for the first member. */
  readonly outOfOrder: number;
  readonly brokenLinks: number;
  /** Errors, closings and refused connections, by what was said. */
  readonly refusals: Readonly<Record<string, number>>;
  /** What the first member was given, and when. */
  readonly arrivals: readonly (readonly [text: string, at: number])[];
}

/** Subscribers in processes of their own. */
export interface Crowd {
  readonly members: number;
  leave(): Promise<void>;
  stopReading(): Promise<void>;
  comeBack(): Promise<void>;
  reaches(events: number): Promise<void>;
  report(due: readonly string[]): Promise<CrowdReport>;
  stop(): Promise<void>;
}

const membersOfProcess = 5_000;
const script = new URL('./crowd-process.js', import.meta.url).href;

/** Resolves when each member was let in and has asked for the stream. */
export async function gatherCrowd(task: CrowdTask, members: number): Promise<Crowd> {
  const sizes = Array.from({ length: Math.ceil(members / membersOfProcess) }, (_, place) =>
    Math.min(membersOfProcess, members - place * membersOfProcess),
  );
  const processes = sizes.map((size) => ({ size, process: startLoadProcess<CrowdOrder, CrowdReport>(script) }));
  const stop = async () => void (await Promise.all(processes.map(({ process }) => process.stop())));
  const tell = async (order: CrowdOrder) => Promise.all(processes.map(({ process }) => process.run(order)));
  try {
    await Promise.all(processes.map(({ size, process }) => join(process, task, size)));
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    members,
    leave: async () => void (await tell({ kind: 'leave' })),
    stopReading: async () => void (await tell({ kind: 'stop reading' })),
    comeBack: async () => void (await tell({ kind: 'come back' })),
    reaches: async (events) => void (await tell({ kind: 'reach', events })),
    report: async (due) => (await tell({ kind: 'report', due })).reduce(together),
    stop,
  };
}

function join(process: LoadProcess<CrowdOrder, CrowdReport>, task: CrowdTask, members: number): Promise<unknown> {
  return process.run({ kind: 'join', task, members });
}

function together(one: CrowdReport, other: CrowdReport): CrowdReport {
  const refusals = { ...one.refusals };
  for (const [reason, times] of Object.entries(other.refusals)) refusals[reason] = (refusals[reason] ?? 0) + times;
  return {
    delivered: one.delivered + other.delivered,
    missing: one.missing + other.missing,
    duplicated: one.duplicated + other.duplicated,
    outOfOrder: one.outOfOrder + other.outOfOrder,
    brokenLinks: one.brokenLinks + other.brokenLinks,
    refusals,
    arrivals: one.arrivals,
  };
}

/** What a crowd says besides what every run says. */
export function detailsOf({ brokenLinks, refusals }: CrowdReport): string {
  return `broken links ${brokenLinks}, errors that ended streams: ${JSON.stringify(refusals)}`;
}
