import { parse } from 'graphql';
import { compileOperation } from './compile-operation.js';
import { fetchOf, runDocument } from './testing/run-document.js';
import { buildShop } from './testing/shop/shop.js';
import { buildGraph, link } from './testing/test-graph.js';

const shop = buildShop();

const callsTo = (calls: readonly { readonly subgraph: string }[], name: string) =>
  calls.filter(({ subgraph }) => subgraph === name);

test('the same entity in many places is asked for once', async () => {
  const { data, calls } = await runDocument(shop, '{ users { friends(first: 3) { karma } } }');
  expect(callsTo(calls, 'reviews')).toHaveLength(1);
  expect(calls[1]?.variables.representations).toEqual(
    ['u2', 'u3', 'u4', 'u1'].map((id) => ({ __typename: 'User', id })),
  );
  expect(data).toEqual({
    users: [
      { friends: [{ karma: 2 }, { karma: 3 }, { karma: 4 }] },
      { friends: [{ karma: 1 }] },
      { friends: [{ karma: 1 }, { karma: 2 }] },
      { friends: [] },
    ],
  });
});

test('fetches that start together at one subgraph travel in one call', async () => {
  const source = '{ product(id: "p1") { maker { ... on User { karma } } ... on Book { author { greeting: karma } } } }';
  const { data, calls } = await runDocument(shop, source);
  expect(data).toEqual({ product: { maker: { karma: 2 }, author: { greeting: 1 } } });
  expect(calls.map(({ subgraph }) => subgraph)).toEqual(['products', 'reviews']);
});

test('in a shared call, a failure of one fetch leaves the others their data', async () => {
  const source =
    '{ product(id: "p5") { maker { ... on User { karma } } reviews { author { displayName } strictAuthor { id } } } }';
  const { data, errors } = await runDocument(shop, source);
  expect(data).toMatchObject({
    product: { maker: { karma: 9 }, reviews: [{ strictAuthor: { id: 'u8' }, author: null }] },
  });
  expect(errors).toMatchObject([{ message: 'User u8 cannot be read' }]);
});

test('the errors of a shared call stand at the places of their own fetch', async () => {
  const source = '{ product(id: "p1") { maker { ... on User { karma } } ... on Book { author { inner: karma } } } }';
  const { errors } = await runDocument(shop, source, {
    intercept: ({ subgraph }) =>
      subgraph === 'products'
        ? {
            data: {
              product: {
                __typename: 'Book',
                maker: { __typename: 'User', id: 'u1' },
                author: { __typename: 'User', id: 'u2' },
              },
            },
          }
        : {
            data: { _0: [null], _1: [null] },
            errors: [
              { message: 'zero', path: ['_0', 0, 'karma'] },
              { message: 'one', path: ['_1', 0, 'inner'] },
              { message: 'all' },
            ],
          },
  });
  expect(errors?.map(({ message }) => message).sort()).toEqual(['all', 'one', 'zero']);
  expect(errors?.find(({ message }) => message === 'zero')?.path).toEqual(['product', 'maker', 'karma']);
  expect(errors?.find(({ message }) => message === 'one')?.path).toEqual(['product', 'author', 'inner']);
});

describe('the same question at the same time', () => {
  const graph = buildGraph({
    a: {
      sdl: `${link('key')} type Query { left: Box right: Box } type Box { slow: Item fast: Item } type Item @key(fields: "id") { id: ID! }`,
      resolvers: { Query: { left: () => box, right: () => box } },
    },
    b: {
      sdl: `${link('key')} type Item @key(fields: "id") { id: ID! parent: Parent } type Parent @key(fields: "id") { id: ID! }`,
      resolvers: { Item: { __resolveReference: (item: object) => ({ ...item, parent: { id: 'p' } }) } },
    },
    c: {
      sdl: `${link('key')} type Parent @key(fields: "id") { id: ID! title: String tags: [Tag] } type Tag @key(fields: "id") { id: ID! }`,
      resolvers: {
        Parent: { __resolveReference: ({ id }: { id: string }) => ({ id, title: `T${id}`, tags: [{ id: 't' }] }) },
      },
    },
    d: {
      sdl: `${link('key')} type Tag @key(fields: "id") { id: ID! label(upper: Boolean): String }`,
      resolvers: {
        Tag: {
          __resolveReference: (tag: object) => tag,
          label: (_: unknown, { upper }: { upper?: boolean }) => (upper ? 'T' : 't'),
        },
      },
    },
  });
  const box = { slow: { id: '1' }, fast: { id: '1' } };

  test('is asked once, and its answers do not run into each other', async () => {
    const source = `{ left { slow { parent { title tags { label } } } }
      right { fast { parent { title tags { label: label(upper: true) } } } } }`;
    const { data, calls } = await runDocument(graph, source);
    expect(data).toEqual({
      left: { slow: { parent: { title: 'Tp', tags: [{ label: 't' }] } } },
      right: { fast: { parent: { title: 'Tp', tags: [{ label: 'T' }] } } },
    });
    expect(callsTo(calls, 'c')).toHaveLength(1);
  });
});

test('nothing is asked where there is nobody to ask about', async () => {
  const { data, calls } = await runDocument(shop, '{ user(id: "u7") { karma greeting inbox } }');
  expect(data).toEqual({ user: null });
  expect(calls.map(({ subgraph }) => subgraph)).toEqual(['accounts']);
});

test('what the client left out is not asked', async () => {
  const source =
    'query ($with: Boolean!) { me { id ... @include(if: $with) { karma } } reviews @include(if: $with) { id } }';
  const { data, calls } = await runDocument(shop, source, { variables: { with: false } });
  expect(data).toEqual({ me: { id: 'u1' } });
  expect(calls.map(({ subgraph }) => subgraph)).toEqual(['accounts']);
});

test('a subgraph sees only the variables that its part of the operation uses', async () => {
  const source =
    'query ($term: String!, $first: Int) { search(term: $term) { ... on User { reviews(first: $first) { id } } } }';
  const { calls } = await runDocument(shop, source, { variables: { term: 'abc', first: 1 } });
  expect(calls[0]?.variables).toEqual({ term: 'abc' });
  expect(calls[1]?.variables).toEqual({ first: 1, representations: [{ __typename: 'User', id: 'u2' }] });
});

test('mutations run in the order in which they are written, whatever subgraph they belong to', async () => {
  const context = { journal: [] as string[] };
  const source = `mutation { a: logReviews(entry: "1") b: logAccounts(entry: "2") c: logAccounts(entry: "3") d: logReviews(entry: "4") }`;
  const { data } = await runDocument(shop, source, { context });
  expect(context.journal).toEqual(['reviews 1', 'accounts 2', 'accounts 3', 'reviews 4']);
  expect(data).toEqual({ a: 1, b: 2, c: 3, d: 4 });
});

test('an operation that is compiled once serves different callers at the same time', async () => {
  const document = parse('query ($id: ID!) { user(id: $id) { displayName karma } }');
  const operation = compileOperation(shop.supergraph, document);
  if (operation.kind === 'subscription') throw new Error('This is a query.');
  const run = (id: string) => operation.run({ variables: { id }, context: { journal: [] }, fetch: fetchOf(shop) });
  expect(await Promise.all([run('u1'), run('u2')])).toEqual([
    { data: { user: { displayName: 'Ada', karma: 1 } } },
    { data: { user: { displayName: 'Bob', karma: 2 } } },
  ]);
});
