import { type TestService, testServices } from '#test/service/test-service.js';
import { statement } from '../database/statement.js';
import { condition } from './condition.js';
import { connectionLoader } from './connection.js';
import { columnIn, type List, type ListOrder } from './list.js';

let services: Awaited<ReturnType<typeof testServices>>;
let service: TestService;

const list: List = { name: 'notes of a parent', from: 'note n', columns: 'n.id', parent: 'n.parent' };
const order: ListOrder = { name: 'ID', direction: 'ASC', terms: [{ sql: 'n.id', type: 'text' }] };

beforeAll(async () => {
  services = await testServices();
  service = await services.start();
  const insert = statement('INSERT INTO note (id, size, at, parent) VALUES ($1, 1, now(), $2)');
  for (const [id, parent] of ['open', 'open', 'closed'].entries())
    await service.database.read(insert, [`${id}`, parent]);
});

afterAll(() => services.stop());

/** Stands for whether a space is visible: it depends on nothing but the parent. */
const isOpen = (column: string) =>
  condition(`EXISTS (SELECT 1 FROM note door WHERE door.parent = ${column} AND door.parent = ?)`, 'open');

async function read(parents: readonly string[]) {
  const lists = connectionLoader(service.context());
  const selection = () => ({ list, order, where: [isOpen(columnIn(list, 'n.parent'))] });
  const pages = await Promise.all(parents.map((parent) => lists.load<{ id: string }>(parent, selection(), {})));
  return Promise.all(
    pages.map(async ({ nodes, totalCount }) => ({ total: await totalCount, ids: (await nodes).map(({ id }) => id) })),
  );
}

async function sent(work: () => Promise<unknown>): Promise<string[]> {
  const texts: string[] = [];
  const stop = service.database.statements.listen((text) => texts.push(text));
  await work().finally(stop);
  return texts.filter((text) => text.includes('note'));
}

describe('a condition on the parent of a list', () => {
  test('holds for each parent by itself, whether one is asked for or many', async () => {
    const [open, closed] = [
      { total: 2, ids: ['0', '1'] },
      { total: 0, ids: [] },
    ];
    expect(await read(['open', 'closed'])).toEqual([open, closed]);
    expect([await read(['open']), await read(['closed'])]).toEqual([[open], [closed]]);
  });

  test.each([[['open']], [['open', 'closed']]])(
    'is decided once for each parent and not for each row: %j',
    async (parents) => {
      const [text = ''] = await sent(() => read(parents));
      const plan: Record<string, string>[] = await service.database.dataSource.query(`EXPLAIN (GENERIC_PLAN) ${text}`);
      const once = plan.filter((line) => line['QUERY PLAN']?.includes('One-Time Filter: (InitPlan'));
      expect(once).toHaveLength(2); // one of the page, one of the total
    },
  );

  test('is the column itself where rows hang on something else', () => {
    expect(columnIn(list, 'n.size')).toBe('n.size');
  });
});
