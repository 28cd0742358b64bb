/** Of ties everybody hears their own only; of what teams do, who may see both teams. */
import { eventually } from '#test/hub/eventually.js';
import { registerPerson, submitIdea, type TestPerson } from '#test/hub/seed.js';
import { type RawStream, rawStream } from '#test/wire/raw-stream.js';
import { inSpace } from './access-table.js';
import { type Column, columns, startWorld, type World } from './world.js';

let world: World;
let yan: TestPerson;
let known: string;

beforeAll(async () => {
  world = await startWorld();
  const { hub, ids, people, act } = world;
  yan = await registerPerson(hub, { name: 'Yan' });
  await submitIdea(yan, ids.open);
  known = await act(hub.admin, 'formTeam', { name: 'Known', organization: ids.host }, 'team');
  await act(hub.admin, 'joinTeam', { team: known, person: people.zoe.id });
  const other = await act(hub.admin, 'formTeam', { name: 'Known as well', organization: ids.host }, 'team');
  await act(hub.admin, 'joinTeam', { team: other, person: yan.id });
  await world.settle();
}, 60_000);

afterAll(() => world.stop());

const dayMs = 86_400_000;

/** Each of them deals with the first one on two days, and the hub has seen what that makes. */
async function meet(one: TestPerson, others: readonly TestPerson[]): Promise<void> {
  const records = others.flatMap(({ id }) =>
    [2, 1].map((days) => ({
      ...{ kind: 'interaction', from: one.id, to: id },
      at: new Date(Date.now() - days * dayMs).toISOString(),
    })),
  );
  const references = [one, ...others].map(({ id }) => ({ kind: 'PERSON', ref: id, id }));
  await world.act(world.hub.admin, 'importPeopleRecords', { source: 'meetings', records, references });
  const consumer = world.hub.service('people').consumer('on-interaction-recorded');
  if (!(await consumer.catchUp(10_000))) throw new Error('What was imported did not arrive within 10 s.');
}

const listeners = columns.filter((column) => column !== 'anonymous');

async function listen(query: string): Promise<(readonly [Column, RawStream])[]> {
  const open = listeners.map(async (column) => {
    const stream = await rawStream(world.hub.url, { token: world.viewers[column].token, query });
    await stream.heartbeat();
    return [column, stream] as const;
  });
  return Promise.all(open);
}

const heard = (stream: RawStream, id: string) =>
  eventually(
    () => stream.text(),
    (text) => text.includes(id),
    10_000,
  );

test('crossTeamConnectionMade tells who may see both teams', async () => {
  const all = await listen('subscription { crossTeamConnectionMade { kind teams { ... on Team { id } } } }');
  await meet(world.people.owner, [yan]);
  await meet(world.people.zoe, [yan]);
  for (const [column, stream] of all) {
    await heard(stream, known);
    // The team of the owner is seen with the owner: by those inside, and where the space shows its people.
    const tells = column === 'outsider' || inSpace.includes(column);
    expect([column, stream.text().includes(world.ids.team)]).toEqual([column, tells]);
    stream.drop();
  }
});

test('tieChanged tells each of their own ties, whatever else they may see', async () => {
  const { owner, member, zoe, ...rest } = world.people;
  const all = await listen('subscription { tieChanged { kind tie { person { id } } } }');
  await meet(owner, [member]);
  await meet(zoe, [member, ...Object.values(rest)]);
  const own = (column: Column) => {
    if (column === 'administrator') return [];
    return [...(column === 'member' ? [owner.id] : []), zoe.id];
  };
  for (const [column, stream] of all.toReversed()) {
    if (column !== 'administrator') await heard(stream, zoe.id);
  }
  for (const [column, stream] of all) {
    const told = stream.events().map(({ data }) => data);
    const wished = own(column).map((id) => ({ data: { tieChanged: { kind: 'FORMED', tie: { person: { id } } } } }));
    expect([column, told]).toMatchObject([column, wished]);
    stream.drop();
  }
});

test.each(['crossTeamConnectionMade', 'tieChanged'])('%s is refused to who is not signed in', async (field) => {
  const stream = await rawStream(world.hub.url, { query: `subscription { ${field} { cursor } }` });
  await stream.ended();
  expect(stream.text()).toContain('UNAUTHENTICATED');
});
