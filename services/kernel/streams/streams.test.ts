import { openStream, presentOf, refusalOf, type TestStream, viewerOf } from '#test/hub/open-stream.js';
import { addMember, openSpace, removeMember, type Story, seed } from '#test/hub/seed.js';
import { change, openConversation, postMessage } from '#test/hub/talk.js';
import { startTestHub, type TestHub } from '#test/hub/test-hub.js';
import type { ServiceName } from '../../service-definitions.js';
import { anonymous, type PersonViewer } from '../auth/viewer.js';
import { eventReader } from '../events/event-log.js';
import type { RunningService } from '../runtime/service.js';

let hub: TestHub;
let service: RunningService;
let story: Story;
let mira: PersonViewer;
let jon: PersonViewer;

beforeAll(async () => {
  hub = await startTestHub({ heartbeatMs: 20 });
  service = hub.service('conversations');
  story = await seed(hub);
  mira = viewerOf(story.mira.id);
  jon = viewerOf(story.jon.id);
});

afterAll(() => hub.stop());

const posted = `subscription ($after: Cursor, $space: ID, $conversation: ID) {
  messagePosted(after: $after, space: $space, conversation: $conversation) { cursor message { id body } } }`;

describe('a stream', () => {
  test('replays and goes on live without a gap or a double while eight others write', async () => {
    const conversation = await openConversation(story.mira, story.space);
    const cursors = [(await postMessage(story.mira, conversation, 'The first')).cursor];
    const streams: Promise<{ from: string; stream: TestStream }>[] = [];
    const writer = async (name: string) => {
      for (let number = 0; number < 16; number += 1) {
        cursors.push((await postMessage(story.mira, conversation, `${name} ${number}`)).cursor);
        if (number % 8 === 0) streams.push(openFrom(anyOf(cursors), conversation));
      }
    };
    await Promise.all(Array.from({ length: 8 }, (_, number) => writer(`Writer ${number}`)));
    const last = (await postMessage(story.mira, conversation, 'The last')).cursor;
    for (const { from, stream } of await Promise.all(streams)) {
      const events = await stream.eventsUpTo(last);
      expect(events.map(({ cursor }) => cursor)).toEqual(await postedSince(from));
      expect(events.map(({ result }) => result.errors)).toEqual(events.map(() => undefined));
      expect(events.map(({ previous }) => previous)).toEqual(
        [from, ...events.map(({ cursor }) => cursor)].slice(0, -1),
      );
      stream.end();
    }
  });

  test('begins by telling where, so that nothing is lost when the connection breaks before the first event', async () => {
    const conversation = await openConversation(story.mira, story.space);
    const broken = await openStream(service, jon, posted, { conversation });
    broken.end();
    const { id, cursor } = await postMessage(story.mira, conversation, 'Meanwhile');
    const again = await openStream(service, jon, posted, { conversation, after: broken.start });
    expect(await again.nextEvent()).toMatchObject({ cursor, result: { data: { messagePosted: { message: { id } } } } });
    again.end();
  });

  test('tells how far it came when the filter leaves everything out', async () => {
    const [watched, other] = [
      await openConversation(story.mira, story.space),
      await openConversation(story.mira, story.space),
    ];
    const stream = await openStream(service, jon, posted, { conversation: watched });
    const { cursor } = await postMessage(story.mira, other, 'Elsewhere');
    expect(await stream.eventsUpTo(cursor)).toEqual([]);
    const { id } = await postMessage(story.mira, watched, 'Here');
    expect(await stream.nextEvent()).toMatchObject({ previous: stream.start, result: dataOf(id, 'Here') });
    stream.end();
  });

  test('tells how far it came when everything is hidden, and nothing else', async () => {
    const hidden = await openConversation(story.mira, story.hidden);
    const stream = await openStream(service, jon, posted, { after: await presentOf(service) });
    const { cursor } = await postMessage(story.mira, hidden, 'Psst');
    expect(await stream.eventsUpTo(cursor)).toEqual([]);
    stream.end();
  });

  test('is refused to those who are not signed in, by every service', async () => {
    expect(await refusalOf(service, anonymous, posted)).toBe('UNAUTHENTICATED');
    const ideas = 'subscription { ideaActivity { cursor } }';
    expect(await refusalOf(hub.service('ideas'), anonymous, ideas)).toBe('UNAUTHENTICATED');
    const people = 'subscription { peopleActivity { cursor } }';
    expect(await refusalOf(hub.service('people'), anonymous, people)).toBe('UNAUTHENTICATED');
  });

  test('ends at once for all when their signals say so, also for those who wait', async () => {
    const conversation = await openConversation(story.mira, story.space);
    const streams = await Promise.all(
      Array.from({ length: 50 }, () => openStream(service, jon, posted, { conversation })),
    );
    const frames = streams.map((stream) => stream.next());
    for (const stream of streams) stream.end();
    expect(await Promise.all(frames)).toEqual(streams.map(() => undefined));
    expect(await Promise.all(streams.map((stream) => stream.next()))).toEqual(streams.map(() => undefined));
  });
});

describe('a cursor to go on from', () => {
  const position = async (seq: string, xid: string) => {
    const context = service.createContext({ viewer: mira, requestId: 'a-request' });
    const { epoch } = await context.cursors.positionOf(await context.position());
    return context.cursors.cursorOf({ epoch, xid, seq });
  };

  test.each([
    ['an empty one', async () => ''],
    ['a made-up one', async () => 'yesterday'],
    ['a changed one', async () => `x${await positionOf('conversations')}`],
    ['one of another service', () => positionOf('ideas')],
    ['one that lies in the future', () => position('1', '999999999999')],
  ])('is refused when it is %s', async (_case, cursor) => {
    expect(await refusalOf(service, mira, posted, { after: await cursor() })).toBe('CURSOR_INVALID');
  });

  test('may be that of a change made a moment ago', async () => {
    const conversation = await openConversation(story.mira, story.space);
    const { cursor } = await postMessage(story.mira, conversation, 'One');
    const stream = await openStream(service, jon, posted, { conversation, after: cursor });
    const { id } = await postMessage(story.mira, conversation, 'Two');
    expect(await stream.nextEvent()).toMatchObject({ previous: cursor, result: dataOf(id, 'Two') });
    stream.end();
  });
});

describe('somebody who is let in no more', () => {
  test('receives nothing of a space after being removed from it', async () => {
    const space = await openSpace(hub, story.mira, { visibility: 'PRIVATE' });
    await addMember(hub, story.mira, space, story.jon.id);
    const conversation = await openConversation(story.mira, space);
    const stream = await openStream(service, jon, posted, { space });
    const { id } = await postMessage(story.mira, conversation, 'Before');
    expect(await stream.nextEvent()).toMatchObject({ result: dataOf(id, 'Before') });
    await removeMember(hub, story.mira, space, story.jon.id);
    const { cursor } = await postMessage(story.mira, conversation, 'After');
    expect(await stream.eventsUpTo(cursor)).toEqual([]);
    stream.end();
  });

  test('receives nothing of a space that was made private, and nothing of it from the past', async () => {
    const space = await openSpace(hub, story.mira);
    const conversation = await openConversation(story.mira, space);
    const stream = await openStream(service, jon, posted, { space });
    await postMessage(story.mira, conversation, 'Before');
    await stream.nextEvent();
    await makePrivate(space);
    const { cursor } = await postMessage(story.mira, conversation, 'After');
    expect(await stream.eventsUpTo(cursor)).toEqual([]);
    stream.end();
    const again = await openStream(service, jon, posted, { space, after: stream.start });
    expect(await again.eventsUpTo(cursor)).toEqual([]);
    again.end();
  });
});

describe('the position of a service', () => {
  test.each([
    ['people', 'peopleActivity'],
    ['ideas', 'ideaActivity'],
    ['conversations', 'conversationActivity'],
  ] as const)('%s is a cursor to subscribe with, for everybody signed in', async (name, field) => {
    const position = `{ position: ${name}Position }`;
    const { position: after } = await story.jon.run<{ position: string }>(position);
    const activity = `subscription ($after: Cursor) { ${field}(after: $after) { cursor } }`;
    expect(await refusalOf(hub.service(name), jon, activity, { after })).toBeUndefined();
    expect(await hub.anonymous.codeOf(position)).toBe('UNAUTHENTICATED');
  });

  test('joins a snapshot and the stream: every message is in one of them', async () => {
    const conversation = await openConversation(story.mira, story.space);
    const writing = Array.from({ length: 4 }, async (_, writer) => {
      for (let number = 0; number < 10; number += 1) await postMessage(story.mira, conversation, `${writer} ${number}`);
    });
    const { at, read } = await story.jon.run<{ at: string; read: { messages: { nodes: { id: string }[] } } }>(
      `query ($id: ID!) { at: conversationsPosition read: conversation(id: $id) { messages(first: 100) { nodes { id } } } }`,
      { id: conversation },
    );
    await Promise.all(writing);
    const { id, cursor } = await postMessage(story.mira, conversation, 'The last');
    const stream = await openStream(service, jon, posted, { conversation, after: at });
    const streamed = (await stream.eventsUpTo(cursor)).map(({ result }) => messageIn(result.data));
    stream.end();
    const known = new Set([...read.messages.nodes.map((node) => node.id), ...streamed]);
    expect(known.size).toBe(41);
    expect(known.has(id)).toBe(true);
  });

  test('is that of the beginning of the request, however late it is asked for, and costs no statement', async () => {
    const conversation = await openConversation(story.mira, story.space);
    const context = service.createContext({ viewer: jon, requestId: 'a-request' });
    const stream = await openStream(service, jon, posted, { conversation });
    await postMessage(story.mira, conversation, 'Later');
    const { cursor } = await stream.nextEvent();
    stream.end();
    const before = service.database.statements.total;
    const [asked, total] = await Promise.all([context.position(), service.database.statements.total]);
    expect(total).toBe(before);
    const resumed = await openStream(service, jon, posted, { conversation, after: asked });
    expect(await resumed.nextEvent()).toMatchObject({ cursor, previous: asked });
    resumed.end();
  });
});

async function openFrom(from: string, conversation: string): Promise<{ from: string; stream: TestStream }> {
  return { from, stream: await openStream(service, jon, posted, { conversation, after: from }) };
}

function positionOf(name: ServiceName): Promise<string> {
  return hub.service(name).createContext({ viewer: mira, requestId: 'a-request' }).position();
}

/** What the log itself says: cursors of the messages after this one, in order. */
async function postedSince(cursor: string): Promise<string[]> {
  const { cursors } = service.createContext({ viewer: mira, requestId: 'a-request' });
  const events = await eventReader(service.database, service.name).read(await cursors.positionOf(cursor), 10_000);
  const messages = events.filter(({ type }) => type === 'conversations.message.posted');
  return Promise.all(messages.map(({ position }) => cursors.cursorOf(position)));
}

function anyOf(cursors: readonly string[]): string {
  return cursors[Math.floor(Math.random() * cursors.length)] ?? '';
}

async function makePrivate(space: string): Promise<void> {
  await change(story.mira, 'reviseSpace', { space, visibility: 'PRIVATE' });
  await service.consumer('on-space-changed').catchUp(5_000);
}

function dataOf(id: string, body: string) {
  return { data: { messagePosted: { message: { id, body } } } };
}

function messageIn(data: unknown): string {
  const { messagePosted } = data as { messagePosted: { message: { id: string } } };
  return messagePosted.message.id;
}
