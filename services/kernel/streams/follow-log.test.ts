import type { HubEvent } from '../events/event.js';
import type { EventReader } from '../events/event-log.js';
import { createWake } from '../runtime/wake.js';
import { type Followed, type FollowOptions, followLog } from './follow-log.js';
import type { LogTail } from './log-tail.js';

describe('a follower', () => {
  test('misses no wake-up that comes while its reader holds a heartbeat', async () => {
    const tail = memoryTail(1);
    const frames = follow({ tail, heartbeatMs: 0, take: ({ id }) => wanted(id === 'event 2', id) });
    expect(await next(frames)).toEqual({ kind: 'reached', position: at(1) });
    tail.add(2);
    expect(await next(frames)).toEqual({ kind: 'taken', item: 'event 2' });
  });

  test('misses no wake-up that comes while it reads the log, and then needs the log no more', async () => {
    const tail = memoryTail(3, 2);
    const looks: number[] = [];
    const reader = readerOf(async () => {
      looks.push(looks.length);
      tail.add(4);
      return [];
    });
    const frames = follow({ tail, reader });
    expect(await next(frames)).toEqual({ kind: 'taken', item: 'event 4' });
    expect(looks).toHaveLength(1);
  });

  test('is told how far it came when all it asks for is hidden from it', async () => {
    const tail = memoryTail(700);
    const frames = follow({ tail, heartbeatMs: 0, take: async () => undefined });
    const reached = [await next(frames), await next(frames)];
    expect(reached).toEqual([500, 700].map((seq) => ({ kind: 'reached', position: at(seq) })));
  });

  test('is told that events were dropped before it could read them', async () => {
    const reader = readerOf(async () => [eventAt(90)], 89);
    const frames = follow({ tail: memoryTail(100, 95), reader });
    await expect(next(frames)).rejects.toMatchObject({ extensions: { code: 'CURSOR_EXPIRED' } });
  });

  test('ends at once when it is told to, also while it waits', async () => {
    const ending = new AbortController();
    const frame = next(follow({ tail: memoryTail(0), signal: ending.signal }));
    ending.abort();
    expect(await frame).toBeUndefined();
  });

  test('is given nothing that it was still deciding on when it was ended', async () => {
    const ending = new AbortController();
    const take = async (event: HubEvent) => {
      ending.abort();
      return event.id;
    };
    expect(await next(follow({ tail: memoryTail(1), signal: ending.signal, take }))).toBeUndefined();
  });
});

const wanted = (is: boolean, item: string) => (is ? Promise.resolve(item) : undefined);

function follow(options: Partial<FollowOptions<string>> & { tail: LogTail }) {
  return followLog<string>({
    reader: readerOf(() => Promise.reject(new Error('This needs no log.'))),
    after: at(0),
    take: async ({ id }) => id,
    heartbeatMs: 60_000,
    signal: new AbortController().signal,
    ...options,
  });
}

async function next(frames: AsyncGenerator<Followed<string>, void>): Promise<Followed<string> | undefined> {
  const { value } = await frames.next();
  return value ?? undefined;
}

/** A tail that has read up to a number and kept what is behind another. Only a wake-up ends waiting. */
function memoryTail(newest: number, floor = 0): LogTail & { add(seq: number): void } {
  const wake = createWake();
  const kept = Array.from({ length: newest - floor }, (_, i) => eventAt(floor + i + 1));
  return {
    position: () => at(floor + kept.length),
    after({ seq }) {
      if (Number(seq) < floor) return undefined;
      return kept.slice(Number(seq) - floor).slice(0, 500);
    },
    holds: ({ seq }) => Number(seq) >= floor,
    wait: (_milliseconds, signal) => wake.wait(600_000, signal),
    life: 0,
    beginLife: () => undefined,
    stop: async () => undefined,
    add(seq) {
      kept.push(eventAt(seq));
      wake.notify();
    },
  };
}

function readerOf(read: EventReader['read'], horizon = 0): EventReader {
  const unasked = () => Promise.reject(new Error('Nobody should ask this.'));
  const others = { readOf: unasked, head: unasked, before: unasked, newest: unasked, epochs: unasked };
  return { service: 'ideas', read, horizon: async () => at(horizon), ...others };
}

function at(seq: number) {
  return { epoch: 1, xid: '7', seq: String(seq) };
}

function eventAt(seq: number): HubEvent {
  return {
    id: `event ${seq}`,
    source: 'ideas',
    type: 'ideas.challenge.opened',
    subject: 'challenge',
    time: new Date(0),
    actor: null,
    space: null,
    causation: [],
    data: {},
    position: at(seq),
  };
}
