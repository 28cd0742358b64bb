import { statementsOf } from '#test/hub/count-statements.js';
import { eventually } from '#test/hub/eventually.js';
import { closeAll, signedIn } from './raw-socket.js';
import { startWireHub, type WireHub } from './wire-hub.js';

let wire: WireHub;

beforeAll(async () => {
  wire = await startWireHub();
});
afterEach(() => closeAll());
afterAll(() => wire.stop());

const document = `subscription ($idea: ID, $types: [ContributionType!]) {
  contributionAdded(idea: $idea, types: $types) { contribution { body type idea { title } author { name } } }
}`;
const types = ['BUILD', 'QUESTION', 'EVIDENCE', 'CONCERN'];
/** Lists that differ, and all hold the type of what is said. */
const typesOf = (index: number) => ['BUILD', ...[0, 1, 2].map((place) => types[Math.floor(index / 4 ** place) % 4])];

/** What an event costs when it is delivered on so many streams of one person, each with variables of its own. */
async function statementsFor(streams: number): Promise<string[]> {
  const raw = await signedIn(wire.url, wire.mira.token);
  const names = Array.from({ length: streams }, (_, index) => `stream ${index}`);
  for (const [index, name] of names.entries())
    raw.subscribe(name, document, { idea: wire.idea, types: typesOf(index) });
  await eventually(
    () => wire.hub.upstreams(),
    (open) => open === streams,
  );
  const hear = async (body: string) => {
    await wire.say(body);
    const frames = await Promise.all(names.map((name) => raw.take('next', name)));
    return frames.map(({ payload }) => payload);
  };
  await hear('first');
  const statements = await statementsOf(wire.hub, async () => {
    const heard = await hear('second');
    const contribution = { body: 'second', type: 'BUILD', idea: expect.anything(), author: expect.anything() };
    for (const payload of heard) expect(payload).toMatchObject({ data: { contributionAdded: { contribution } } });
  });
  raw.socket.close();
  await wire.quiet();
  return statements;
}

test('streams of one person that ask for different things read an event once', async () => {
  const forOne = await statementsFor(1);
  expect(forOne.length).toBeGreaterThan(3);
  // Not exactly as many: what was read for it is forgotten with each change that is committed meanwhile.
  expect((await statementsFor(40)).length).toBeLessThanOrEqual(2 * forOne.length);
});
