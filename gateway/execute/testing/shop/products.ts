/** The products subgraph of the test shop: an entity interface, a union, a compound key, nested lists, hidden keys. */
export const productsSdl = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9",
    import: ["@key", "@shareable", "@inaccessible", "@override"])

  enum Currency { EUR USD }

  interface Product @key(fields: "id") {
    id: ID!
    title: String!
    price(currency: Currency = EUR): Float
    maker: Maker
  }

  type Dimensions @shareable { size: Int weight: Float }
  type Brand @shareable { code: ID! label: String }

  type Book implements Product @key(fields: "id") {
    id: ID!
    title: String!
    price(currency: Currency = EUR): Float
    maker: Maker
    pages: Int!
    author: User
    isbn: String @shareable
    related: [Product]
  }

  type Furniture implements Product @key(fields: "id") @key(fields: "sku brand { code }") {
    id: ID!
    sku: String!
    brand: Brand!
    title: String!
    price(currency: Currency = EUR): Float
    maker: Maker
    dimensions: Dimensions
    warehouse: Warehouse
    related: [Product]
  }

  type Gift implements Product @key(fields: "id") {
    id: ID!
    title: String!
    price(currency: Currency = EUR): Float
    maker: Maker
    wraps: Product
    note: String!
  }

  type User @key(fields: "id", resolvable: false) { id: ID! }
  type Warehouse @key(fields: "key", resolvable: false) { key: ID! @inaccessible }
  type Company @key(fields: "id") { id: ID! label: String! boss: User }

  union Maker = User | Company
  union SearchResult = Book | Furniture | User | Company

  type Shelf { id: ID! rows: [[Product]!]! grid: [[[Int]]] }
  type Status @shareable { ok: Boolean! products: Int! }

  type Query {
    product(id: ID!): Product
    topProducts(first: Int = 4): [Product!]!
    books: [Book!]!
    search(term: String!): [SearchResult]!
    shelf: Shelf
    status: Status! @shareable
    warehouses: [Warehouse!]!
  }
`;

interface ProductRow {
  readonly __typename: 'Book' | 'Furniture' | 'Gift';
  readonly id: string;
  readonly title: string;
  readonly cents: number;
  readonly [key: string]: unknown;
}

const rows: readonly ProductRow[] = [
  book('p1', 'Tables', 1250, 'u1', { id: 'u2', __typename: 'User' }),
  furniture('p2', 'Desk', 'DSK', 'ikx', { size: 3, weight: 12.5 }, { id: 'c1', __typename: 'Company' }),
  book('p3', 'Chairs', 900, 'u9', null),
  gift('p4', 'Box', 'p2'),
  furniture('p5', 'Lamp', 'LMP', 'ikx', null, { id: 'u9', __typename: 'User' }),
  book('p6', 'Doors', 400, 'u2', { id: 'c1', __typename: 'Company' }),
];

function book(id: string, title: string, cents: number, author: string, maker: unknown): ProductRow {
  const related = [{ reference: 'p2' }, { reference: 'p6' }];
  return {
    __typename: 'Book',
    id,
    title,
    cents,
    pages: cents / 10,
    author: { id: author },
    maker,
    isbn: `i${id}`,
    related,
  };
}

function furniture(
  id: string,
  title: string,
  sku: string,
  brand: string,
  dimensions: unknown,
  maker: unknown,
): ProductRow {
  const warehouse = { key: id === 'p2' ? 'w1' : 'w9' };
  const related = [{ reference: 'p1' }, null];
  const brandRow = { code: brand, label: 'Ikx' };
  return {
    __typename: 'Furniture',
    id,
    title,
    sku,
    brand: brandRow,
    cents: 5000,
    dimensions,
    maker,
    warehouse,
    related,
  };
}

function gift(id: string, title: string, wraps: string): ProductRow {
  return { __typename: 'Gift', id, title, cents: 99, note: 'for you', maker: null, wraps: { reference: wraps } };
}

const company = { __typename: 'Company', id: 'c1', label: 'Maker & Co', boss: { id: 'u3' } };

const productById = (id: string) => rows.find((row) => row.id === id);
const price = ({ cents }: ProductRow, { currency }: { currency: string }) =>
  (cents / 100) * (currency === 'USD' ? 2 : 1);
const typeOf = ({ __typename }: { __typename: string }) => __typename;
const maker = ({ maker: made }: ProductRow) => (isCompany(made) ? company : made);
const isCompany = (value: unknown) => typeof value === 'object' && value !== null && 'id' in value && value.id === 'c1';
const resolveId = ({ id }: { id: string }) => productById(id);
const related = (row: ProductRow) =>
  (row.related as ({ reference: string } | null)[]).map((item) => item && productById(item.reference));

export const productsResolvers = {
  Product: { __resolveType: typeOf, __resolveReference: resolveId },
  SearchResult: { __resolveType: typeOf },
  Maker: { __resolveType: typeOf },
  Book: { __resolveReference: resolveId, price, maker, related },
  Furniture: {
    __resolveReference: ({ id, sku }: { id?: string; sku?: string }) =>
      rows.find((row) => (id ? row.id === id : row.sku === sku)),
    price,
    maker,
    related,
  },
  Gift: {
    __resolveReference: resolveId,
    price,
    maker,
    wraps: (row: ProductRow) => productById((row.wraps as { reference: string }).reference),
  },
  Company: { __resolveReference: ({ id }: { id: string }) => (id === 'c1' ? company : null) },
  Query: {
    product: (_: unknown, { id }: { id: string }) => productById(id),
    topProducts: (_: unknown, { first }: { first: number }) => rows.slice(0, first),
    books: () => rows.filter(({ __typename }) => __typename === 'Book'),
    search: (_: unknown, { term }: { term: string }) =>
      [rows[0], { __typename: 'User', id: 'u2' }, company, rows[1], null, { __typename: 'User', id: 'u9' }].slice(
        0,
        term.length + 1,
      ),
    shelf: () => ({
      id: 's1',
      rows: [[rows[0], rows[1]], [], [null, rows[3], rows[0]]],
      grid: [[[1, null], []], null],
    }),
    status: () => ({ ok: true, products: rows.length }),
    warehouses: () => [{ key: 'w1' }, { key: 'w2' }],
  },
};
