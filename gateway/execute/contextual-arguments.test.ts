import { runDocument } from './testing/run-document.js';
import { buildGraph } from './testing/test-graph.js';

const head =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.8", import: ["@key", "@context", "@fromContext"])';

const graph = buildGraph({
  shops: {
    sdl: `${head}
      type Query { shops: [Shop!]! }
      type Shop @key(fields: "id") @context(name: "shop") { id: ID! currency: String! items: [Item!]! }
      type Item @key(fields: "id") { id: ID! label: String! price(currency: String @fromContext(field: "$shop { currency }")): String }`,
    resolvers: {
      Query: {
        shops: () => [
          { id: 's1', currency: 'EUR', items: [{ id: 'i1' }, { id: 'i2' }] },
          { id: 's2', currency: 'USD', items: [{ id: 'i1' }] },
        ],
      },
      Shop: { __resolveReference: (shop: object) => shop },
      Item: {
        __resolveReference: (item: object) => item,
        label: ({ id }: { id: string }) => `Item ${id}`,
        price: ({ id }: { id: string }, { currency }: { currency?: string }) => `${id} in ${currency}`,
      },
    },
  },
  other: {
    sdl: `${head} type Item @key(fields: "id") { id: ID! weight: Int }`,
    resolvers: { Item: { __resolveReference: (item: object) => item, weight: () => 3 } },
  },
});

test('arguments come from the object above, also when the same entity stands below two of them', async () => {
  const { data, errors } = await runDocument(graph, '{ shops { currency items { label price weight } } }');
  expect(errors).toBeUndefined();
  expect(data).toEqual({
    shops: [
      {
        currency: 'EUR',
        items: [
          { label: 'Item i1', price: 'i1 in EUR', weight: 3 },
          { label: 'Item i2', price: 'i2 in EUR', weight: 3 },
        ],
      },
      { currency: 'USD', items: [{ label: 'Item i1', price: 'i1 in USD', weight: 3 }] },
    ],
  });
});

test('entities with the same argument are asked for together', async () => {
  const { calls } = await runDocument(graph, '{ shops { items { price } } }');
  const asked = calls
    .slice(1)
    .map(({ variables }) => Object.values(variables).filter((value) => typeof value === 'string'));
  expect(asked).toEqual([['EUR'], ['USD']]);
});
