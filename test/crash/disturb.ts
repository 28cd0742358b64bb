import { setTimeout as pause } from 'node:timers/promises';
import type { CrashHub } from './crash-hub.js';
import type { JudgeProcess } from './judge-process.js';
import { type Random, shuffled } from './random.js';

export interface Disturbed {
  readonly hub: CrashHub;
  readonly judges: readonly JudgeProcess[];
  readonly random: Random;
  /** How often each thing happens. */
  readonly rounds: number;
}

const freezeMs = 2_000;

/** Hurts the hub and its clients in every way there is, in an order and at moments that the seed decides. */
export async function disturb({ hub, judges, random, rounds }: Disturbed): Promise<string[]> {
  const done: string[] = [];
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, hurt] of shuffled(Object.entries(disturbances), random)) {
      await pause(random() * 1_500);
      await hurt({ hub, judges, random, rounds });
      done.push(name);
    }
  }
  return done;
}

const disturbances: Readonly<Record<string, (on: Disturbed) => Promise<void>>> = {
  'connections cut': async ({ judges }) => {
    for (const judge of judges) judge.cut(0.5);
  },
  'gateway killed': ({ hub }) => hub.kill('gateway'),
  'ideas killed': ({ hub }) => hub.kill('ideas'),
  'people killed': ({ hub }) => hub.kill('people'),
  'database killed': ({ hub }) => hub.killDatabase(),
  'database and ideas killed': async ({ hub }) => {
    await Promise.all([hub.killDatabase(), pause(200)]);
    await hub.kill('ideas');
  },
  'ideas frozen': ({ hub }) => hub.freeze('ideas', freezeMs),
  'gateway frozen': ({ hub }) => hub.freeze('gateway', freezeMs),
  'clients frozen': async ({ judges, random }) => {
    await judges[Math.floor(random() * judges.length)]?.freeze(freezeMs);
  },
};
