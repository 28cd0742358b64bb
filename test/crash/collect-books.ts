import { eventually } from '../hub/eventually.js';
import { type JudgeProcess, startJudge } from './judge-process.js';
import type { JudgeTask, Ledger } from './ledger.js';

export interface Collecting {
  readonly judges: readonly JudgeProcess[];
  /** What they listen to, without how. */
  readonly task: Omit<JudgeTask, 'transports'>;
  /** How many events everybody is to have. */
  readonly events: number;
  /** How long that may take. */
  readonly patienceMs: number;
}

export interface Collected {
  readonly ledgers: readonly Ledger[];
  /** The log from the same place, read once more when nothing disturbs. */
  readonly order: readonly string[];
}

/** The books of all judges, once each of them has everything or no more comes: they say better than this wait what is missing. */
export async function collectBooks({ judges, task, events, patienceMs }: Collecting): Promise<Collected> {
  const hasAll = (judge: JudgeProcess) =>
    eventually(
      () => judge.count(),
      (least) => least >= events,
      patienceMs,
    ).catch(() => undefined);
  await Promise.all(judges.map(hasAll));
  const ledgers = (await Promise.all(judges.map((judge) => judge.report()))).flat();
  const inPeace = startJudge({ ...task, transports: ['sse'] });
  try {
    await hasAll(inPeace);
    const order = (await inPeace.report()).flatMap(({ entries }) => entries.map(({ cursor }) => cursor));
    return { ledgers, order };
  } finally {
    await inPeace.stop();
  }
}
