import { type TestService, testServices } from '#test/service/test-service.js';
import { statement } from '../database/statement.js';

let services: Awaited<ReturnType<typeof testServices>>;
let service: TestService;

beforeAll(async () => {
  services = await testServices();
  service = await services.start();
});

afterAll(async () => {
  await services.stop();
});

const insert = statement('INSERT INTO note (id, size) VALUES ($1, 0)');
const grow = statement('UPDATE note SET size = size + 1 WHERE id = $1');
const sizes = statement('SELECT id, size FROM note WHERE id LIKE $1 ORDER BY id');

describe('a write', () => {
  test('without events has no cursor', async () => {
    const written = await service.context().write({ name: 'nothing', input: {} }, async () => 'done');
    expect(written).toEqual({ result: 'done', cursor: null });
  });

  test('that fails leaves neither its change nor its event', async () => {
    const work = service.context().write({ name: 'fail', input: {} }, async (tx) => {
      await tx.run(insert, ['failed']);
      tx.append({ type: 'ideas.challenge.opened', subject: 'failed', data: {} });
      throw new Error('changed my mind');
    });
    await expect(work).rejects.toThrow('changed my mind');
    expect(await service.database.read(sizes, ['failed'])).toEqual([]);
    expect((await service.events()).map((event) => event.subject)).not.toContain('failed');
  });

  test('that meets another one in a deadlock is tried again, and both are done once', async () => {
    await service.database.read(insert, ['dead-a']);
    await service.database.read(insert, ['dead-b']);
    let waiting = 2;
    let go = () => {};
    const bothBegan = new Promise<void>((resolve) => {
      go = resolve;
    });
    const cross = (first: string, second: string) =>
      service.context().write({ name: 'cross', input: {} }, async (tx) => {
        await tx.run(grow, [first]);
        if (--waiting <= 0) go();
        await bothBegan;
        await tx.run(grow, [second]);
        tx.append({ type: 'ideas.challenge.opened', subject: `${first} then ${second}`, data: {} });
      });
    await Promise.all([cross('dead-a', 'dead-b'), cross('dead-b', 'dead-a')]);
    expect(await service.database.read(sizes, ['dead-%'])).toEqual([
      { id: 'dead-a', size: 2 },
      { id: 'dead-b', size: 2 },
    ]);
    const crossed = (await service.events()).filter((event) => event.subject.startsWith('dead-'));
    expect(crossed).toHaveLength(2);
  });

  test('in turn is told in the order in which the turns were taken', async () => {
    await service.database.read(insert, ['turns']);
    const take = () =>
      service.context().write({ name: 'take', input: {}, inTurn: 'the-thing' }, async (tx) => {
        const [row] = await tx.run<{ size: number }>(
          statement('UPDATE note SET size = size + 1 WHERE id = $1 RETURNING size'),
          ['turns'],
        );
        tx.append({ type: 'ideas.challenge.opened', subject: `turn-${row?.size}`, data: {} });
      });
    await Promise.all(Array.from({ length: 30 }, take));
    const turns = (await service.events())
      .map((event) => event.subject)
      .filter((subject) => subject.startsWith('turn-'));
    expect(turns).toEqual(Array.from({ length: 30 }, (_, n) => `turn-${n + 1}`));
  });
});
