import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { graphqlClient, type TestClient } from '../hub/graphql-client.js';
import { registerPerson } from '../hub/seed.js';
import { openConversation, type PostedMessage, postMessage } from '../hub/talk.js';
import { startTcpProxy, type TcpProxy } from '../wire/tcp-proxy.js';
import type { CrashHub } from './crash-hub.js';
import { contributing, type DeedKind, reacting, talking } from './deeds.js';
import { type Doing, doDeeds } from './do-deeds.js';
import { tellJudgement } from './judgement.js';
import { type Random, seeded } from './random.js';
import { prepareScene, type Scene } from './scene.js';
import { type Told, toldUpTo } from './told-up-to.js';

export interface RollingBack {
  readonly deeds: number;
  readonly seed: number;
}

/** What is there, against what the streams tell. */
export interface RolledBack {
  readonly sent: number;
  readonly acknowledged: number;
  /** Told by the streams. */
  readonly delivered: number;
  /** Write transactions that were ended from outside before their commit. */
  readonly rolledBack: number;
  /** Acknowledged, and not there. */
  readonly missing: number;
  /** There, and not told. */
  readonly withoutEvent: number;
  /** Told, and not there. */
  readonly phantoms: number;
  /** Told more than once. */
  readonly duplicated: number;
}

const writers = 64;

/** What is done, and the stream that tells of it from a place on. */
interface Followed {
  readonly kind: DeedKind;
  readonly told: Told;
  readonly after: string;
}

/**
 * 64 writers, whose transactions are cancelled as a timeout would, whose connections to the database are ended, and whose clients hang
 * up on them, each in the middle of whatever they do.
 */
export async function rollBack(hub: CrashHub, { deeds, seed }: RollingBack): Promise<RolledBack> {
  const mira = await registerPerson(hub, { name: 'Mira' });
  const scene = await prepareScene(hub.admin, mira);
  const [talk, other] = [await openConversation(mira, scene.space), await openConversation(mira, scene.space)];
  const message = await postMessage(mira, other, 'React to this');
  const followed = followedIn({ scene, talk, message });
  const line = await startTcpProxy(hub.url);
  const kinds = followed.map(({ kind }) => kind);
  const doing = doDeeds({ client: graphqlClient(line.url, mira.token), kinds, writers, deeds });
  try {
    const ending = endTransactions(hub, doing, deeds, seeded(seed));
    const [rolledBack] = await hub.watch(Promise.all([ending, hangUp(line, doing, deeds), doing.done]));
    const result = { ...(await compared({ ...mira, url: hub.url }, doing, followed)), rolledBack };
    tell(result, seed);
    return result;
  } catch (error) {
    throw new Error(`Seed ${seed}: ${error}\n${hub.story()}`, { cause: error });
  } finally {
    await line.stop();
    await doing.stop().catch(() => undefined);
  }
}

interface Place {
  readonly scene: Scene;
  readonly talk: string;
  readonly message: PostedMessage;
}

/** Of a contribution that is not there nobody is told; of a reaction the message alone has to be, so a phantom would show. */
function followedIn({ scene, talk, message }: Place): readonly Followed[] {
  const inSpace = `space: "${scene.space}"`;
  return [
    {
      kind: contributing(scene),
      after: scene.start,
      told: {
        field: 'contributionAdded',
        args: inSpace,
        selection: 'contribution { body }',
        textOf: ({ contribution }: { contribution: { body: string } | null }) => contribution?.body,
      },
    },
    {
      kind: talking(talk),
      after: message.cursor,
      told: {
        field: 'messagePosted',
        args: inSpace,
        selection: 'message { body }',
        textOf: (event: { message: { body: string } | null }) => event.message?.body,
      },
    },
    {
      kind: reacting(message.id),
      after: message.cursor,
      told: {
        field: 'conversationActivity',
        args: inSpace,
        selection: 'emoji',
        textOf: ({ emoji }: { emoji: string | null }) => emoji?.replaceAll('-', ' '),
      },
    },
  ];
}

/** One who has written and not committed: cancelled, as by a timeout of the statement, or cut off from the database. */
const endOne = (how: string) => `SELECT ${how}(pid) AS ended FROM (
  SELECT pid FROM pg_stat_activity WHERE application_name LIKE 'weft-%' AND backend_xid IS NOT NULL
  ORDER BY random() LIMIT 1) victim`;

/** In step with what gets done, so that some of it always does, however slow the machine. */
const deedsPerEnd = 3;
const deedsPerCut = 25;

async function endTransactions(hub: CrashHub, doing: Doing, deeds: number, random: Random): Promise<number> {
  const operator = new Client({ connectionString: hub.databaseUrl });
  await operator.connect();
  let ended = 0;
  try {
    for (let reached = 0; reached < deeds; reached += deedsPerEnd) {
      await doing.reaches(reached);
      await pause(10 * random());
      const { rowCount } = await operator.query(endOne(random() < 0.5 ? 'pg_cancel_backend' : 'pg_terminate_backend'));
      ended += rowCount ?? 0;
    }
  } finally {
    await operator.end();
  }
  return ended;
}

async function hangUp(line: TcpProxy, doing: Doing, deeds: number): Promise<void> {
  for (let reached = deedsPerCut; reached < deeds; reached += deedsPerCut) {
    await doing.reaches(reached);
    line.cut();
  }
}

async function compared(
  reader: TestClient & { readonly url: string },
  { sent, acknowledged }: Doing,
  followed: readonly Followed[],
): Promise<Omit<RolledBack, 'rolledBack'>> {
  const sums = { delivered: 0, missing: 0, withoutEvent: 0, phantoms: 0, duplicated: 0 };
  for (const { kind, told, after } of followed) {
    const events = await toldUpTo(reader, told, after, await lastWord(reader, kind));
    const [there, heard] = [new Set(await kind.read(reader)), new Set(events)];
    const due = [...acknowledged].filter(([, deed]) => deed.kind === kind);
    sums.missing += due.filter(([text]) => !there.has(text)).length;
    sums.withoutEvent += [...there].filter((text) => !heard.has(text)).length;
    sums.phantoms += [...heard].filter((text) => !there.has(text)).length;
    sums.delivered += events.filter((text) => sent.has(text)).length;
    sums.duplicated += events.length - heard.size;
  }
  return { sent: sent.size, acknowledged: acknowledged.size, ...sums };
}

/** One behind all others, in peace: what is to be told of them is told when it comes. */
async function lastWord(client: TestClient, kind: DeedKind): Promise<string> {
  const last = doDeeds({ client, kinds: [{ ...kind, name: 'last' }], writers: 1, deeds: 1 });
  await last.done;
  const [deed] = last.acknowledged.values();
  return deed?.cursor ?? '';
}

function tell(result: RolledBack, seed: number): void {
  const { rolledBack, withoutEvent, phantoms } = result;
  tellJudgement(
    'transactions ended in the middle',
    result,
    `without event ${withoutEvent}, phantoms ${phantoms}`,
    `${rolledBack} transactions ended`,
    `seed ${seed}`,
  );
}
