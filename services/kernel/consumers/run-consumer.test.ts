import { isDeepStrictEqual } from 'node:util';
import { jest } from '@jest/globals';
import { pino } from 'pino';
import { eventually } from '#test/hub/eventually.js';
import { onBusyMachine } from '#test/hub/on-busy-machine.js';
import { type TestService, testServices } from '#test/service/test-service.js';
import { statement } from '../database/statement.js';
import type { HubEvent } from '../events/event.js';
import type { Consumer } from './consumer.js';
import { retryLetter } from './dead-letter.js';

let services: Awaited<ReturnType<typeof testServices>>;

beforeEach(async () => {
  services = await testServices();
});

afterEach(async () => {
  await services.stop();
});

const count = statement(
  'INSERT INTO note (id, size) VALUES ($1, 1) ON CONFLICT (id) DO UPDATE SET size = note.size + 1',
);
const increased = statement(`
  INSERT INTO note (id, size) VALUES ('all', 1) ON CONFLICT (id) DO UPDATE SET size = note.size + 1 RETURNING size`);
const counts = statement('SELECT id, size FROM note ORDER BY at, id');
const letters = statement(
  'SELECT event_id AS id, error, attempts, next_attempt_at AS next FROM dead_letter ORDER BY first_failed_at',
);
const storedCursor = statement('SELECT epoch, xid::text AS xid, seq::text AS seq FROM consumer_cursor');
interface Letter {
  readonly id: string;
  readonly error: string;
  readonly attempts: number;
  readonly next: Date | null;
}

/** Notes each event it was given, so that an effect that happens twice shows. */
function counting(refuse: (event: HubEvent) => unknown = () => undefined): Consumer {
  return {
    name: 'counting',
    source: 'ideas',
    types: ['ideas.challenge.opened'],
    async handle(events, tx) {
      for (const event of events) {
        await tx.run(count, [event.subject]);
        const problem = refuse(event);
        if (problem) throw problem;
      }
    },
  };
}

async function happen(service: TestService, ...subjects: string[]): Promise<void> {
  for (const subject of subjects)
    await service.context().write({ name: 'happen', input: {} }, async (tx) => {
      tx.append({ type: 'ideas.challenge.opened', subject, data: {} });
    });
}

const handled = async (service: TestService) =>
  Object.fromEntries(
    (await service.database.read<{ id: string; size: number }>(counts)).map((row) => [row.id, row.size]),
  );
const parked = (service: TestService) => service.database.read<Letter>(letters);
const numbered = (length: number) => Array.from({ length }, (_, n) => `event-${n}`);
const onceEach = (subjects: readonly string[]) => Object.fromEntries(subjects.map((subject) => [subject, 1]));

describe('a consumer', () => {
  test('has handled everything committed before when it says it caught up', async () => {
    const service = await services.start({ consumers: [counting()] });
    await happen(service, 'one', 'two');
    expect(await service.consumer('counting').catchUp(5_000)).toBe(true);
    expect(await handled(service)).toEqual({ one: 1, two: 1 });
  });

  test('is given only events of its types, and moves over the others', async () => {
    const service = await services.start({ consumers: [counting()] });
    await service.context().write({ name: 'happen', input: {} }, async (tx) => {
      tx.append({ type: 'ideas.idea.endorsementWithdrawn', subject: 'other', data: { person: 'person_1' } });
      tx.append({ type: 'ideas.challenge.opened', subject: 'mine', data: {} });
    });
    expect(await service.consumer('counting').catchUp(5_000)).toBe(true);
    expect(await handled(service)).toEqual({ mine: 1 });
  });

  test('stores within moments that it passed over what concerns nobody', async () => {
    const service = await services.start({ consumers: [counting()] });
    await service.context().write({ name: 'happen', input: {} }, async (tx) => {
      tx.append({ type: 'ideas.idea.endorsementWithdrawn', subject: 'other', data: { person: 'person_1' } });
    });
    const [event] = await service.events();
    await eventually(
      () => service.database.read(storedCursor),
      ([stored]) => isDeepStrictEqual(stored, event?.position),
    );
  });

  test('looks for itself once a second, however many there are: only one looks often, for all', async () => {
    const names = numbered(10);
    const service = await services.start({ consumers: names.map((name) => ({ ...counting(), name })) });
    await Promise.all(names.map((name) => service.consumer(name).catchUp(5_000)));
    const reads = jest.spyOn(service.database, 'read');
    const readsOf = (part: string) => reads.mock.calls.filter(([{ text }]) => text.includes(part)).length;
    const logs = 'LIMIT $4';
    await eventually(
      () => readsOf(logs),
      (found) => found >= 40,
      20_000,
    );
    expect(readsOf('FROM consumer_cursor')).toBeLessThan(40);
  });

  test('begins with what happened before it was there', async () => {
    const before = await services.start();
    await happen(before, 'early');
    const after = await services.start({ consumers: [counting()] });
    await after.consumer('counting').catchUp(5_000);
    expect(await handled(after)).toEqual({ early: 1 });
  });

  test('acts once on each event although two processes run it', async () => {
    const [one, other] = await Promise.all([
      services.start({ consumers: [counting()] }),
      services.start({ consumers: [counting()] }),
    ]);
    const subjects = numbered(120);
    await Promise.all([happen(one, ...subjects.slice(0, 60)), happen(other, ...subjects.slice(60))]);
    await one.consumer('counting').catchUp(10_000);
    expect(await handled(other)).toEqual(onceEach(subjects));
  });

  test('acts once on each event although it is stopped and started in the middle', async () => {
    const writer = await services.start();
    const subjects = numbered(60);
    const writing = happen(writer, ...subjects);
    for (let restarts = 0; restarts < 4; restarts += 1) {
      const runner = await services.start({ consumers: [counting()] });
      await eventually(
        () => handled(writer),
        (done) => Object.keys(done).length > restarts * 5,
        10_000,
      );
      await runner.stopNow();
    }
    await writing;
    const last = await services.start({ consumers: [counting()] });
    await last.consumer('counting').catchUp(10_000);
    expect(await handled(last)).toEqual(onceEach(subjects));
  });

  test('goes in turn with others that change the same, and what it tells stands in the log in that order', async () => {
    const telling = (name: string): Consumer => ({
      ...counting(),
      name,
      inTurn: 'the same',
      async handle(events, tx) {
        for (const { subject } of events) {
          const [last] = await tx.run<{ size: number }>(increased);
          tx.append({ type: 'ideas.challenge.revised', subject, data: { changed: [String(last?.size)] } });
        }
      },
    });
    const names = ['one', 'two', 'three'];
    const service = await services.start({ consumers: names.map(telling) });
    await happen(service, ...numbered(40));
    await Promise.all(names.map((name) => service.consumer(name).catchUp(10_000)));
    const told = (await service.events()).filter(({ type }) => type === 'ideas.challenge.revised');
    const expected = Array.from({ length: 120 }, (_, place) => ({ changed: [String(place + 1)] }));
    expect(told.map(({ data }) => data)).toEqual(expected);
  });

  test('acts once on each event although its connections die in the middle of the work', async () => {
    const writer = await services.start();
    let deaths = 0;
    const dying: Consumer = {
      ...counting(),
      async handle(events, tx, given) {
        await counting().handle(events, tx, given);
        if (deaths++ < 3) await tx.run(statement('SELECT pg_terminate_backend(pg_backend_pid())'));
      },
    };
    const service = await services.start({ consumers: [dying] });
    await happen(writer, 'one', 'two', 'three');
    await eventually(
      () => handled(writer),
      (done) => Object.keys(done).length === 3,
      15_000,
    );
    expect(await handled(service)).toEqual({ one: 1, two: 1, three: 1 });
    expect(deaths).toBeGreaterThan(3);
  }, 30_000);
});

describe('an event that a consumer cannot handle', () => {
  const poison = (event: HubEvent) => event.subject === 'poison' && new Error('cannot read this');

  test('is set aside with its error, and holds the others up for less than a second', async () => {
    const service = await services.start({ consumers: [counting(poison)] });
    const start = Date.now();
    await happen(service, 'before', 'poison', 'behind');
    expect(await service.consumer('counting').catchUp(5_000)).toBe(true);
    expect(Date.now() - start).toBeLessThan(onBusyMachine(1_000));
    expect(await handled(service)).toEqual({ before: 1, behind: 1 });
    expect(await parked(service)).toMatchObject([{ error: 'Error: cannot read this', attempts: expect.any(Number) }]);
  });

  test('leaves no effect behind, not even of the batch it was in', async () => {
    const service = await services.start({ consumers: [counting(poison)] });
    await service.context().write({ name: 'happen', input: {} }, async (tx) => {
      for (const subject of ['a', 'poison', 'b']) tx.append({ type: 'ideas.challenge.opened', subject, data: {} });
    });
    await service.consumer('counting').catchUp(5_000);
    expect(await handled(service)).toEqual({ a: 1, b: 1 });
  });

  test('is tried again and done once when the cause is gone', async () => {
    let broken = true;
    const service = await services.start({ consumers: [counting((event) => broken && poison(event))] });
    await happen(service, 'poison');
    await eventually(
      () => parked(service),
      (found) => (found[0]?.attempts ?? 0) >= 2,
    );
    broken = false;
    await eventually(
      () => parked(service),
      (found) => found.length === 0,
    );
    expect(await handled(service)).toEqual({ poison: 1 });
  });

  describe('again and again', () => {
    /** A clock that the test moves, so that two minutes of delays pass in a moment. */
    let aheadMs = 0;
    const now = () => new Date(Date.now() + aheadMs);
    const exhaust = (service: TestService) =>
      eventually(
        async () => {
          aheadMs += 5_000;
          return parked(service);
        },
        (found) => found[0]?.next === null,
        10_000,
      );

    beforeEach(() => {
      aheadMs = 0;
    });

    test('is given up after eight attempts and stays visible', async () => {
      const refuse = jest.fn(poison);
      const service = await services.start({ consumers: [counting(refuse)], now });
      await happen(service, 'poison');
      const [dead] = await exhaust(service);
      expect(dead).toMatchObject({ attempts: 8, error: 'Error: cannot read this', next: null });
      // Once in its batch, once alone, and seven attempts after that.
      expect(refuse).toHaveBeenCalledTimes(9);
    });

    test('is given up just the same where two processes run the consumer', async () => {
      const refuse = jest.fn(poison);
      const [service] = await Promise.all([
        services.start({ consumers: [counting(refuse)], now }),
        services.start({ consumers: [counting(refuse)], now }),
      ]);
      await happen(service, 'poison');
      expect(await exhaust(service)).toMatchObject([{ attempts: 8, next: null }]);
      // Two that try at the same moment count as one attempt.
      expect(refuse.mock.calls.length).toBeLessThanOrEqual(18);
    });

    test('is tried once more when somebody asks for it', async () => {
      let broken = true;
      const service = await services.start({ consumers: [counting((event) => broken && poison(event))], now });
      await happen(service, 'poison');
      const [dead] = await exhaust(service);
      broken = false;
      expect(await retryLetter(service.database, dead?.id ?? '', now())).toEqual(['counting']);
      await eventually(
        () => parked(service),
        (found) => found.length === 0,
      );
      expect(await handled(service)).toEqual({ poison: 1 });
    });
  });

  test('that is unknown to the dead letters is retried by nobody', async () => {
    const service = await services.start();
    expect(await retryLetter(service.database, 'event_unknown', new Date())).toEqual([]);
  });
});

describe('an outage of the database', () => {
  // What pg raises: the server says it is going down, the connection breaks, nobody listens under either address of a host.
  const refused = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:5432'), { code: 'ECONNREFUSED' });
  const outages: [string, () => Error][] = [
    ['a connection that breaks', () => new Error('Connection terminated unexpectedly')],
    ['a connection refused', () => refused],
    [
      'a connection refused under both addresses of a host',
      () => Object.assign(new AggregateError([refused]), { code: 'ECONNREFUSED' }),
    ],
  ];

  test.each(outages)('parks no event: %s', async (_, outage) => {
    const lines: string[] = [];
    const log = pino({ level: 'warn' }, { write: (line: string) => void lines.push(line) });
    let away = true;
    const isAway = () => {
      const was = away;
      away = false;
      return was && outage();
    };
    const service = await services.start({ consumers: [counting(isAway)], log });
    await happen(service, 'one');
    await eventually(
      () => handled(service),
      (done) => done.one === 1,
      10_000,
    );
    expect(lines.map((line) => JSON.parse(line).msg)).toEqual(['consumer failed; it tries again']);
  });
});
