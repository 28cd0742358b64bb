import { randomInt } from 'node:crypto';
import { Client } from 'pg';
import { eventually } from '#test/hub/eventually.js';
import { type TestService, testServices } from '#test/service/test-service.js';
import { statement } from '../database/statement.js';
import { beforeAllEvents, comparePositions, type EventPosition, type HubEvent } from './event.js';

let services: Awaited<ReturnType<typeof testServices>>;
let service: TestService;

beforeAll(async () => {
  services = await testServices();
  service = await services.start();
});

afterAll(async () => {
  await services.stop();
});

const pause = statement('SELECT pg_sleep($1::double precision / 1000)');

/** Appends one event; `fails` takes the whole transaction back after the event was written. */
async function happen(subject: string, { fails = false, slowMs = 0 } = {}): Promise<void> {
  const work = service.context().write({ name: 'happen', input: {} }, async (tx) => {
    await tx.run(statement('INSERT INTO note (id) VALUES ($1)'), [subject]);
    tx.append({ type: 'ideas.challenge.opened', subject, data: {} });
    if (slowMs > 0) await tx.run(pause, [slowMs]);
    if (fails) throw new Error('taken back');
  });
  if (fails) await expect(work).rejects.toThrow('taken back');
  else await work;
}

/** Follows the log from a position until all the subjects came, and gives what it saw. */
async function follow(from: EventPosition, isAll: (seen: HubEvent[]) => boolean): Promise<HubEvent[]> {
  const seen: HubEvent[] = [];
  await eventually(
    async () => {
      seen.push(...(await service.reader.read(seen.at(-1)?.position ?? from, 7)));
      return seen;
    },
    isAll,
    20_000,
  );
  return seen;
}

describe('a reader that follows the log', () => {
  test('sees exactly what was committed by 64 writers at once, once, in one order', async () => {
    const writers = 64;
    const each = 12;
    const from = await service.reader.newest();
    const kept: string[] = [];
    let writing = true;
    const following = follow(from, (seen) => !writing && seen.length >= kept.length);
    await Promise.all(
      Array.from({ length: writers }, async (_, writer) => {
        for (let n = 0; n < each; n += 1) {
          const subject = `writer-${writer}-${n}`;
          const fails = randomInt(4) === 0;
          await happen(subject, { fails, slowMs: randomInt(8) });
          if (!fails) kept.push(subject);
        }
      }),
    );
    writing = false;
    const seen = await following;
    expect(seen.map((event) => event.subject).sort()).toEqual([...kept].sort());
    const inOrder = [...seen].sort((a, b) => comparePositions(a.position, b.position));
    expect(seen).toEqual(inOrder);
  }, 40_000);

  test('sees what one writer did in the order it was done', async () => {
    const from = await service.reader.newest();
    const subjects = Array.from({ length: 20 }, (_, n) => `in-order-${n}`);
    for (const subject of subjects) await happen(subject);
    const seen = await follow(from, (events) => events.length >= 20);
    expect(seen.map((event) => event.subject)).toEqual(subjects);
  });

  test('sees a write of many events in the order they were appended', async () => {
    const from = await service.reader.newest();
    const subjects = Array.from({ length: 120 }, (_, n) => `together-${n}`);
    await service.context().write({ name: 'happen', input: {} }, async (tx) => {
      for (const subject of subjects) tx.append({ type: 'ideas.challenge.opened', subject, data: {} });
    });
    const seen = await follow(from, (events) => events.length >= subjects.length);
    expect(seen.map((event) => event.subject)).toEqual(subjects);
  });

  test('passes from transaction 999 to 1000, whose text would come first', async () => {
    await service.database.read(statement("UPDATE event SET epoch = 0, xid = '5' WHERE epoch = 1"));
    for (const xid of ['998', '1000', '999', '10001']) {
      await happen(`number-${xid}`);
      await service.database.read(statement('UPDATE event SET epoch = 0, xid = $1::text::xid8 WHERE subject = $2'), [
        xid,
        `number-${xid}`,
      ]);
    }
    const seen = await follow({ epoch: 0, xid: '997', seq: '0' }, (events) => events.length >= 4);
    expect(seen.map((event) => event.position.xid)).toEqual(['998', '999', '1000', '10001']);
  });

  test('waits for a transaction that is still open, and then misses neither it nor those that overtook it', async () => {
    const from = await service.reader.newest();
    let finish = () => {};
    const open = new Promise<void>((resolve) => {
      finish = resolve;
    });
    let began = () => {};
    const begun = new Promise<void>((resolve) => {
      began = resolve;
    });
    const slow = service.context().write({ name: 'happen', input: {} }, async (tx) => {
      await tx.run(statement("INSERT INTO note (id) VALUES ('slow')"));
      tx.append({ type: 'ideas.challenge.opened', subject: 'slow', data: {} });
      began();
      await open;
    });
    await begun;
    await happen('fast');
    expect(await service.reader.read(from, 10)).toEqual([]);
    finish();
    await slow;
    const seen = await follow(from, (events) => events.length >= 2);
    expect(seen.map((event) => event.subject)).toEqual(['slow', 'fast']);
  });

  test('is held back by an open transaction of any database of the server, and loses nothing by it', async () => {
    const other = new Client({ connectionString: process.env.TEST_DATABASE_URL });
    await other.connect();
    try {
      await other.query('BEGIN; SELECT pg_current_xact_id()');
      const from = await service.reader.newest();
      await happen('behind-another-database');
      await other.query('COMMIT');
      const seen = await follow(from, (events) => events.length >= 1);
      expect(seen.map((event) => event.subject)).toEqual(['behind-another-database']);
    } finally {
      await other.end();
    }
  });

  test('starting at the head sees everything that commits afterwards', async () => {
    const head = await service.reader.head();
    await happen('after-the-head');
    const seen = await follow(head, (events) => events.some((event) => event.subject === 'after-the-head'));
    expect(seen.at(-1)?.subject).toBe('after-the-head');
  });
});

describe('an event', () => {
  const person = {
    kind: 'person',
    personId: 'person_mira',
    organizationId: null,
    party: 'internal',
    administrator: false,
  } as const;

  test('tells who, where, what and why', async () => {
    const from = await service.reader.newest();
    await service.context(person).write({ name: 'happen', input: {} }, async (tx) => {
      tx.append({
        type: 'ideas.idea.stageMoved',
        subject: 'idea_1',
        space: 'space_1',
        causation: ['event_1', 'event_2'],
        data: { from: 'submitted', to: 'tried' },
      });
    });
    const [event] = await follow(from, (events) => events.length >= 1);
    expect(event).toMatchObject({
      id: expect.stringMatching(/^event_/),
      source: 'ideas',
      type: 'ideas.idea.stageMoved',
      subject: 'idea_1',
      actor: 'person_mira',
      space: 'space_1',
      causation: ['event_1', 'event_2'],
      data: { from: 'submitted', to: 'tried' },
    });
    expect(event?.time).toBeInstanceOf(Date);
  });

  test('of the hub itself has no actor, and an imported one keeps its own time and actor', async () => {
    const from = await service.reader.newest();
    const time = new Date('2019-05-04T03:02:01.123Z');
    await service.context().write({ name: 'happen', input: {} }, async (tx) => {
      tx.append({ type: 'ideas.challenge.opened', subject: 'now', data: {} });
      tx.append({ type: 'ideas.challenge.opened', subject: 'then', time, actor: 'person_jon', data: {} });
    });
    const [now, then] = await follow(from, (events) => events.length >= 2);
    expect(now).toMatchObject({ actor: null, space: null, causation: [] });
    expect(then).toMatchObject({ actor: 'person_jon', time });
  });

  test('is not written when its change is not', async () => {
    const from = beforeAllEvents;
    await happen('never', { fails: true });
    await happen('witness');
    const seen = await follow(from, (events) => events.some((event) => event.subject === 'witness'));
    expect(seen.map((event) => event.subject)).not.toContain('never');
  });
});
