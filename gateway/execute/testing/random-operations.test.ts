import { buildSchema, parse, validate } from 'graphql';
import { randomOperation } from './random-operations.js';

const schema = buildSchema(`
  type Query { node(id: ID!): Node all(first: Int = 3): [Node!]! }
  interface Node { id: ID! }
  type Book implements Node { id: ID! title(upper: Boolean): String author: Person }
  type Person implements Node { id: ID! name: String books: [Book] }
`);

const many = Array.from({ length: 100 }, (_, seed) => randomOperation(schema, seed));

test('every operation is valid', () => {
  for (const { source } of many) expect(validate(schema, parse(source))).toEqual([]);
});

test('the same seed gives the same operation', () => {
  expect(many.map((_, seed) => randomOperation(schema, seed))).toEqual(many);
});

test('all the features of a query come up', () => {
  const text = many.map(({ source }) => source).join('\n');
  for (const feature of [
    '@skip',
    '@include',
    'fragment F0',
    '... on Book',
    '... on Node',
    ': title',
    '$v0',
    '__typename',
  ]) {
    expect(text).toContain(feature);
  }
});

test('values and fields can be chosen by the caller', () => {
  const operations = Array.from({ length: 50 }, (_, seed) =>
    randomOperation(schema, seed, {
      allows: (coordinate) => coordinate !== 'Query.all' && coordinate !== 'Book.title',
      valueFor: (coordinate) => (coordinate === 'Query.node(id)' ? 'known' : undefined),
    }),
  );
  for (const { source, variables } of operations) {
    expect(source).not.toMatch(/\ball\b|\btitle\b/);
    if (source.includes('node(')) expect(Object.values(variables)).toContain('known');
  }
});
