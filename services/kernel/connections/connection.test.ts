import { type TestService, testServices } from '#test/service/test-service.js';
import { statement } from '../database/statement.js';
import { condition } from './condition.js';
import { type Connection, connect, connectionLoader, type Selection } from './connection.js';
import type { ListOrder } from './list.js';
import type { PageArguments } from './page.js';

let services: Awaited<ReturnType<typeof testServices>>;
let service: TestService;

beforeAll(async () => {
  services = await testServices();
  service = await services.start();
});

afterAll(async () => {
  await services.stop();
});

interface Note {
  readonly id: string;
}

const terms = {
  bySize: [
    { sql: 'n.size', type: 'integer' },
    { sql: 'n.id', type: 'text' },
  ],
  byTime: [
    { sql: 'n.at', type: 'timestamptz' },
    { sql: 'n.id', type: 'text' },
  ],
} as const;
const ascending: ListOrder = { name: 'SIZE', direction: 'ASC', terms: terms.bySize };
const orders: ListOrder[] = [
  ascending,
  { name: 'SIZE_DOWN', direction: 'DESC', terms: terms.bySize },
  { name: 'TIME', direction: 'ASC', terms: terms.byTime },
  { name: 'TIME_DOWN', direction: 'DESC', terms: terms.byTime },
];
const list = { name: 'notes', from: 'note n', columns: 'n.id' };
const select = (order = ascending, name = list.name): Selection => ({ list: { ...list, name }, order, where: [] });
const page = (args: PageArguments, selection = select()) => connect<Note>(service.context(), selection, args);
const idsOf = async (connection: Promise<Connection<Note>>) => (await (await connection).nodes).map(({ id }) => id);

const insert = statement('INSERT INTO note (id, size, at, parent) VALUES ($1, $2, $3, $4)');
const pad = (n: number) => String(n).padStart(2, '0');

/** Twelve notes; size and time tie for every three of them, so that only the id tells them apart. */
const all = Array.from({ length: 12 }, (_, n) => `note-${pad(n)}`);

beforeEach(async () => {
  await service.database.read(statement('TRUNCATE note'));
  for (const [n, id] of all.entries()) {
    const third = Math.floor(n / 3);
    await service.database.read(insert, [id, third, new Date(1_700_000_000_000 + third), n % 2 ? 'odd' : 'even']);
  }
});

describe('a list', () => {
  test.each(orders.map((order) => [order.name, order] as const))(
    'is read forward to its end, page by page, in the order %s',
    async (_, order) => {
      const expected = order.direction === 'ASC' ? all : [...all].reverse();
      const read: string[] = [];
      let after: string | null = null;
      for (let more = true; more; ) {
        const found: Connection<Note> = await page({ first: 5, after }, select(order));
        read.push(...(await found.nodes).map(({ id }) => id));
        const { hasNextPage, endCursor, hasPreviousPage } = await found.pageInfo;
        expect(hasPreviousPage).toBe(after !== null);
        [more, after] = [hasNextPage, endCursor];
      }
      expect(read).toEqual(expected);
    },
  );

  test.each(orders.map((order) => [order.name, order] as const))(
    'is read backward to its start, page by page, in the order %s',
    async (_, order) => {
      const expected = order.direction === 'ASC' ? all : [...all].reverse();
      const read: string[] = [];
      let before: string | null = null;
      for (let more = true; more; ) {
        const found: Connection<Note> = await page({ last: 5, before }, select(order));
        read.unshift(...(await found.nodes).map(({ id }) => id));
        const { hasPreviousPage, startCursor, hasNextPage } = await found.pageInfo;
        expect(hasNextPage).toBe(before !== null);
        [more, before] = [hasPreviousPage, startCursor];
      }
      expect(read).toEqual(expected);
    },
  );

  test.each(orders.map((order) => [order.name, order] as const))(
    'is continued from a cursor made of columns it selects anyway, in the order %s',
    async (_, order) => {
      const whole = { ...select(order), list: { ...list, columns: 'n.id AS "id", n.size AS "size", n.at AS "at"' } };
      const own = (await (await page({ first: 7 }, select(order))).pageInfo).endCursor;
      const { endCursor } = await (await page({ first: 7 }, whole)).pageInfo;
      expect(endCursor).toBe(own);
      expect(await idsOf(page({ first: 100, after: endCursor }, whole))).toHaveLength(5);
    },
  );

  test('is cut at both ends by "after" and "before"', async () => {
    const edges = await (await page({ first: 12 })).edges;
    const [after, before] = [edges[2]?.cursor ?? '', edges[9]?.cursor ?? ''];
    expect(await idsOf(page({ first: 100, after, before }))).toEqual(all.slice(3, 9));
    expect(await idsOf(page({ last: 2, after, before }))).toEqual(all.slice(7, 9));
  });

  test('says that there is more when a page ends exactly one entry early', async () => {
    expect(await (await page({ first: 11 })).pageInfo).toMatchObject({ hasNextPage: true });
    expect(await (await page({ first: 12 })).pageInfo).toMatchObject({ hasNextPage: false });
  });

  test('gives 25 entries when neither "first" nor "last" is given', async () => {
    for (let n = 20; n < 40; n += 1) await service.database.read(insert, [`note-${n}`, 9, new Date(), null]);
    expect(await idsOf(page({}))).toHaveLength(25);
  });

  test('gives no entry for "first: 0", but whether there is one', async () => {
    const none = await page({ first: 0 });
    expect(await none.nodes).toEqual([]);
    expect(await none.pageInfo).toMatchObject({ hasNextPage: true, startCursor: null, endCursor: null });
  });

  test('counts all of its entries, whatever the page', async () => {
    expect(await (await page({ first: 1 })).totalCount).toBe(12);
    const odd = { ...select(), where: [condition('n.parent = ?', 'odd')] };
    expect(await (await page({ first: 1 }, odd)).totalCount).toBe(6);
    const second = await page({ first: 1, after: (await (await page({ first: 1 }, odd)).pageInfo).endCursor }, odd);
    expect(await Promise.all([second.totalCount, second.nodes])).toMatchObject([6, [{ id: 'note-03' }]]);
  });

  test('neither repeats nor skips an entry when others are added and removed between two pages', async () => {
    const first = await page({ first: 5 });
    const { endCursor } = await first.pageInfo;
    await service.database.read(insert, ['note-00-new', 0, new Date(), null]);
    await service.database.read(statement("DELETE FROM note WHERE id IN ('note-01', 'note-04')"));
    expect(await idsOf(page({ first: 100, after: endCursor }))).toEqual(all.slice(5));
  });

  test('reads nothing that is not asked for', async () => {
    let statements = 0;
    const stop = service.database.statements.listen((text) => {
      if (text.includes('FROM note n')) statements += 1; // the tail of the log asks for something now and then
    });
    const found = await page({ first: 5 });
    expect(statements).toBe(0);
    await Promise.all([found.nodes, found.edges, found.pageInfo]);
    stop();
    expect(statements).toBe(1);
  });
});

describe('a page', () => {
  test.each<[string, PageArguments]>([
    ['from both ends', { first: 1, last: 1 }],
    ['of more than a hundred', { first: 101 }],
    ['of more than a hundred from the end', { last: 101 }],
    ['of less than nothing', { first: -1 }],
  ])('%s is refused', async (_, args) => {
    await expect(page(args)).rejects.toMatchObject({ extensions: { code: 'BAD_PAGE' } });
  });

  test('of a hundred is the largest', async () => {
    expect(await idsOf(page({ first: 100 }))).toHaveLength(12);
  });
});

describe('a page cursor', () => {
  const cursorOf = async (selection = select()) =>
    (await (await page({ first: 1 }, selection)).pageInfo).endCursor ?? '';
  const use = async (after: string, selection = select()) => (await page({ first: 1, after }, selection)).nodes;
  const badCursor = { extensions: { code: 'BAD_CURSOR' } };

  test('of another list is refused', async () => {
    await expect(use(await cursorOf(select(ascending, 'other notes')))).rejects.toMatchObject(badCursor);
  });

  test('of another order is refused', async () => {
    await expect(use(await cursorOf(select(orders[2])))).rejects.toMatchObject(badCursor);
  });

  test('that was tampered with is refused', async () => {
    const [, tag] = (await cursorOf()).split('.');
    const forged = `${Buffer.from(JSON.stringify([99, "' OR true --"])).toString('base64url')}.${tag}`;
    await expect(use(forged)).rejects.toMatchObject(badCursor);
  });

  test.each(['', 'x', 'a.b'])('is not %j', async (text) => {
    await expect(use(text)).rejects.toMatchObject(badCursor);
  });
});

describe('the lists of many parents', () => {
  const ofParent: Selection = { ...select(), list: { ...list, name: 'Parent.notes', parent: 'n.parent' } };

  test('are read with one statement and counted with one more', async () => {
    const lists = connectionLoader(service.context());
    const texts: string[] = [];
    const stop = service.database.statements.listen((text) => texts.push(text));
    const parents = ['odd', 'even', 'nobody'];
    const found = await Promise.all(parents.map((parent) => lists.load<Note>(parent, ofParent, { first: 2 })));
    const nodes = await Promise.all(found.map((connection) => connection.nodes));
    const totals = await Promise.all(found.map((connection) => connection.totalCount));
    stop();
    expect(nodes.map((rows) => rows.map(({ id }) => id))).toEqual([['note-01', 'note-03'], ['note-00', 'note-02'], []]);
    expect(totals).toEqual([6, 6, 0]);
    expect(texts).toHaveLength(2);
  });

  test('are read and counted with one statement when both are asked for at once', async () => {
    const lists = connectionLoader(service.context());
    const texts: string[] = [];
    const stop = service.database.statements.listen((text) => texts.push(text));
    const found = await Promise.all(
      ['odd', 'nobody'].map((parent) => lists.load<Note>(parent, ofParent, { first: 2 })),
    );
    const answers = await Promise.all(found.map((each) => Promise.all([each.totalCount, each.nodes, each.pageInfo])));
    stop();
    expect(answers).toMatchObject([
      [6, [{ id: 'note-01' }, { id: 'note-03' }], { hasNextPage: true }],
      [0, [], { hasNextPage: false, endCursor: null }],
    ]);
    expect(texts).toHaveLength(1);
  });

  test('are not counted where the parent keeps the number', async () => {
    const lists = connectionLoader(service.context());
    const connection = await lists.load<Note>('odd', ofParent, { first: 2 }, () => 42);
    expect(await connection.totalCount).toBe(42);
  });

  test('that ask for different pages do not get each other’s', async () => {
    const lists = connectionLoader(service.context());
    const [one, three] = await Promise.all([
      lists.load<Note>('odd', ofParent, { first: 1 }),
      lists.load<Note>('odd', ofParent, { first: 3 }),
    ]);
    expect(await one.nodes).toHaveLength(1);
    expect(await three.nodes).toHaveLength(3);
  });

  test('asked for twice at once are read once', async () => {
    const lists = connectionLoader(service.context());
    const twice = await Promise.all([1, 2].map(() => lists.load<Note>('odd', ofParent, { first: 100 })));
    for (const connection of twice) expect(await connection.nodes).toHaveLength(6);
  });

  test('are read anew after a change in the same request', async () => {
    const lists = connectionLoader(service.context());
    const ask = async () => (await lists.load<Note>('odd', ofParent, { first: 100 })).nodes;
    expect(await ask()).toHaveLength(6);
    await service.database.read(statement("DELETE FROM note WHERE id = 'note-01'"));
    expect(await ask()).toHaveLength(5);
  });
});
