/** The accounts subgraph of the test shop: people and bots, two keys, errors on request, entities that do not exist. */
import type { ShopContext } from './shop-context.js';

export const accountsSdl = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9",
    import: ["@key", "@shareable", "@inaccessible"])

  scalar Date
  scalar JSON
  enum Role { ADMIN MEMBER GUEST HIDDEN @inaccessible }

  interface Actor { id: ID! displayName: String! }

  type Name @shareable { first: String! last: String }

  type Badge @shareable { label: String! level: Int }

  type User implements Actor @key(fields: "id") @key(fields: "email") {
    id: ID!
    email: String!
    displayName: String! @shareable
    name: Name
    role: Role
    joined: Date
    settings: JSON
    manager: User
    friends(first: Int = 2): [User!]!
    badges: [Badge]
    secret: String
    strictSecret: String!
    missing: String!
    wrongInt: Int
  }

  type Bot implements Actor @key(fields: "id") {
    id: ID!
    displayName: String!
    owner: User
    version: Float!
  }

  input UserFilter { role: Role ids: [ID!] }

  type Status @shareable { ok: Boolean! accounts: Int! }

  type Query {
    me: User
    user(id: ID!): User
    users(filter: UserFilter): [User!]!
    actors: [Actor]!
    strictMe: User!
    status: Status! @shareable
    brokenUsers: [User!]
    echo(value: String, list: [Int!] = [1, 2]): String
  }

  type Mutation {
    renameUser(id: ID!, displayName: String!): User
    logAccounts(entry: String!): Int!
    failAccounts: User
  }
`;

interface UserRow {
  readonly id: string;
  readonly email: string;
  readonly displayName: string;
  readonly role: string;
  readonly manager?: string;
  readonly friends: readonly string[];
}

const rows: readonly UserRow[] = [
  { id: 'u1', email: 'ada@x.org', displayName: 'Ada', role: 'ADMIN', friends: ['u2', 'u3', 'u4'] },
  { id: 'u2', email: 'bob@x.org', displayName: 'Bob', role: 'MEMBER', manager: 'u1', friends: ['u1'] },
  { id: 'u3', email: 'cy@x.org', displayName: 'Cy', role: 'GUEST', manager: 'u2', friends: ['u1', 'u2'] },
  { id: 'u4', email: 'dee@x.org', displayName: 'Dee', role: 'MEMBER', manager: 'u2', friends: [] },
];

/** Ids that other subgraphs mention and this one does not know: `u9`. The id `u8` makes its reference throw. */
function userById(id: string | undefined): UserRow | undefined {
  if (id === 'u8') throw new Error('User u8 cannot be read');
  return rows.find((row) => row.id === id);
}

export const accountsResolvers = {
  User: {
    __resolveReference: (reference: { id?: string; email?: string }, { journal }: ShopContext) => {
      journal.push(`user ${reference.id ?? reference.email}`);
      return reference.id ? userById(reference.id) : rows.find(({ email }) => email === reference.email);
    },
    name: ({ displayName }: UserRow) => ({ first: displayName, last: displayName === 'Bob' ? null : 'Smith' }),
    joined: ({ id }: UserRow) => `2024-01-0${id.slice(1)}`,
    settings: ({ id }: UserRow) => (id === 'u1' ? { theme: 'dark', sizes: [1, 2, { nested: null }] } : null),
    manager: ({ manager }: UserRow) => userById(manager),
    friends: ({ friends }: UserRow, { first }: { first: number }) => friends.slice(0, first).map(userById),
    badges: ({ id }: UserRow) => (id === 'u4' ? null : [{ label: 'early', level: 1 }, null, { label: 'kind' }]),
    secret: ({ id }: UserRow) => {
      if (id === 'u2') throw new Error('The secret of Bob cannot be read');
      return `secret of ${id}`;
    },
    strictSecret: ({ id }: UserRow) => {
      if (id === 'u3') throw new Error('The strict secret of Cy cannot be read');
      return `strict secret of ${id}`;
    },
    missing: () => null,
    wrongInt: () => 7,
  },
  Bot: {
    __resolveReference: ({ id }: { id: string }) => (id === 'b1' ? bot : null),
  },
  Actor: { __resolveType: ({ id }: { id: string }) => (id.startsWith('b') ? 'Bot' : 'User') },
  Query: {
    me: () => rows[0],
    user: (_: unknown, { id }: { id: string }) => userById(id),
    users: (_: unknown, { filter }: { filter?: { role?: string; ids?: string[] } }) =>
      rows.filter(
        ({ id, role }) => (!filter?.role || filter.role === role) && (!filter?.ids || filter.ids.includes(id)),
      ),
    actors: () => [rows[1], bot, null, rows[3]],
    strictMe: () => rows[2],
    status: () => ({ ok: true, accounts: rows.length }),
    brokenUsers: () => {
      throw new Error('The users are away');
    },
    echo: (_: unknown, { value, list }: { value?: string; list: number[] }) => `${value}:${list.join('+')}`,
  },
  Mutation: {
    renameUser: (_: unknown, { id, displayName }: { id: string; displayName: string }) => {
      const row = userById(id);
      return row && { ...row, displayName };
    },
    logAccounts: (_: unknown, { entry }: { entry: string }, { journal }: ShopContext) =>
      journal.push(`accounts ${entry}`),
    failAccounts: () => {
      throw new Error('accounts refuse');
    },
  },
};

const bot = { id: 'b1', displayName: 'Robo', owner: rows[0], version: 1.5 };
