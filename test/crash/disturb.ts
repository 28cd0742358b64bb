import type { CrashHub } from './crash-hub.js';
import type { JudgeProcess } from './judge-process.js';
import { type Random, shuffled } from './random.js';
import type { Writing } from './write-contributions.js';

export interface Disturbed {
  readonly hub: CrashHub;
  readonly judges: readonly JudgeProcess[];
  readonly writing: Writing;
  readonly random: Random;
  /** How often each thing happens. */
  readonly rounds: number;
  /** How often connections are cut besides. */
  readonly cuts: number;
  readonly freezeMs: number;
}

/** As a share of what is written: some of it comes after the last disturbance. */
const lastMoment = 0.95;

/** What was done, and when everything ran again. */
export interface Disturbance {
  readonly name: string;
  readonly over: number;
}

/** Hurts the hub and its clients in every way there is, in an order and at moments that the seed decides. */
export async function disturb(on: Disturbed): Promise<Disturbance[]> {
  const rounds = Array.from({ length: on.rounds }, () => Object.entries(disturbances)).flat();
  const cuts = Array.from({ length: on.cuts }, () => ['connections cut', cutHalf] as const);
  const todo = shuffled([...rounds, ...cuts], on.random);
  const moments = todo.map(() => lastMoment * on.random()).sort((a, b) => a - b);
  const done: Disturbance[] = [];
  for (const [index, [name, hurt]] of todo.entries()) {
    await on.writing.reaches(moments[index] ?? 0);
    await hurt(on);
    done.push({ name, over: Date.now() });
  }
  return done;
}

const cutHalf = async ({ judges }: Disturbed) => {
  for (const judge of judges) judge.cut(0.5);
};

const disturbances: Readonly<Record<string, (on: Disturbed) => Promise<void>>> = {
  'connections cut': cutHalf,
  'gateway killed': ({ hub }) => hub.kill('gateway'),
  'ideas killed': ({ hub }) => hub.kill('ideas'),
  'people killed': ({ hub }) => hub.kill('people'),
  'database killed': ({ hub }) => hub.killDatabase(),
  'database and ideas killed': async ({ hub }) => {
    const again = hub.killDatabase();
    await hub.kill('ideas');
    await again;
  },
  'ideas frozen': ({ hub, freezeMs }) => hub.freeze('ideas', freezeMs),
  'gateway frozen': ({ hub, freezeMs }) => hub.freeze('gateway', freezeMs),
  'clients frozen': async ({ judges, random, freezeMs }) => {
    await judges[Math.floor(random() * judges.length)]?.freeze(freezeMs);
  },
};
