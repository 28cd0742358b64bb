import { type TestService, testServices } from '#test/service/test-service.js';
import { statement } from '../database/statement.js';
import { beforeAllEvents, comparePositions } from './event.js';
import { eventCursors } from './event-cursor.js';
import { tendPartitions } from './event-partitions.js';

let services: Awaited<ReturnType<typeof testServices>>;
let service: TestService;

beforeEach(async () => {
  services = await testServices();
  service = await services.start();
});

afterEach(async () => {
  await services.stop();
});

const dayMs = 24 * 3600 * 1000;
const later = (days: number) => new Date(Date.now() + days * dayMs);
const partitions = statement(
  "SELECT child.relname AS name FROM pg_inherits JOIN pg_class child ON child.oid = inhrelid WHERE inhparent = 'event'::regclass ORDER BY 1",
);
const weeks = async () => (await service.database.read<{ name: string }>(partitions)).map((row) => row.name);

async function happen(subject: string): Promise<string> {
  const { cursor } = await service.context().write({ name: 'happen', input: {} }, async (tx) => {
    tx.append({ type: 'ideas.challenge.opened', subject, data: {} });
  });
  return cursor ?? '';
}

describe('the event log', () => {
  test('has its partitions four weeks ahead', async () => {
    const monday = new Date(later(28).getTime());
    monday.setUTCDate(monday.getUTCDate() - ((monday.getUTCDay() + 6) % 7));
    expect(await weeks()).toContain(`event_${monday.toISOString().slice(0, 10).replaceAll('-', '_')}`);
  });

  test('is tended by many processes at once without harm', async () => {
    await Promise.all(Array.from({ length: 6 }, () => tendPartitions(service.database, later(7), 30)));
    expect(new Set(await weeks()).size).toBe((await weeks()).length);
  });

  test('keeps an event for the whole retention', async () => {
    await happen('kept');
    await tendPartitions(service.database, later(30), 30);
    expect((await service.events()).map((event) => event.subject)).toEqual(['kept']);
  });

  test('drops what is older, and remembers up to where', async () => {
    await happen('old');
    const [old] = await service.events();
    await tendPartitions(service.database, later(38), 30);
    expect(await service.events()).toEqual([]);
    expect(comparePositions(await service.reader.horizon(), old?.position ?? beforeAllEvents)).toBe(0);
  });

  test('has no horizon as long as nothing was dropped', async () => {
    await tendPartitions(service.database, later(0), 30);
    expect(await service.reader.horizon()).toEqual(beforeAllEvents);
  });
});

describe('a cursor', () => {
  const cursors = () => eventCursors('a secret', service.reader);
  const cursorOf = async (place: number) =>
    cursors().cursorOf((await service.events())[place]?.position ?? beforeAllEvents);

  test('in front of a dropped event has expired', async () => {
    await happen('first');
    await happen('second');
    const first = await cursorOf(0);
    await tendPartitions(service.database, later(38), 30);
    await expect(cursors().positionOf(first)).rejects.toMatchObject({ extensions: { code: 'CURSOR_EXPIRED' } });
  });

  test('at the last dropped event has missed nothing and is still good', async () => {
    await happen('last');
    const last = await cursorOf(0);
    await tendPartitions(service.database, later(38), 30);
    expect(await cursors().positionOf(last)).toEqual(await service.reader.horizon());
  });
});
