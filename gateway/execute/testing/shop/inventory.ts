/** The inventory subgraph of the test shop: fields that need other subgraphs' fields, an overridden one, hidden keys. */
export const inventorySdl = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9",
    import: ["@key", "@shareable", "@external", "@requires", "@override", "@inaccessible"])

  type Dimensions @shareable { size: Int weight: Float }
  type Brand @shareable { code: ID! }

  type Furniture @key(fields: "sku brand { code }") {
    sku: String!
    brand: Brand!
    dimensions: Dimensions @external
    inStock: Boolean!
    shipping: Float @requires(fields: "dimensions { size weight }")
    stock: [[Int!]]
  }

  type Book @key(fields: "id") {
    id: ID!
    isbn: String @override(from: "products")
    inStock: Boolean!
    copies: Int!
    location: Warehouse
  }

  type Warehouse @key(fields: "key") { key: ID! @inaccessible city: String! keeper: User capacity: Int }

  type User @key(fields: "id") { id: ID! email: String! @external keeps: [Warehouse!] inbox: String @requires(fields: "email") }

  type Query { warehouse(city: String!): Warehouse }
`;

const warehouses = [
  { key: 'w1', city: 'Bonn', keeper: { id: 'u1' }, capacity: 10 },
  { key: 'w2', city: 'Wien', keeper: { id: 'u9' }, capacity: null },
];

const warehouseByKey = (key: string) => warehouses.find((row) => row.key === key);

export const inventoryResolvers = {
  Furniture: {
    __resolveReference: (reference: { sku: string }) => reference,
    inStock: ({ sku }: { sku: string }) => sku === 'DSK',
    shipping: ({ dimensions }: { dimensions?: { size: number; weight: number } | null }) =>
      dimensions ? dimensions.size * dimensions.weight : null,
    stock: () => [[1, 2], null, [3]],
  },
  Book: {
    __resolveReference: ({ id }: { id: string }) => (id === 'p6' ? null : { id }),
    isbn: ({ id }: { id: string }) => `new-${id}`,
    inStock: () => true,
    copies: ({ id }: { id: string }) => {
      if (id === 'p3') throw new Error('The copies of p3 cannot be counted');
      return 12;
    },
    location: () => warehouses[0],
  },
  Warehouse: { __resolveReference: ({ key }: { key: string }) => warehouseByKey(key) },
  User: {
    __resolveReference: (reference: { id: string }) => reference,
    keeps: ({ id }: { id: string }) => warehouses.filter(({ keeper }) => keeper.id === id),
    inbox: ({ email }: { email?: string }) => `mailto:${email}`,
  },
  Query: { warehouse: (_: unknown, { city }: { city: string }) => warehouses.find((row) => row.city === city) },
};
