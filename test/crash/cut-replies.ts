import { setTimeout as pause } from 'node:timers/promises';
import { graphqlClient } from '../hub/graphql-client.js';
import { registerPerson, type TestPerson } from '../hub/seed.js';
import { startTcpProxy, type TcpProxy } from '../wire/tcp-proxy.js';
import { type Audit, audit } from './audit.js';
import type { CrashHub } from './crash-hub.js';
import { contributing, openingSpaces } from './deeds.js';
import { type Doing, doDeeds } from './do-deeds.js';
import { tellJudgement } from './judgement.js';
import { type Random, seeded } from './random.js';
import { prepareScene } from './scene.js';

export interface CutReplies {
  readonly deeds: number;
  readonly seed: number;
}

/** Before the first answer tells. */
const guessedMs = 100;

/** Writers behind a line that breaks all the time, who send each mutation again with its key until they get an answer. */
export async function cutReplies(hub: CrashHub, { deeds, seed }: CutReplies): Promise<Audit & { unanswered: number }> {
  const mira = await registerPerson(hub, { name: 'Mira' });
  const scene = await prepareScene(hub.admin, mira);
  const line = await startTcpProxy(hub.url);
  const client = graphqlClient(line.url, mira.token);
  const doing = doDeeds({ client, kinds: [contributing(scene), openingSpaces], writers: 8, deeds });
  try {
    await hub.watch(Promise.race([doing.done, cutUntilDone(line, doing, seeded(seed))]));
    return await told(mira, doing, seed);
  } catch (error) {
    throw new Error(`Seed ${seed}: ${error}\n${hub.story()}`, { cause: error });
  } finally {
    await line.stop();
    await doing.stop().catch(() => undefined);
  }
}

async function cutUntilDone(line: TcpProxy, doing: Doing, random: Random): Promise<void> {
  let done = false;
  const mark = () => {
    done = true;
  };
  doing.done.then(mark, mark);
  while (!done) {
    await pause(3 * usualMs(doing) * random());
    line.cut();
  }
  await doing.done;
}

/** How long a mutation takes now: cut about as often, some never arrive, some are cut while they run, some while they are answered. */
function usualMs({ attempts }: Doing): number {
  const answered = attempts.filter(({ outcome }) => outcome === 'ok').slice(-20);
  if (answered.length === 0) return guessedMs;
  return answered.reduce((sum, { milliseconds }) => sum + milliseconds, 0) / answered.length;
}

async function told(reader: TestPerson, doing: Doing, seed: number) {
  const result = await audit(reader, doing);
  const unanswered = doing.attempts.filter(({ outcome }) => outcome === 'no answer').length;
  tellJudgement(
    'replies cut off',
    result,
    `found ${result.found}`,
    `${doing.attempts.length} attempts, ${unanswered} of them cut off`,
    `seed ${seed}`,
  );
  return { ...result, unanswered };
}
