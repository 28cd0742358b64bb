import { runDocument } from './testing/run-document.js';
import { buildShop } from './testing/shop/shop.js';
import { buildGraph, link } from './testing/test-graph.js';

const shop = buildShop();

const codes = (errors: readonly { readonly extensions: object }[] | undefined) =>
  (errors ?? []).map(({ extensions }) => ('code' in extensions ? extensions.code : undefined));

describe('an entity that its subgraph does not know', () => {
  test('leaves null at the nearest nullable place, without an error', async () => {
    const { data, errors } = await runDocument(shop, '{ books { title author { email } } }');
    expect(data).toEqual({
      books: [
        { title: 'Tables', author: { email: 'ada@x.org' } },
        { title: 'Chairs', author: null },
        { title: 'Doors', author: { email: 'bob@x.org' } },
      ],
    });
    expect(errors).toBeUndefined();
  });

  test('takes its parent with it where it may not be missing, still without an error', async () => {
    const { data, errors } = await runDocument(
      shop,
      '{ product(id: "p2") { bestReview { rating strictAuthor { email } } } }',
    );
    expect(data).toEqual({ product: { bestReview: null } });
    expect(errors).toBeUndefined();
  });
});

describe('a null where none may stand', () => {
  const graph = buildGraph({
    owner: {
      sdl: `${link('key')} type Thing @key(fields: "id") { id: ID! parts: [Part!] } type Part @key(fields: "id") { id: ID! }
        type Query { things: [Thing!] }`,
      resolvers: {
        Query: {
          things: () => [
            { id: '1', parts: [{ id: 'a' }, { id: 'b' }] },
            { id: '2', parts: null },
          ],
        },
      },
    },
    namer: {
      sdl: `${link('key')} type Part @key(fields: "id") { id: ID! name: String! size: Int }`,
      resolvers: {},
    },
  });
  const source = '{ things { id parts { id name size } } }';

  test('is an error at its path, and null at the nearest nullable place', async () => {
    const { data, errors } = await runDocument(graph, source, {
      intercept: (request) =>
        request.subgraph === 'namer'
          ? {
              data: {
                _entities: [
                  { name: null, size: 1 },
                  { name: 'B', size: 2 },
                ],
              },
            }
          : {
              data: {
                things: [
                  {
                    id: '1',
                    parts: [
                      { __typename: 'Part', id: 'a' },
                      { __typename: 'Part', id: 'b' },
                    ],
                  },
                ],
              },
            },
    });
    expect(data).toEqual({ things: [{ id: '1', parts: null }] });
    expect(errors).toMatchObject([
      { path: ['things', 0, 'parts', 0, 'name'], extensions: { code: 'NULL_IN_NON_NULL_FIELD' } },
    ]);
    expect(errors?.[0]?.message).toBe('Part.name must not be null, but no service gave a value.');
  });

  test('is not reported again when the subgraph has told why', async () => {
    const { data, errors } = await runDocument(graph, source, {
      intercept: (request) =>
        request.subgraph === 'namer'
          ? {
              data: { _entities: [null, { name: 'B' }] },
              errors: [{ message: 'Gone', path: ['_entities', 0, 'name'] }],
            }
          : {
              data: {
                things: [
                  {
                    id: '1',
                    parts: [
                      { __typename: 'Part', id: 'a' },
                      { __typename: 'Part', id: 'b' },
                    ],
                  },
                ],
              },
            },
    });
    expect(data).toEqual({ things: [{ id: '1', parts: null }] });
    expect(errors).toMatchObject([{ message: 'Gone', path: ['things', 0, 'parts', 0, 'name'] }]);
  });

  test('reaches the root when nothing above is nullable', async () => {
    const { data, errors } = await runDocument(shop, '{ strictMe { missing } }');
    expect(data).toBeNull();
    expect(errors).toMatchObject([{ path: ['strictMe', 'missing'], extensions: { service: 'accounts' } }]);
  });
});

describe('an error of a subgraph', () => {
  test('stands at every place of the response that its entity has', async () => {
    const { errors } = await runDocument(shop, '{ reviews { author { s: secret } } }', {
      intercept: (request) =>
        request.subgraph === 'accounts'
          ? {
              data: { _entities: [null, null] },
              errors: [{ message: 'No', path: ['_entities', 0, 's'], extensions: { code: 'MY_CODE', hint: 1 } }],
            }
          : { data: { reviews: ['u1', 'u2', 'u1'].map((id) => ({ author: { __typename: 'User', id } })) } },
    });
    const extensions = { code: 'MY_CODE', hint: 1, service: 'accounts' };
    expect(errors?.map((error) => error.toJSON())).toEqual([
      { message: 'No', path: ['reviews', 0, 'author', 's'], extensions },
      { message: 'No', path: ['reviews', 2, 'author', 's'], extensions },
    ]);
  });

  test('keeps its path under the alias of the client, also when plans use another name', async () => {
    const { errors } = await runDocument(shop, '{ u: user(id: "u2") { id: secret displayName } }');
    expect(errors).toMatchObject([{ path: ['u', 'id'], extensions: { code: 'SUBGRAPH_ERROR', service: 'accounts' } }]);
  });

  test('without a path stands at the place that all its objects share', async () => {
    const { data, errors } = await runDocument(shop, '{ me { id friends(first: 3) { karma } } }', {
      intercept: (request) =>
        request.subgraph === 'reviews'
          ? { data: null, errors: [{ message: 'Not now' }] }
          : { data: { me: { id: 'u1', friends: [1, 2].map((n) => ({ __typename: 'User', id: `u${n}` })) } } },
    });
    expect(data).toEqual({ me: null });
    expect(errors).toMatchObject([{ message: 'Not now', path: ['me', 'friends'] }]);
  });
});

describe('a subgraph that cannot be reached', () => {
  const unreachable = (name: string) => ({
    intercept: ({ subgraph }: { subgraph: string }) => {
      if (subgraph === name) throw new Error('connect ECONNREFUSED');
      const author = { __typename: 'User', id: 'u1' };
      return {
        data: {
          reviews: [
            { rating: 1, author },
            { rating: 2, author: { ...author, id: 'u2' } },
          ],
        },
      };
    },
  });

  test('costs only what it owns, and is told once', async () => {
    const { data, errors } = await runDocument(
      shop,
      '{ reviews { rating author { email } } }',
      unreachable('accounts'),
    );
    expect(data).toEqual({
      reviews: [
        { rating: 1, author: null },
        { rating: 2, author: null },
      ],
    });
    expect(errors).toMatchObject([
      { path: ['reviews'], extensions: { code: 'SUBGRAPH_UNAVAILABLE', service: 'accounts' } },
    ]);
    expect(errors?.[0]?.message).not.toContain('ECONNREFUSED');
  });

  test('is told at each root field it was asked for', async () => {
    const { data, errors } = await runDocument(
      shop,
      '{ a: me { id } users { id } reviews { rating } }',
      unreachable('accounts'),
    );
    expect(data).toBeNull();
    expect(errors?.map(({ path }) => path)).toEqual([['a'], ['users']]);
    expect(codes(errors)).toEqual(['SUBGRAPH_UNAVAILABLE', 'SUBGRAPH_UNAVAILABLE']);
  });
});

describe('an answer that cannot be right', () => {
  const answer = (data: unknown) => ({ intercept: () => ({ data }) });

  test('with fewer entities than were asked for is not spread over the wrong objects', async () => {
    const { data, errors } = await runDocument(shop, '{ users { friends { karma } } }', {
      intercept: (request) =>
        request.subgraph === 'reviews'
          ? { data: { _entities: [{ karma: 1 }] } }
          : { data: { users: [{ friends: ['u1', 'u2'].map((id) => ({ __typename: 'User', id })) }] } },
    });
    expect(data).toBeNull();
    expect(codes(errors)).toEqual(['SUBGRAPH_BAD_RESPONSE']);
  });

  test('with neither data nor errors is an error', async () => {
    const { errors } = await runDocument(shop, '{ me { id } }', answer(undefined));
    expect(codes(errors)).toEqual(['SUBGRAPH_BAD_RESPONSE']);
  });

  test.each([
    ['an enum value that clients may not see', '{ me { role } }', { me: { role: 'HIDDEN' } }, ['me', 'role']],
    ['text for a number', '{ me { wrongInt } }', { me: { wrongInt: 'many' } }, ['me', 'wrongInt']],
    ['an object for a list', '{ me { badges { level } } }', { me: { badges: {} } }, ['me', 'badges']],
    ['text for an object', '{ me { name { last } } }', { me: { name: 'Ada' } }, ['me', 'name']],
    [
      'a type that is not in the union',
      '{ search(term: "a") { ... on User { id } } }',
      { search: [{ __typename: 'Bot', id: 'b' }] },
      ['search', 0],
    ],
  ])('%s becomes null with an error', async (_, source, data, path) => {
    const { errors } = await runDocument(shop, source, answer(data));
    expect(errors).toMatchObject([{ path, extensions: { code: 'INVALID_VALUE' } }]);
  });

  test('with a number for an ID or a String is mended', async () => {
    const { data, errors } = await runDocument(
      shop,
      '{ me { id displayName } }',
      answer({ me: { id: 7, displayName: 8 } }),
    );
    expect({ data, errors }).toEqual({ data: { me: { id: '7', displayName: '8' } }, errors: undefined });
  });
});

test('variables that do not fit are refused before any subgraph is asked', async () => {
  const source = 'query ($first: Int!) { topProducts(first: $first) { id } }';
  const { data, errors, calls } = await runDocument(shop, source, { variables: { first: 'three' } });
  expect(data).toBeUndefined();
  expect(codes(errors)).toEqual(['BAD_USER_INPUT']);
  expect(calls).toEqual([]);
});
