import { eventually } from '../hub/eventually.js';
import type { TestClient } from '../hub/graphql-client.js';
import { registerPerson } from '../hub/seed.js';
import { type Audit, audit } from './audit.js';
import type { CrashHub, Health } from './crash-hub.js';
import { contributing, openingSpaces } from './deeds.js';
import { type Attempt, type Doing, doDeeds } from './do-deeds.js';
import { seconds, tellJudgement } from './judgement.js';
import { prepareScene } from './scene.js';

export interface OutageTest {
  /** For how long the database is frozen. */
  readonly frozenMs: number;
}

/** What writers and health checks saw while the database was away. */
export interface Outage {
  /** How it went away. */
  readonly name: string;
  /** Answers with an error that says to try again. */
  readonly refused: number;
  /** The longest that a writer waited for one. */
  readonly slowestRefusalMs: number;
  /** From when it accepts again to the first acknowledgement. */
  readonly recoveryMs: number;
  /** The codes that writers got. */
  readonly codes: readonly string[];
  /** What a service said of itself meanwhile, where that was looked at. */
  readonly health?: Health;
}

/** Writers go on while the database is frozen, killed and shut down; what they were told, printed in one line. */
export async function outageTest(
  hub: CrashHub,
  { frozenMs }: OutageTest,
): Promise<{ outages: Outage[]; audited: Audit }> {
  const mira = await registerPerson(hub, { name: 'Mira' });
  const scene = await prepareScene(hub.admin, mira);
  const doing = doDeeds({ client: mira, kinds: [contributing(scene), openingSpaces], writers: 4, pauseMs: 50 });
  try {
    doing.done.catch(() => undefined);
    const [result] = await hub.watch(Promise.all([observed(hub, doing, mira, frozenMs), doing.done]));
    return result;
  } catch (error) {
    throw new Error(`${error}\n${hub.story()}`, { cause: error });
  } finally {
    await doing.stop().catch(() => undefined);
  }
}

async function observed(hub: CrashHub, doing: Doing, reader: TestClient, frozenMs: number) {
  await doing.reaches(20);
  const looking = () => healthWhileAway(hub);
  const outages = [
    await observe('frozen', doing, () => hub.freezeDatabase(frozenMs), looking),
    await observe('killed', doing, () => hub.killDatabase()),
    await observe('shut down', doing, () => hub.killDatabase('SIGINT')),
  ];
  await doing.stop();
  await eventually(
    () => hub.health('ideas'),
    ({ ready }) => ready === 200,
  );
  const audited = await audit(reader, doing);
  const worstRecoveryMs = Math.max(...outages.map(({ recoveryMs }) => recoveryMs));
  tellJudgement('database away', { ...audited, worstRecoveryMs }, `found ${audited.found}`, ...outages.map(detailsOf));
  return { outages, audited };
}

async function observe(
  name: string,
  doing: Doing,
  hurt: () => Promise<void>,
  look: () => Promise<Health | undefined> = async () => undefined,
): Promise<Outage> {
  const seen = doing.attempts.length;
  const [health] = await Promise.all([look(), hurt()]);
  const over = Date.now();
  const back = await eventually(
    () => doing.attempts.slice(seen).find((attempt) => attempt.outcome === 'ok' && endOf(attempt) >= over),
    (attempt) => attempt !== undefined,
    60_000,
  );
  const refusals = doing.attempts.slice(seen).filter(({ outcome }) => outcome !== 'ok');
  return {
    name,
    refused: refusals.length,
    slowestRefusalMs: Math.max(0, ...refusals.map(({ milliseconds }) => milliseconds)),
    recoveryMs: back ? endOf(back) - over : Number.POSITIVE_INFINITY,
    codes: [...new Set(refusals.map(({ outcome }) => outcome))],
    ...(health ? { health } : {}),
  };
}

/** Of a service, as soon as it says that it cannot work. */
function healthWhileAway(hub: CrashHub): Promise<Health> {
  return eventually(
    () => hub.health('ideas'),
    ({ ready }) => ready !== 200,
    15_000,
  );
}

function endOf({ at, milliseconds }: Attempt): number {
  return at + milliseconds;
}

function detailsOf({ name, refused, slowestRefusalMs, recoveryMs }: Outage): string {
  return `database ${name}: ${refused} refused, slowest refusal ${seconds(slowestRefusalMs)}, recovery ${seconds(recoveryMs)}`;
}
