import { registerPerson, type TestPerson } from '../hub/seed.js';
import { openConversation } from '../hub/talk.js';
import { roles } from './addresses.js';
import { type Audit, audit } from './audit.js';
import { type CrashHub, databaseProcesses } from './crash-hub.js';
import { contributing, openingSpaces, talking } from './deeds.js';
import { type Doing, doDeeds } from './do-deeds.js';
import { tellJudgement } from './judgement.js';
import { seeded, shuffled } from './random.js';
import { prepareScene, type Scene } from './scene.js';
import { toldContributions } from './told-contributions.js';

export interface KilledProcesses {
  /** How often each process is killed. */
  readonly rounds: number;
  readonly deeds: number;
  readonly seed: number;
}

/** What else is to be seen of contributions: each that is there has one event, and there is none of what was taken back. */
export interface Told {
  readonly withoutEvent: number;
  readonly eventsTooMany: number;
}

const writers = 8;

/** Contributions, messages and spaces are written while every process there is gets killed; what is left of them, printed in one line. */
export async function killEveryProcess(hub: CrashHub, options: KilledProcesses): Promise<Audit & Told> {
  const mira = await registerPerson(hub, { name: 'Mira' });
  const scene = await prepareScene(hub.admin, mira);
  const conversation = await openConversation(mira, scene.space);
  const kinds = [contributing(scene), talking(conversation), openingSpaces];
  const doing = doDeeds({ client: mira, kinds, writers, pauseMs: 40 });
  try {
    doing.done.catch(() => undefined);
    const [result] = await hub.watch(Promise.all([killAll({ hub, doing, reader: mira, scene }, options), doing.done]));
    return result;
  } catch (error) {
    throw new Error(`Seed ${options.seed}: ${error}\n${hub.story()}`, { cause: error });
  } finally {
    await doing.stop().catch(() => undefined);
  }
}

interface UnderFire {
  readonly hub: CrashHub;
  readonly doing: Doing;
  readonly reader: TestPerson;
  readonly scene: Scene;
}

async function killAll({ hub, doing, reader, scene }: UnderFire, { rounds, deeds, seed }: KilledProcesses) {
  const kills = [
    ...roles.map((role) => ({ name: role, kill: () => hub.kill(role) })),
    { name: 'postmaster', kill: () => hub.killDatabase() },
    ...databaseProcesses.map((name) => ({ name, kill: () => hub.killInDatabase(name) })),
  ];
  const order = shuffled(Array.from({ length: rounds }, () => kills).flat(), seeded(seed));
  let worst = 0;
  for (const [index, { kill }] of order.entries()) {
    await doing.reaches(((index + 1) * deeds) / (order.length + 1));
    await kill();
    const over = performance.now();
    await doing.reaches(doing.acknowledged.size + writers + 1);
    worst = Math.max(worst, performance.now() - over);
  }
  await doing.reaches(deeds);
  await doing.stop();
  const result = await audit(reader, doing);
  const told = await toldOf({ hub, doing, reader, scene });
  const attempts = doing.attempts.length;
  tellJudgement(
    'mutations under kills',
    { ...result, worstRecoveryMs: worst },
    `found ${result.found}, without event ${told.withoutEvent}, events too many ${told.eventsTooMany}`,
    `${order.length} kills, ${attempts} attempts`,
    `seed ${seed}: ${order.map(({ name }) => name).join(', ')}`,
  );
  return { ...result, ...told };
}

async function toldOf({ hub, reader, scene }: UnderFire): Promise<Told> {
  const there = await contributing(scene).read(reader);
  const told = await toldContributions(hub, reader, scene);
  const known = new Set(told);
  return {
    withoutEvent: there.filter((text) => !known.has(text)).length,
    eventsTooMany: told.length - there.filter((text) => known.has(text)).length,
  };
}
