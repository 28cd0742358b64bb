import { eventually } from '../hub/eventually.js';
import { contribute, openSpace, registerPerson, submitIdea, type TestPerson } from '../hub/seed.js';
import { openConversation, postMessage } from '../hub/talk.js';
import { startTestHub, type TestHub } from '../hub/test-hub.js';

/** Whoever wants to be forgotten is, also by a service that is down when they ask. */
let hub: TestHub;
let mira: TestPerson;
let olga: TestPerson;

beforeAll(async () => {
  hub = await startTestHub({ topology: 'four processes' });
  mira = await registerPerson(hub, { name: 'Mira' });
  olga = await registerPerson(hub, { name: 'Olga', handle: 'olga' });
}, 120_000);

afterAll(() => hub.stop());

const receiptsOf = async (id: string) => {
  const query = 'query ($id: ID!) { erasure(id: $id) { completedAt pending } }';
  type Found = { erasure: { completedAt: string | null; pending: string[] } };
  return (await hub.admin.run<Found>(query, { id })).erasure;
};

/** Whoever asks what is held on them gets what the services that answer hold. */
async function expectDataOfTheOthers(): Promise<void> {
  const page = '{ nodes { kind } }';
  const { data, errors } = await mira.send(`{ exportMyData { people ${page} ideas ${page} conversations ${page} } }`);
  const held = { nodes: expect.arrayContaining([{ kind: expect.any(String) }]) };
  expect(data).toEqual({ exportMyData: { people: held, ideas: held, conversations: null } });
  expect(errors).toMatchObject([{ extensions: { code: 'SUBGRAPH_UNAVAILABLE', service: 'conversations' } }]);
}

test('an erasure waits for the service that is down, and is complete when it is back', async () => {
  const space = await openSpace(hub, mira);
  const idea = await submitIdea(mira, space);
  const contribution = await contribute(olga, idea, { body: 'By boat' });
  const conversation = await openConversation(mira, space, { idea });
  const { id: message } = await postMessage(olga, conversation, 'I am @olga');

  const id = await hub.without('conversations', async () => {
    const { erasePerson } = await olga.run<{ erasePerson: { erasure: { id: string } } }>(
      'mutation ($input: ErasePersonInput!) { erasePerson(input: $input) { erasure { id } errors { message } } }',
      { input: { person: olga.id } },
    );
    const waiting = await eventually(
      () => receiptsOf(erasePerson.erasure.id),
      ({ pending }) => pending.length === 1,
      10_000,
    );
    expect(waiting).toEqual({ completedAt: null, pending: ['CONVERSATIONS'] });
    await expectDataOfTheOthers();
    return erasePerson.erasure.id;
  });

  const done = await eventually(
    () => receiptsOf(id),
    ({ pending }) => pending.length === 0,
    10_000,
  );
  expect(done.completedAt).toEqual(expect.any(String));
  const query = `query ($contribution: ID!, $message: ID!, $olga: ID!) { node(id: $olga) { id }
    contribution(id: $contribution) { body author { name } } message(id: $message) { body author { name } } }`;
  expect(await mira.run(query, { contribution, message, olga: olga.id })).toEqual({
    node: null,
    contribution: { body: 'By boat', author: null },
    message: { body: 'I am @erased-person', author: null },
  });
}, 60_000);
