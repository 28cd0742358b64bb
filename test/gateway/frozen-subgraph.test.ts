import { type CrashHub, startCrashHub } from '../crash/crash-hub.js';
import { tellJudgement } from '../crash/judgement.js';
import { eventually } from '../hub/eventually.js';
import { onBusyMachine } from '../hub/on-busy-machine.js';
import { registerPerson, type TestPerson } from '../hub/seed.js';
import { openConversation } from '../hub/talk.js';
import { dropAll, rawStream } from '../wire/raw-stream.js';

let hub: CrashHub;
let mira: TestPerson;
let space: string;

beforeAll(async () => {
  hub = await startCrashHub();
  mira = await registerPerson(hub, { name: 'Mira' });
  const opened = await mira.run<{ openSpace: { space: { id: string } } }>(
    'mutation { openSpace(input: { name: "Lab", visibility: OPEN }) { space { id } } }',
  );
  space = opened.openSpace.space.id;
  await eventually(
    () =>
      mira.send('mutation ($space: ID!) { submitIdea(input: { space: $space, title: "One" }) { idea { id } } }', {
        space,
      }),
    ({ errors }) => errors === undefined,
  );
}, 150_000);

afterAll(() => hub?.stop(), 30_000);

interface Page {
  readonly space: { readonly ideas: { readonly nodes: { readonly title: string; readonly conversations: unknown }[] } };
}

const page = `query ($space: ID!) { space(id: $space) { ideas(first: 5) { nodes {
  title conversations(first: 1) { nodes { title } } } } } }`;
const ofIdeas = 'query ($space: ID!) { space(id: $space) { ideas(first: 5) { nodes { title } } } }';

async function timed<Answer>(ask: () => Promise<Answer>): Promise<{ answer: Answer; milliseconds: number }> {
  const start = performance.now();
  const answer = await ask();
  return { answer, milliseconds: performance.now() - start };
}

/** Asks for something else under another name, so that it is a stream of its own. */
function listen(name = 'conversation') {
  const query = `subscription ($space: ID) { conversationActivity(space: $space) { ${name}: conversation { id } } }`;
  return rawStream(hub.url, { token: mira.token, query, variables: { space } });
}

/** How long the slowest of some queries that need nothing of conversations takes. */
async function slowest(): Promise<number> {
  const times: number[] = [];
  for (let n = 0; n < 100; n += 1) times.push((await timed(() => mira.run(ofIdeas, { space }))).milliseconds);
  return Math.max(...times);
}

test('a frozen service costs the others nothing, and whoever needs it has the rest and an error within two seconds', async () => {
  await mira.run(page, { space });
  const before = await slowest();
  const listening = await listen();
  await listening.heartbeat();
  const thawed = hub.freeze('conversations', 8_000);
  const { answer, milliseconds } = await timed(() => mira.send<Page>(page, { space }));
  expect(milliseconds).toBeLessThan(onBusyMachine(2_000));
  expect(answer.data?.space.ideas.nodes).toMatchObject([{ title: 'One', conversations: null }]);
  expect(answer.errors).toMatchObject([
    { path: ['space', 'ideas', 'nodes', 0], extensions: { code: 'SUBGRAPH_UNAVAILABLE' } },
  ]);
  const next = await timed(() => mira.send<Page>(page, { space }));
  expect(next.answer.errors).toMatchObject([{ extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }]);
  expect(next.milliseconds).toBeLessThan(onBusyMachine(500));
  const refused = await timed(async () => {
    const late = await listen('LATE');
    const [told] = await late.atLeast(1);
    return told?.data;
  });
  expect(refused.answer).toMatchObject({ errors: [{ extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }] });
  expect(refused.milliseconds).toBeLessThan(onBusyMachine(1_000));
  const during = await slowest();
  expect(during).toBeLessThan(Math.max(3 * before, onBusyMachine(500)));
  await thawed;
  const thawedAt = performance.now();
  const healed = await eventually(
    () => mira.send<Page>(page, { space }),
    ({ errors }) => errors === undefined,
  );
  const worstRecoveryMs = performance.now() - thawedAt;
  expect(healed.data?.space.ideas.nodes[0]?.conversations).toEqual({ nodes: [] });
  const opened = await openConversation(mira, space);
  // Who listened before was told nothing, and hears what happens now.
  const heard = await listening.atLeast(1);
  expect(heard.map(({ data }) => data)).toMatchObject([
    { data: { conversationActivity: { conversation: { id: opened } } } },
  ]);
  tellJudgement(
    'frozen service',
    { sent: 1, acknowledged: 1, delivered: heard.length, missing: 0, duplicated: 0, outOfOrder: 0, worstRecoveryMs },
    `first partial answer ${milliseconds.toFixed(0)} ms, the next ${next.milliseconds.toFixed(0)} ms`,
    `slowest of 100 elsewhere ${before.toFixed(0)} ms before, ${during.toFixed(0)} ms during`,
  );
  await dropAll();
}, 90_000);
