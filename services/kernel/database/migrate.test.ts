import { testServices } from '#test/service/test-service.js';
import { migration } from './migration.js';
import { statement } from './statement.js';

let services: Awaited<ReturnType<typeof testServices>>;

beforeEach(async () => {
  services = await testServices();
});

afterEach(async () => {
  await services.stop();
});

const migrations = statement('SELECT name FROM migration');
const epochs = statement('SELECT number FROM event_epoch');

describe('a schema', () => {
  test('is made once when two processes start at the same moment on an empty database', async () => {
    const [first, second] = await Promise.all([services.start(), services.start()]);
    expect(await first.database.read(migrations)).toHaveLength(1);
    expect(await second.database.read(epochs)).toEqual([{ number: 1 }]);
  });

  test('is left alone by the next start', async () => {
    const first = await services.start();
    await first.context().write({ name: 'note', input: {} }, async (tx) => {
      await tx.run(statement("INSERT INTO note (id) VALUES ('kept')"));
    });
    const second = await services.start();
    expect(await second.database.read(statement('SELECT id FROM note'))).toEqual([{ id: 'kept' }]);
  });

  test('of two services of one database starting at the same moment is made for both', async () => {
    const [people, ideas] = await Promise.all([services.start({ name: 'people' }), services.start({ name: 'ideas' })]);
    expect(await people.database.read(epochs)).toHaveLength(1);
    expect(await ideas.database.read(epochs)).toHaveLength(1);
  });
});

describe('a service', () => {
  test('reads the log of another one and nothing else of it', async () => {
    await services.start({ name: 'people' });
    const ideas = await services.start({ name: 'ideas' });
    expect(await ideas.database.read(statement('SELECT id FROM people.event'))).toEqual([]);
    await expect(ideas.database.read(statement('SELECT id FROM people.note'))).rejects.toThrow('permission denied');
    await expect(ideas.database.read(statement('DELETE FROM people.event'))).rejects.toThrow('permission denied');
  });
});

describe('a migration', () => {
  test('cannot be taken back', async () => {
    const Step = migration('2026-01-01T00:00:00Z', 'AddNote', 'SELECT 1');
    const step = new Step() as unknown as { down(): Promise<void> };
    await expect(step.down()).rejects.toThrow('moves forward');
  });

  test('needs a date, since the dates are the order', () => {
    expect(() => migration('soon', 'AddNote')).toThrow('no valid date');
  });
});
