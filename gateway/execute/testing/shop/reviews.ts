/** The reviews subgraph of the test shop: an interface object, provided fields, and stubs of people. */
import type { ShopContext } from './shop-context.js';

export const reviewsSdl = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9",
    import: ["@key", "@shareable", "@external", "@provides", "@requires", "@interfaceObject"])

  type Product @key(fields: "id") @interfaceObject {
    id: ID!
    reviews(first: Int = 2): [Review!]!
    averageRating: Float
    bestReview: Review
  }

  type User @key(fields: "id") {
    id: ID!
    displayName: String! @external
    role: Role @external
    reviews(first: Int = 2): [Review!]!
    greeting: String @requires(fields: "displayName role")
    karma: Int!
  }

  enum Role { ADMIN MEMBER GUEST HIDDEN }

  interface Note { id: ID! body: String }

  type Review implements Note @key(fields: "id") {
    id: ID!
    body: String
    rating: Int!
    author: User
    strictAuthor: User!
    knownAuthor: User @provides(fields: "displayName")
    product: Product!
    replies: [Note!]
  }

  type Reply implements Note { id: ID! body: String at: Int by: User }

  type Query {
    reviews: [Review!]!
    latestReview: Review
    notes: [Note!]!
  }

  type Mutation {
    addReview(product: ID!, body: String!): Review
    logReviews(entry: String!): Int!
  }
`;

interface ReviewRow {
  readonly id: string;
  readonly body: string | null;
  readonly rating: number;
  readonly by: string;
  readonly on: string;
}

const rows: readonly ReviewRow[] = [
  { id: 'r1', body: 'Fine', rating: 4, by: 'u1', on: 'p1' },
  { id: 'r2', body: null, rating: 2, by: 'u2', on: 'p1' },
  { id: 'r3', body: 'Heavy', rating: 5, by: 'u9', on: 'p2' },
  { id: 'r4', body: 'Odd', rating: 1, by: 'u1', on: 'p4' },
  { id: 'r5', body: 'Old', rating: 3, by: 'u8', on: 'p5' },
];

const user = ({ by }: ReviewRow) => ({ id: by });
const replies = [
  { __typename: 'Reply', id: 'y1', body: 'Yes', at: 12, by: { id: 'u2' } },
  { __typename: 'Review', ...rows[1] },
];

export const reviewsResolvers = {
  Product: {
    __resolveReference: ({ id }: { id: string }) => ({ id }),
    reviews: ({ id }: { id: string }, { first }: { first: number }) => reviewsOf(id).slice(0, first),
    averageRating: ({ id }: { id: string }) => reviewsOf(id)[0]?.rating,
    bestReview: ({ id }: { id: string }) => reviewsOf(id)[0],
  },
  User: {
    __resolveReference: (reference: { id: string }) => reference,
    reviews: ({ id }: { id: string }, { first }: { first: number }) =>
      rows.filter(({ by }) => by === id).slice(0, first),
    greeting: ({ displayName, role }: { displayName?: string; role?: string }) => `Hello ${displayName}, ${role}`,
    karma: ({ id }: { id: string }) => Number(id.slice(1)),
    displayName: ({ id }: { id: string }) => `Provided ${id}`,
  },
  Note: { __resolveType: ({ __typename }: { __typename?: string }) => __typename ?? 'Review' },
  Review: {
    __resolveReference: ({ id }: { id: string }) => rows.find((row) => row.id === id),
    author: user,
    strictAuthor: user,
    knownAuthor: user,
    product: ({ on }: ReviewRow) => ({ id: on }),
    replies: ({ id }: ReviewRow) => (id === 'r1' ? replies : null),
  },
  Query: {
    reviews: () => rows,
    latestReview: () => rows[2],
    notes: () => [rows[0], replies[0]],
  },
  Mutation: {
    addReview: (_: unknown, { product, body }: { product: string; body: string }): ReviewRow => ({
      id: 'r7',
      body,
      rating: 3,
      by: 'u2',
      on: product,
    }),
    logReviews: (_: unknown, { entry }: { entry: string }, { journal }: ShopContext) =>
      journal.push(`reviews ${entry}`),
  },
};

function reviewsOf(product: string): ReviewRow[] {
  return rows.filter(({ on }) => on === product);
}
