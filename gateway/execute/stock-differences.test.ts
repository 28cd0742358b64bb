/** Where the stock gateway is wrong or silent, and what our executor does instead. */
import { parse } from 'graphql';
import { type StockGateway, startStockGateway } from '#gateway/plan/testing/stock-gateway.js';
import { randomOperation } from './testing/random-operations.js';
import { runDocument } from './testing/run-document.js';
import { buildShop } from './testing/shop/shop.js';
import { buildGraph, link } from './testing/test-graph.js';

const shop = buildShop();
let stock: StockGateway;

beforeAll(async () => {
  stock = await startStockGateway(shop.supergraph.sdl, shop.schemas);
});

afterAll(() => stock.stop());

const stockData = async (source: string) => {
  const { data, errors } = await stock.execute({ document: parse(source), context: { journal: [] } });
  return { data: JSON.parse(JSON.stringify(data ?? null)), errors };
};

describe('an alias with the name of a key', () => {
  const source = '{ me { id: email displayName karma } }';

  test('overwrites the key in the stock gateway, which then gives wrong data without an error', async () => {
    expect(await stockData(source)).not.toMatchObject({
      data: { me: { id: 'ada@x.org', displayName: 'Ada', karma: 1 } },
    });
  });

  test('is an alias like any other here', async () => {
    const { data, errors } = await runDocument(shop, source);
    expect({ data, errors }).toEqual({
      data: { me: { id: 'ada@x.org', displayName: 'Ada', karma: 1 } },
      errors: undefined,
    });
  });

  test.each(Array.from({ length: 60 }, (_, seed) => seed))(
    'gives what a harmless alias gives, seed %i',
    async (seed) => {
      const harmless = operationWithAlias('harmlessAlias', seed);
      const unsafe = { ...harmless, source: harmless.source.replaceAll('harmlessAlias', 'id') };
      const expected = await runDocument(shop, harmless.source, { variables: harmless.variables });
      const { data } = await runDocument(shop, unsafe.source, { variables: unsafe.variables });
      expect(JSON.stringify(data)).toBe(JSON.stringify(expected.data).replaceAll('harmlessAlias', 'id'));
    },
  );

  /** Without any `id` of its own, so that both texts are valid. */
  function operationWithAlias(alias: string, seed: number) {
    const allows = (coordinate: string) => !/\.id$|^Query\.(user|product|warehouse)$/.test(coordinate);
    return randomOperation(shop.supergraph.apiSchema, seed, { aliases: [alias], allows });
  }
});

describe('an alias with the name of the type name', () => {
  const source = '{ search(term: "abcdefg") { ... on User { __typename: displayName karma } ... on Book { pages } } }';

  test('does not confuse the types here', async () => {
    const { data } = await runDocument(shop, source);
    expect(data).toMatchObject({ search: [{ pages: 125 }, { __typename: 'Bob', karma: 2 }, {}, {}, null, null] });
  });
});

test('the alias __proto__ is refused with a clear message', async () => {
  await expect(runDocument(shop, '{ me { __proto__: name { first } } }')).rejects.toThrow(
    '"__proto__" cannot be used as an alias. Choose another one.',
  );
});

describe('a type name beside fields of an interface object', () => {
  const source = '{ books { averageRating __typename } }';

  test('makes the stock gateway answer nothing at all, without an error', async () => {
    expect(await stockData(source)).toEqual({ data: null, errors: undefined });
  });

  test('is the type of the object here', async () => {
    const { data, errors } = await runDocument(shop, source);
    expect(data).toEqual({ books: [4, null, null].map((averageRating) => ({ averageRating, __typename: 'Book' })) });
    expect(errors).toBeUndefined();
  });
});

describe('one response key with different arguments by type', () => {
  const graph = buildGraph({
    a: {
      sdl: `${link('key')} interface Post { id: ID! author: User } type Query { posts: [Post!]! }
        type Text implements Post { id: ID! author: User } type Photo implements Post { id: ID! author: User }
        type User @key(fields: "id") { id: ID! }`,
      resolvers: {
        Query: {
          posts: () => [
            { __typename: 'Text', id: '1', author: { id: 'u' } },
            { __typename: 'Photo', id: '2', author: { id: 'u' } },
          ],
        },
      },
    },
    b: {
      sdl: `${link('key')} type User @key(fields: "id") { id: ID! picture(size: Int!): String team: Team } type Team { logo(size: Int!): String }`,
      resolvers: {
        User: {
          __resolveReference: (user: object) => ({ ...user, team: {} }),
          picture: (_: unknown, { size }: { size: number }) => `picture ${size}`,
        },
        Team: { logo: (_: unknown, { size }: { size: number }) => `logo ${size}` },
      },
    },
  });
  const source = `{ posts { ... on Text { author { picture(size: 1) team { logo(size: 1) } } }
    ... on Photo { author { picture(size: 2) team { logo(size: 2) } } } } }`;

  test('keeps the types apart here, also for one entity below both', async () => {
    const { data, errors } = await runDocument(graph, source);
    expect({ data, errors }).toEqual({
      data: {
        posts: [
          { author: { picture: 'picture 1', team: { logo: 'logo 1' } } },
          { author: { picture: 'picture 2', team: { logo: 'logo 2' } } },
        ],
      },
      errors: undefined,
    });
  });

  test('gives one type the values of the other in the stock gateway', async () => {
    const gateway = await startStockGateway(graph.supergraph.sdl, graph.schemas);
    const { data } = await gateway.execute({ document: parse(source), context: {} });
    await gateway.stop();
    const posts = data?.posts as { author: { picture: string } }[];
    expect(posts[0]?.author.picture).toBe(posts[1]?.author.picture);
  });
});

describe('a null where none may stand', () => {
  const source = '{ reviews { id product { title } } }';

  test('is told in errors here, with its path', async () => {
    const { errors } = await runDocument(shop, source, {
      intercept: ({ subgraph }) =>
        subgraph === 'reviews'
          ? { data: { reviews: [{ id: 'r1', product: { __typename: 'Product', id: 'p1' } }] } }
          : { data: { _entities: [{ __typename: 'Book', title: null }] } },
    });
    expect(errors).toMatchObject([
      { path: ['reviews', 0, 'product', 'title'], extensions: { code: 'NULL_IN_NON_NULL_FIELD' } },
    ]);
  });
});

test('a field that a subgraph could not give keeps its error path down to the list item', async () => {
  const source = '{ reviews { author { secret } } }';
  const ours = await runDocument(shop, source, { context: { journal: [] } });
  expect(ours.errors?.every(({ path }) => path?.[0] === 'reviews')).toBe(true);
});
