import { registerPerson } from '../hub/seed.js';
import { collectBooks } from './collect-books.js';
import type { CrashHub } from './crash-hub.js';
import { disturb } from './disturb.js';
import { type JudgeProcess, startJudge } from './judge-process.js';
import { tellJudgement } from './judgement.js';
import type { JudgeTask, Ledger } from './ledger.js';
import { seeded } from './random.js';
import { prepareScene } from './scene.js';
import { detailsOf, type Tally, tallyOf } from './tally.js';
import { writeContributions } from './write-contributions.js';

/** How much is written and how often everything is hurt meanwhile. */
export interface KillTest {
  readonly contributions: number;
  readonly writingMs: number;
  /** How often each disturbance happens. */
  readonly rounds: number;
  /** How often half of all connections are cut, besides. */
  readonly cuts: number;
  readonly freezeMs: number;
  /** How long everything may take to arrive after the last disturbance. */
  readonly patienceMs: number;
  /** Decides what happens when: with the same seed the same happens in the same order. */
  readonly seed: number;
}

const subscribers = 20;

/** 20 subscribers listen to contributions while processes are killed; what all their books say together, printed in one line. */
export async function killTest(hub: CrashHub, options: KillTest): Promise<Tally> {
  const judges: JudgeProcess[] = [];
  const ending = new AbortController();
  try {
    return await hub.watch(judged(hub, options, judges, ending.signal));
  } catch (error) {
    throw new Error(`Seed ${options.seed}: ${error}\n${hub.story()}`, { cause: error });
  } finally {
    ending.abort();
    await Promise.all(judges.map((judge) => judge.stop()));
  }
}

/** What a tally has to say when nothing was lost. */
export function faultless({ contributions }: Pick<KillTest, 'contributions'>) {
  return {
    acknowledged: contributions,
    delivered: contributions * subscribers,
    missing: 0,
    duplicated: 0,
    outOfOrder: 0,
    brokenLinks: 0,
    incomplete: 0,
    unknown: 0,
    completed: 0,
    inTheLog: contributions,
  };
}

async function judged(
  hub: CrashHub,
  { contributions, writingMs, rounds, cuts, freezeMs, patienceMs, seed }: KillTest,
  judges: JudgeProcess[],
  ending: AbortSignal,
): Promise<Tally> {
  const mira = await registerPerson(hub, { name: 'Mira' });
  const jon = await registerPerson(hub, { name: 'Jon' });
  const { space, idea, start } = await prepareScene(hub.admin, mira);
  const task = { url: hub.url, space, start };
  for (const { token = '' } of [mira, jon]) judges.push(startJudge({ ...task, token, transports: tenOf() }));

  const random = seeded(seed);
  const writing = writeContributions({
    admin: hub.admin,
    author: mira,
    idea,
    contributions,
    milliseconds: writingMs,
    random,
    ending,
  });
  const disturbing = disturb({ hub, judges, writing, random, rounds, cuts, freezeMs });
  const [disturbances] = await Promise.all([disturbing, writing.done]);
  const { acknowledged } = writing;
  const { ledgers, order } = await collectBooks({
    judges,
    task: { ...task, token: mira.token ?? '' },
    events: acknowledged.size,
    patienceMs,
  });

  const tally = tallyOf({ ledgers, acknowledged, disturbances, order });
  const names = disturbances.map(({ name }) => name).join(', ');
  tellJudgement(
    'streams under kills',
    { ...tally, sent: contributions },
    detailsOf(tally),
    `errors that ended streams: ${refusalsOf(ledgers)}`,
    `seed ${seed}: ${names}`,
  );
  return tally;
}

function tenOf(): JudgeTask['transports'] {
  return Array.from({ length: subscribers / 2 }, (_, i) => (i % 2 === 0 ? 'ws' : 'sse'));
}

function refusalsOf(ledgers: readonly Ledger[]): string {
  const sums: Record<string, number> = {};
  for (const { refusals } of ledgers)
    for (const [code, times] of Object.entries(refusals)) sums[code] = (sums[code] ?? 0) + times;
  return JSON.stringify(sums);
}
