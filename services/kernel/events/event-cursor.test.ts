import { type TestService, testSecret, testServices } from '#test/service/test-service.js';
import { seal } from '../auth/sealed-text.js';
import { statement } from '../database/statement.js';
import { comparePositions, type EventPosition } from './event.js';
import { eventCursors } from './event-cursor.js';
import { ensureEpoch } from './event-epoch.js';
import type { EventReader } from './event-log.js';

let services: Awaited<ReturnType<typeof testServices>>;
let service: TestService;

beforeEach(async () => {
  services = await testServices();
  service = await services.start();
});

afterEach(async () => {
  await services.stop();
});

const secret = 'a secret';
const cursors = (reader: EventReader = service.reader) => eventCursors(secret, reader);

async function happen(subject = 'something'): Promise<EventPosition> {
  const { position } = await service
    .context()
    .write({ name: 'happen', input: {} }, async (tx) => {
      tx.append({ type: 'ideas.challenge.opened', subject, data: {} });
    })
    .then(async () => (await service.events()).at(-1) ?? Promise.reject(new Error('no event')));
  return position;
}

/** What a restore into another server looks like: the log was written by another life of the database. */
async function restore(): Promise<void> {
  await service.database.read(statement("UPDATE event_epoch SET fingerprint = 'another server'"));
  await ensureEpoch(service.database);
}

describe('a cursor', () => {
  test('gives its position back', async () => {
    const position = await happen();
    expect(await cursors().positionOf(await cursors().cursorOf(position))).toEqual(position);
  });

  test('tells nothing about positions to who reads it', async () => {
    const position = await happen();
    const cursor = await cursors().cursorOf(position);
    expect(cursor).not.toContain(`.${position.xid}.`);
  });

  test('of a write is that of its last event', async () => {
    const { cursor } = await service.context().write({ name: 'happen', input: {} }, async (tx) => {
      tx.append({ type: 'ideas.challenge.opened', subject: 'first', data: {} });
      tx.append({ type: 'ideas.challenge.opened', subject: 'last', data: {} });
    });
    const own = eventCursors(testSecret, service.reader);
    expect(await own.positionOf(cursor ?? '')).toEqual((await service.events()).at(-1)?.position);
  });

  test.each(['', 'made-up', 'bWFkZS11cA.bWFkZS11cA', '1.2.3'])('that we never gave is refused: %j', async (cursor) => {
    await expect(cursors().positionOf(cursor)).rejects.toMatchObject({ extensions: { code: 'CURSOR_INVALID' } });
  });

  test('sealed with another secret is refused', async () => {
    const forged = await eventCursors('guessed', service.reader).cursorOf(await happen());
    await expect(cursors().positionOf(forged)).rejects.toMatchObject({ extensions: { code: 'CURSOR_INVALID' } });
  });

  test('of the log of another service is refused', async () => {
    const cursor = await cursors().cursorOf(await happen());
    const people = cursors({ ...service.reader, service: 'people' });
    await expect(people.positionOf(cursor)).rejects.toThrow('belongs to another stream');
  });

  test('of an epoch we do not know is refused', async () => {
    const foreign = seal(secret, 'event-cursor:ideas').close('whatever.5.5');
    await expect(cursors().positionOf(foreign)).rejects.toThrow('another hub or before a restore');
  });

  test('ahead of everything that has happened is refused', async () => {
    const { epoch, xid } = await happen();
    const ahead = await cursors().cursorOf({ epoch, xid: String(Number(xid) + 1_000_000), seq: '1' });
    await expect(cursors().positionOf(ahead)).rejects.toThrow('ahead of everything');
  });

  test('from before a restore is refused and says how to start again', async () => {
    const cursor = await cursors().cursorOf(await happen());
    await restore();
    await expect(cursors().positionOf(cursor)).rejects.toMatchObject({
      message: expect.stringContaining('Read the present state with a query'),
      extensions: { code: 'CURSOR_INVALID' },
    });
  });

  test('from after a restore is good', async () => {
    await happen();
    await restore();
    const position = await happen();
    expect(await cursors().positionOf(await cursors().cursorOf(position))).toEqual(position);
  });
});

describe('an epoch', () => {
  const epochs = async () => (await service.reader.epochs()).size;

  test('goes on over a restart', async () => {
    await services.start();
    expect(await epochs()).toBe(1);
  });

  test('begins once when the database lives another life, however many processes notice', async () => {
    await service.database.read(statement("UPDATE event_epoch SET fingerprint = 'another server'"));
    await Promise.all(Array.from({ length: 5 }, () => ensureEpoch(service.database)));
    expect(await epochs()).toBe(2);
  });

  test('puts its events behind all events of the one before', async () => {
    const before = await happen('before');
    await restore();
    const after = await happen('after');
    expect(comparePositions(before, after)).toBeLessThan(0);
    expect((await service.events()).map((event) => event.subject)).toEqual(['before', 'after']);
  });

  test('of a restored log shows its events even when their transaction numbers lie ahead of ours', async () => {
    await happen('of the other server');
    await service.database.read(statement("UPDATE event SET xid = '999999999999'"));
    await restore();
    expect((await service.events()).map((event) => event.subject)).toEqual(['of the other server']);
  });
});
