/** The gateway takes another schema while it works. */
import { createInterface } from 'node:readline';
import { readText } from '#test/docs/documents.js';
import { eventually } from '#test/hub/eventually.js';
import { startHubProcess } from '#test/hub/hub-process.js';
import { type Story, seed } from '#test/hub/seed.js';
import { openConversation, postMessage } from '#test/hub/talk.js';
import { startTestHub, type TestHub } from '#test/hub/test-hub.js';
import { closeAll, type RawSocket, signedIn } from '#test/wire/raw-socket.js';

const schema = readText('schema/supergraph.graphql');
/** The field has another name there, as if nobody had thought of those who use it. */
const withoutChannel = schema.replace('  channel: ConversationChannel! ', '  origin: ConversationChannel! ');

let hub: TestHub;
let story: Story;
let conversation: string;

beforeAll(async () => {
  hub = await startTestHub({ gatewayTimes: { lingerMs: 0 } });
  story = await seed(hub);
  conversation = await openConversation(story.mira, story.space);
});

afterEach(async () => {
  await closeAll();
  hub.reload(schema);
});

afterAll(() => hub?.stop());

const channelQuery = 'query ($id: ID!) { conversation(id: $id) { channel } }';
const posted = (fields: string) =>
  `subscription ($in: ID!, $after: Cursor) { messagePosted(conversation: $in, after: $after) { message { ${fields} } } }`;
const bodies = posted('body');
const channels = posted('conversation { channel }');

async function listening(subscription: string): Promise<RawSocket> {
  const { cursor: after } = await postMessage(story.mira, conversation, 'before');
  const socket = await signedIn(hub.url, story.jon.token);
  socket.subscribe('1', subscription, { in: conversation, after });
  await said(socket, 'first');
  return socket;
}

/** Says it; what is heard. */
async function said(socket: RawSocket, body: string): Promise<unknown> {
  await postMessage(story.mira, conversation, body);
  return (await socket.take('next', '1')).payload;
}

test('what is gone from the schema is refused from then on, and there again when it is back', async () => {
  const ask = () => story.mira.codeOf(channelQuery, { id: conversation });
  expect(await ask()).toBeUndefined();
  hub.reload(withoutChannel);
  expect(await ask()).toBe('GRAPHQL_VALIDATION_FAILED');
  hub.reload(schema);
  expect(await ask()).toBeUndefined();
});

test('a schema that cannot be served is refused, and the one before goes on', async () => {
  expect(() => hub.reload('this is no supergraph')).toThrow();
  const unknownService = schema.replaceAll(/"ideas"/g, '"thoughts"').replaceAll(/\bIDEAS\b/g, 'THOUGHTS');
  expect(() => hub.reload(unknownService)).toThrow('These subgraphs have no transport: thoughts');
  expect(await story.mira.codeOf(channelQuery, { id: conversation })).toBeUndefined();
});

test('a stream whose document is still valid goes on', async () => {
  const socket = await listening(bodies);
  hub.reload(withoutChannel);
  expect(await said(socket, 'after the reload')).toMatchObject({
    data: { messagePosted: { message: { body: 'after the reload' } } },
  });
});

test('a stream whose document is valid no more ends with what is wrong in it', async () => {
  const socket = await listening(channels);
  hub.reload(withoutChannel);
  expect((await socket.take('error', '1')).payload).toMatchObject([
    { extensions: { code: 'GRAPHQL_VALIDATION_FAILED' }, message: expect.stringContaining('channel') },
  ]);
});

test('a gateway in a process of its own reloads on SIGHUP, and does not end by it', async () => {
  const secret = 'nobody signs anything in this test';
  const gateway = await startHubProcess({ PORT: '0', HUB_SECRET: secret, LOG_LEVEL: 'info' }, '--roles', 'gateway');
  if (!gateway.child.stderr) throw new Error('The gateway has no log to read.');
  const lines = createInterface({ input: gateway.child.stderr });
  gateway.child.kill('SIGHUP');
  for await (const line of lines) if (line.includes('the schema was reloaded')) break;
  expect(gateway.child.exitCode).toBeNull();
  await gateway.stop();
});

test('streams of all schemas are counted, and are let go of with their clients', async () => {
  const before = await listening(bodies);
  hub.reload(withoutChannel);
  const after = await listening(bodies);
  expect(hub.upstreams()).toBe(2);
  before.send({ type: 'complete', id: '1' });
  after.send({ type: 'complete', id: '1' });
  await eventually(
    () => hub.upstreams(),
    (upstreams) => upstreams === 0,
  );
});
