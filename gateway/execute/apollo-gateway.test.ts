import { ApolloServer } from '@apollo/server';
import { parse } from 'graphql';
import { createApolloGateway, type WeftGateway } from './apollo-gateway.js';
import { createInProcessTransport } from './in-process-transport.js';
import { buildShop } from './testing/shop/shop.js';
import type { ShopContext } from './testing/shop/shop-context.js';

const shop = buildShop();

function createGateway(cachedOperations?: number): WeftGateway {
  const transports = [...shop.schemas].map(
    ([name, schema]) =>
      [name, createInProcessTransport<ShopContext>({ schema, contextValue: (context) => context })] as const,
  );
  return createApolloGateway<ShopContext>({
    supergraph: shop.supergraph,
    transports: new Map(transports),
    ...(cachedOperations === undefined ? {} : { cachedOperations }),
  });
}

describe('behind Apollo Server', () => {
  const server = new ApolloServer<ShopContext>({
    gateway: createGateway(),
    introspection: true,
    includeStacktraceInErrorResponses: false,
  });

  beforeAll(() => server.start());
  afterAll(() => server.stop());

  async function execute(query: string, variables: Record<string, unknown> = {}) {
    const { body } = await server.executeOperation({ query, variables }, { contextValue: { journal: [] } });
    if (body.kind !== 'single') throw new Error('Only single results are expected.');
    return body.singleResult;
  }

  test('queries are answered from all subgraphs', async () => {
    const { data, errors } = await execute('query ($id: ID!) { user(id: $id) { displayName karma } }', { id: 'u1' });
    expect({ data, errors }).toEqual({ data: { user: { displayName: 'Ada', karma: 1 } }, errors: undefined });
  });

  test('what does not fit the schema is refused by the server', async () => {
    const { errors } = await execute('{ warehouses { key } }');
    expect(errors).toMatchObject([{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }]);
  });

  test('errors of subgraphs arrive with path, code and service, and nothing of the inside', async () => {
    const { errors } = await execute('{ user(id: "u2") { secret } }');
    expect(errors).toEqual([
      {
        message: 'The secret of Bob cannot be read',
        path: ['user', 'secret'],
        extensions: { code: 'SUBGRAPH_ERROR', service: 'accounts' },
      },
    ]);
  });

  test('variables that do not fit are named', async () => {
    const { errors } = await execute('query ($first: Int!) { topProducts(first: $first) { id } }', { first: 'x' });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  });

  test('introspection sees the schema of clients', async () => {
    const { data } = await execute('{ __type(name: "Warehouse") { fields { name } } }');
    expect(data).toEqual({ __type: { fields: [{ name: 'city' }, { name: 'keeper' }, { name: 'capacity' }] } });
  });
});

describe('compiled operations', () => {
  const document = parse('query A { me { id } } query B { users { id } }');
  const key = (queryHash: string, operationName: string) => ({ document, queryHash, operationName });

  test('are kept for the same document and operation name', () => {
    const gateway = createGateway();
    const first = gateway.compiled(key('h', 'A'));
    expect(gateway.compiled(key('h', 'A'))).toBe(first);
    expect(gateway.compiled(key('h', 'B'))).not.toBe(first);
  });

  test('are forgotten when many others came since', () => {
    const gateway = createGateway(2);
    const first = gateway.compiled(key('1', 'A'));
    gateway.compiled(key('2', 'A'));
    expect(gateway.compiled(key('1', 'A'))).toBe(first);
    gateway.compiled(key('3', 'A'));
    gateway.compiled(key('4', 'A'));
    expect(gateway.compiled(key('1', 'A'))).not.toBe(first);
  });

  test('a subgraph without a transport is told before the first request', () => {
    expect(() => createApolloGateway({ supergraph: shop.supergraph, transports: new Map() })).toThrow(
      'These subgraphs have no transport: accounts, inventory, products, reviews. Add one for each.',
    );
  });
});
