import { pino } from 'pino';
import { eventually } from '#test/hub/eventually.js';
import { type TestService, testServices } from '#test/service/test-service.js';
import { system } from '../auth/viewer.js';
import { statement } from '../database/statement.js';
import type { EventPosition, HubEvent } from '../events/event.js';
import type { EventReader } from '../events/event-log.js';
import { createWake } from '../runtime/wake.js';
import { type LogTail, startLogTail } from './log-tail.js';
import { type StreamField, subscribeTo } from './stream-field.js';

const services = await testServices();
let first: TestService;

beforeAll(async () => {
  first = await services.start();
  for (let round = 0; round < 5; round += 1) await happen(500);
  await settled(first, 2_500);
});

afterAll(() => services.stop());

/** Everything of the log, visible to all. */
const everything: StreamField<{ after?: string | null }, ReturnType<TestService['context']>> = {
  types: ['ideas.challenge.opened'],
  matches: () => true,
  visible: async () => true,
};

describe('the tail of a log', () => {
  test('remembers the newest events from its start on, in order and without a gap', async () => {
    const { tail, stop } = await startTail();
    const events = await first.events();
    const from = events.at(-1_501);
    expect(ids(all(tail, from?.position))).toEqual(ids(events.slice(-1_500)));
    expect(tail.after(events[0]?.position ?? tail.position())).toBeUndefined();
    await stop();
  });

  test('is up to date when it starts, even on a log in which nothing happened in this life of the database', async () => {
    const { tail, stop } = await startTail();
    const present = await first.context().cursors.cursorOf(tail.position());
    await expect(first.context().cursors.positionOf(present)).resolves.toEqual(tail.position());
    await stop();
  });

  test('starts at an event, never at a transaction number that a crash of the database may give out again', async () => {
    await first.database.read(statement('SELECT pg_current_xact_id()'));
    const { tail, stop } = await startTail();
    expect(tail.position()).toEqual((await first.events()).at(-1)?.position);
    await stop();
  });

  test('holds no place of an earlier life of the database, though it remembers events of it', async () => {
    const services = await testServices();
    const restored = await services.start();
    await happen(3, restored);
    const [event] = await settled(restored, 3);
    const inNewEpoch = `INSERT INTO event_epoch (number, label, fingerprint)
      SELECT number + 1, 'another', fingerprint FROM event_epoch`;
    await restored.database.read(statement(inNewEpoch));
    const { tail, stop } = await startTail(restored);
    expect(tail.position().epoch).toBe((event?.position.epoch ?? 0) + 1);
    expect(event && tail.holds(event.position)).toBe(false);
    await stop();
    await services.stop();
  });

  test('hands over from the log to memory and to the present, without a gap or a double, while eight write', async () => {
    const other = await services.start();
    const known = await other.events();
    const ending = new AbortController();
    const writers = Array.from({ length: 8 }, async () => {
      for (let round = 0; round < 40; round += 1) await happen(2);
    });
    const written = known.length + 8 * 40 * 2;
    const followers = [0, 7, 480, 499, 500, 1_200, known.length - 1].map(async (place) => {
      const from = known[place]?.position ?? other.reader.horizon();
      const after = await other.context().cursors.cursorOf(await from);
      return { place, came: await collect(other, { after }, written - place - 1, ending.signal, other.reader) };
    });
    const followed = await Promise.all(followers);
    await Promise.all(writers);
    ending.abort();
    const all = ids(await other.events());
    for (const { place, came } of followed) expect(ids(came)).toEqual(all.slice(place + 1));
  });

  test('serves a thousand clients that come back after a restart without a statement of their own', async () => {
    const restarted = await services.start();
    const missed = (await restarted.events()).slice(-50);
    const before = (await restarted.events()).at(-51);
    const after = before && (await first.context().cursors.cursorOf(before.position));
    const texts: string[] = [];
    const deaf = restarted.database.statements.listen((text) => void texts.push(text));
    const ending = new AbortController();
    const came = await Promise.all(
      Array.from({ length: 1_000 }, () => collect(restarted, { after }, missed.length, ending.signal)),
    );
    ending.abort();
    deaf();
    expect(came.every((items) => ids(items).join() === ids(missed).join())).toBe(true);
    expect(texts.filter((text) => !isOfTheTail(text))).toEqual([]);
  });
});

/** What happened in the last moment before it began may come first. */
async function readToEnd(items: AsyncIterator<unknown>): Promise<void> {
  while (!(await items.next()).done);
}

describe('a follower of a service that stops', () => {
  test('is told so and to come back: its stream does not simply end', async () => {
    const stopping = await services.start();
    const items = await subscribe(stopping, {}, new AbortController().signal);
    expect(await items.next()).toMatchObject({ value: { kind: 'heartbeat' } });
    const told = expect(readToEnd(items)).rejects.toMatchObject({ extensions: { code: 'UNAVAILABLE' } });
    await stopping.stop();
    await told;
  });
});

describe('when the database is restored or promoted under a running service', () => {
  test('streams end with CURSOR_INVALID, cursors of the former life are refused, and what happens next is of a new epoch', async () => {
    const services = await testServices();
    const service = await services.start();
    await happen(3, service);
    const [before] = await settled(service, 3);
    const cursor = before && (await service.context().cursors.cursorOf(before.position));
    const stream = await subscribe(service, {}, new AbortController().signal, service.reader);
    expect(await stream.next()).toMatchObject({ value: { kind: 'heartbeat' } });
    const told = expect(readToEnd(stream)).rejects.toMatchObject({ extensions: { code: 'CURSOR_INVALID' } });
    await services.database.replaceByCopy();
    await told;
    const refused = subscribe(service, { after: cursor }, new AbortController().signal, service.reader);
    await expect(refused).rejects.toMatchObject({ extensions: { code: 'CURSOR_INVALID' } });
    await happen(1, service);
    const events = await settled(service, 4);
    expect(events.map(({ position }) => position.epoch - (before?.position.epoch ?? 0))).toEqual([0, 0, 0, 1]);
    await services.stop();
  }, 30_000);
});

describe('a cursor', () => {
  test('older than the log refuses the subscription and says so', async () => {
    const services = await testServices();
    const hub = await services.start();
    await happen(3, hub);
    const [oldest, , newest] = await settled(hub, 3);
    const after = oldest && (await hub.context().cursors.cursorOf(oldest.position));
    const dropUpTo = statement('UPDATE event_horizon SET epoch = $1, xid = $2::text::xid8, seq = $3');
    await hub.database.read(dropUpTo, Object.values(newest?.position ?? {}));
    await hub.database.read(statement('DELETE FROM event'));
    const later = await services.start();
    const { signal } = new AbortController();
    await expect(subscribe(later, { after }, signal)).rejects.toMatchObject({ extensions: { code: 'CURSOR_EXPIRED' } });
    await services.stop();
  });
});

async function happen(count: number, service = first): Promise<void> {
  await service.context().write({ name: 'happen', input: {} }, async (tx) => {
    for (let i = 0; i < count; i += 1)
      tx.append({ type: 'ideas.challenge.opened', subject: `challenge ${i}`, data: {} });
    return null;
  });
}

/** The events, once there are this many: what was written is seen when no older transaction of the server is open. */
function settled(service: TestService, count: number): Promise<HubEvent[]> {
  return eventually(
    () => service.events(),
    (events) => events.length === count,
  );
}

async function startTail(service = first): Promise<{ tail: LogTail; stop(): Promise<void> }> {
  const tail = await startLogTail({ reader: service.reader, wake: createWake(), log: pino({ level: 'silent' }) });
  return { tail, stop: () => tail.stop() };
}

/** What a tail gives step by step to somebody who goes on from a position. */
function all(tail: LogTail, from: EventPosition | undefined): HubEvent[] {
  const events: HubEvent[] = [];
  for (let position = from; position; ) {
    const more: readonly HubEvent[] = tail.after(position) ?? [];
    events.push(...more);
    position = more.at(-1)?.position;
  }
  return events;
}

/** Subscribes where nothing but memory may be read, unless a reader is given. */
function subscribe(
  service: TestService,
  args: { after?: string | undefined },
  signal: AbortSignal,
  reader = fromMemoryOnly(service.reader),
) {
  const context = service.createContext({ viewer: system, requestId: 'a-stream' }, signal);
  const parts = context.stream();
  return subscribeTo(everything)({ args, context: { ...context, stream: () => ({ ...parts, reader }) } });
}

function fromMemoryOnly(reader: EventReader): EventReader {
  return { ...reader, read: () => Promise.reject(new Error('The log was read for one follower.')) };
}

async function collect(
  service: TestService,
  args: { after?: string | undefined },
  count: number,
  signal: AbortSignal,
  reader?: EventReader,
): Promise<HubEvent[]> {
  const items = await subscribe(service, args, signal, reader);
  const events: HubEvent[] = [];
  while (events.length < count) {
    const { value } = await items.next();
    if (value?.kind === 'event') events.push(value.event);
  }
  return events;
}

/** The tail itself looks for new events all the time, however many follow it. */
function isOfTheTail(text: string): boolean {
  return text.includes('FROM ideas.event e') && text.includes('ORDER BY e.epoch, e.xid, e.seq');
}

function ids(events: readonly HubEvent[]): string[] {
  return events.map(({ id }) => id);
}
