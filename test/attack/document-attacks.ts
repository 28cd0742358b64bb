/** A document that is meant to hurt, and how it is refused. */
export interface DocumentAttack {
  readonly name: string;
  readonly query: string;
  readonly code: string;
  /** Of LIMIT_EXCEEDED. */
  readonly limit?: string;
}

const times = (count: number, text: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => text(index)).join(' ');
const nested = (levels: number, field: string, leaf: string) =>
  `${`${field} { `.repeat(levels)}${leaf}${' }'.repeat(levels)}`;
const doubling = (count: number) =>
  `{ ...F0 } ${times(count, (index) => `fragment F${index} on Query { ...F${index + 1} ...F${index + 1} }`)} fragment F${count} on Query { __typename }`;

const limited = (limit: string, name: string, query: string): DocumentAttack => ({
  name,
  query,
  code: 'LIMIT_EXCEEDED',
  limit,
});
const invalid = (name: string, query: string): DocumentAttack => ({ name, query, code: 'GRAPHQL_VALIDATION_FAILED' });

export const documentAttacks: readonly DocumentAttack[] = [
  limited(
    'aliases',
    'an alias for each guess',
    `{ ${times(300, (index) => `a${index}: node(id: "${index}") { id }`)} }`,
  ),
  limited('directives', 'directives upon directives', `{ __typename ${times(400, () => '@skip(if: false)')} }`),
  limited('directives', 'directives nobody knows', `{ __typename ${times(400, (index) => `@d${index}`)} }`),
  invalid('a fragment in itself', '{ ...A } fragment A on Query { ...A }'),
  invalid(
    'fragments in a ring',
    '{ ...A } fragment A on Query { ...B } fragment B on Query { ...C } fragment C on Query { ...A }',
  ),
  limited('selections', 'a kilobyte of fragments that doubles itself', doubling(24)),
  limited('selections', 'fragments that double themselves beyond numbers', doubling(90)),
  limited('rootFields', 'one field again and again', `{ ${times(900, () => '__typename')} }`),
  limited(
    'selections',
    'one field again and again, further down',
    `{ ideas { nodes { ${times(1_500, () => 'id')} } } }`,
  ),
  limited(
    'depth',
    'fields in fields',
    `{ ideas { ${nested(12, 'nodes { conversations', 'totalCount')} ${'} '.repeat(12)} } }`,
  ),
  limited('nesting', 'inline fragments in each other', `{ ${nested(500, '... on Query', '__typename')} }`),
  limited('nesting', 'a list of lists', `{ nodes(ids: ${'['.repeat(2_000)}${']'.repeat(2_000)}) { id } }`),
  limited('nesting', 'brackets that never close', `{ nodes(ids: ${'['.repeat(50_000)}`),
  limited('tokens', 'a document without end', `{ nodes(ids: [${times(20_000, () => '""')}]) { id } }`),
  limited('characters', 'a comment without end', `{ __typename } #${'x'.repeat(200_000)}`),
  limited(
    'fragments',
    'fragments without end',
    `{ __typename } ${times(200, (index) => `fragment F${index} on Query { __typename }`)}`,
  ),
  limited(
    'introspection',
    'the schema again and again',
    `{ ...S ...S ...S ...S } fragment S on Query { __schema { description } }`,
  ),
  limited(
    'cost',
    'introspection that multiplies',
    `{ __schema { ${times(50, (index) => `a${index}: types { fields { args { type { fields { name } } } } }`)} } }`,
  ),
  invalid(
    'introspection in introspection',
    `{ __schema { types { ${nested(5, 'fields { type', 'name')} ${'} '.repeat(5)} } } }`,
  ),
  limited(
    'cost',
    'pages in pages',
    '{ ideas(first: 100) { nodes { contributions(first: 100) { nodes { idea { contributions(first: 100) { nodes { id } } } } } } } }',
  ),
  invalid(
    'the entities of a subgraph',
    '{ _entities(representations: [{ __typename: "Person", id: "a" }]) { __typename } }',
  ),
  invalid('the schema of a subgraph', '{ _service { sdl } }'),
  invalid('what only the hub itself may ask', '{ viewerOf(tokenHash: "a") { personId } }'),
  invalid('whose an exchanged token is', '{ clientWithToken(tokenHash: "a") { clientId } }'),
  invalid(
    'a token of a client without its secret',
    'mutation { issueClientToken(input: { client: "a", secretHash: "b" }) { token } }',
  ),
  invalid('counting for others', 'mutation { fillRateBucket(bucket: "a", points: 1, budget: 1) { fits } }'),
  invalid('types of its own', 'scalar S fragment A on Query { ...A } { ...A }'),
];
