import { Client } from 'pg';
import { registerPerson } from '../hub/seed.js';
import { openConversation } from '../hub/talk.js';
import { addedColumn } from './added-column.js';
import { type Role, roles } from './addresses.js';
import { audit } from './audit.js';
import { collectBooks } from './collect-books.js';
import type { CrashHub } from './crash-hub.js';
import { contributing, talking } from './deeds.js';
import { type Doing, doDeeds } from './do-deeds.js';
import { type JudgeProcess, startJudge } from './judge-process.js';
import { seconds, tellJudgement } from './judgement.js';
import { keepAsking } from './keep-asking.js';
import { prepareScene } from './scene.js';
import { detailsOf, type Tally, tallyOf } from './tally.js';

export interface RollingRestart {
  /** How often each role gets a new process. */
  readonly rounds: number;
  /** Mutations between two replacements. */
  readonly deedsBetween: number;
}

export interface Rolled extends Tally {
  readonly queries: number;
  /** What was wrong with queries and mutations that were not simply answered. */
  readonly failures: readonly string[];
  /** Acknowledged, and not there afterwards or there twice. */
  readonly lost: number;
  /** Services whose new migration ran. */
  readonly migrated: number;
}

/** Makes a process the next version of the hub, whose services have a migration to run. */
const nextVersion = { NODE_OPTIONS: `--import ${new URL('./next-version.js', import.meta.url).href}` };
const patienceMs = 60_000;

/** Each role gets a new process of a new version while people read, write and listen; what they noticed, printed in one line. */
export async function rollingRestart(hub: CrashHub, { rounds, deedsBetween }: RollingRestart): Promise<Rolled> {
  const mira = await registerPerson(hub, { name: 'Mira' });
  const jon = await registerPerson(hub, { name: 'Jon' });
  const scene = await prepareScene(hub.admin, mira);
  const conversation = await openConversation(mira, scene.space);
  const task = { url: hub.url, space: scene.space, start: scene.start, token: jon.token ?? '' };
  const judge = startJudge({ ...task, transports: ['ws', 'sse', 'ws', 'sse'] });
  const kinds = [contributing(scene), talking(conversation)];
  const doing = doDeeds({ client: mira, kinds, writers: 4, pauseMs: 20 });
  const asking = keepAsking(jon);
  try {
    doing.done.catch(() => undefined);
    const disturbances = await hub.watch(
      Promise.race([replaceAll(hub, doing, { rounds, deedsBetween }), failed(doing)]),
    );
    await doing.stop();
    const answers = await asking.stop();
    const acknowledged = contributionsOf(doing);
    const judges: JudgeProcess[] = [judge];
    const books = await collectBooks({ judges, task, events: acknowledged.size, patienceMs });
    const tally = tallyOf({ ...books, acknowledged, disturbances });
    const { missing, duplicated } = await audit(mira, doing);
    const refused = doing.attempts.map(({ outcome }) => outcome).filter((outcome) => outcome !== 'ok');
    const result = {
      ...tally,
      queries: answers.milliseconds.length,
      failures: [...answers.failures, ...refused],
      lost: missing + duplicated,
      migrated: await migratedServices(hub),
    };
    tell(doing, result, disturbances, Math.max(...answers.milliseconds));
    return result;
  } catch (error) {
    throw new Error(`${error}\n${hub.story()}`, { cause: error });
  } finally {
    await asking.stop();
    await doing.stop().catch(() => undefined);
    await judge.stop();
  }
}

async function replaceAll(hub: CrashHub, doing: Doing, { rounds, deedsBetween }: RollingRestart) {
  const disturbances: { name: Role; over: number }[] = [];
  await doing.reaches(deedsBetween);
  for (let round = 0; round < rounds; round += 1) {
    for (const role of roles) {
      await hub.replace(role, nextVersion);
      disturbances.push({ name: role, over: Date.now() });
      await doing.reaches(doing.acknowledged.size + deedsBetween);
    }
  }
  return disturbances;
}

async function failed(doing: Doing): Promise<never> {
  await doing.done;
  throw new Error('The writers stopped by themselves.');
}

function contributionsOf({ acknowledged }: Doing): ReadonlyMap<string, number> {
  return new Map(
    [...acknowledged].flatMap(([text, { kind, at }]) => (kind.name === 'contribution' ? [[text, at]] : [])),
  );
}

/** How many of the services have what the new version adds. */
async function migratedServices({ databaseUrl }: CrashHub): Promise<number> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT FROM information_schema.columns WHERE column_name = $1', [
      addedColumn,
    ]);
    return rowCount ?? 0;
  } finally {
    await client.end();
  }
}

function tell(doing: Doing, rolled: Rolled, replaced: readonly { name: Role }[], slowestMs: number): void {
  const { queries, failures, lost, migrated } = rolled;
  tellJudgement(
    'new version of every role',
    { ...rolled, sent: contributionsOf(doing).size },
    detailsOf(rolled),
    `${doing.attempts.length} mutations and ${queries} queries, ${failures.length} failed, ${lost} lost or doubled, slowest query ${seconds(slowestMs)}`,
    `${migrated} services migrated`,
    `replaced: ${replaced.map(({ name }) => name).join(', ')}`,
  );
}
