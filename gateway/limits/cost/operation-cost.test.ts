import { getIntrospectionQuery, getOperationAST, parse, validate } from 'graphql';
import { loadSupergraph } from '#gateway/plan/supergraph.js';
import { readText } from '#test/docs/documents.js';
import { operationCost } from './operation-cost.js';

const { apiSchema } = loadSupergraph(readText('schema/supergraph.graphql'));

function costOf(text: string, variables: Record<string, unknown> = {}): number {
  const document = parse(text);
  expect(validate(apiSchema, document).map(({ message }) => message)).toEqual([]);
  const operation = getOperationAST(document);
  if (!operation) throw new Error('One operation, please.');
  return operationCost(apiSchema, document, operation)(variables);
}

test.each<[string, string, number, Record<string, unknown>?]>([
  ['nothing that has to be looked for is free', '{ __typename }', 0],
  ['one thing is one point', '{ idea(id: "a") { id title } }', 1],
  ['things in each other add up', '{ idea(id: "a") { space { name } challenge { title } } }', 3],
  ['a page is itself and its entries', '{ ideas(first: 10) { nodes { id } } }', 11],
  ['a page of no size has 25', '{ ideas { nodes { id } } }', 26],
  ['entries by edges cost their edges as well', '{ ideas(first: 10) { edges { cursor node { id } } } }', 21],
  ['a count alone is cheap', '{ ideas(first: 100) { totalCount } }', 1],
  [
    'pages in each other multiply',
    '{ ideas(first: 10) { nodes { contributions(last: 20) { nodes { id } } } } }',
    1 + 10 * (1 + 1 + 20),
  ],
  ['a size comes from a variable', 'query ($n: Int) { ideas(first: $n) { nodes { id } } }', 8, { n: 7 }],
  ['or from its default', 'query ($n: Int = 7) { ideas(first: $n) { nodes { id } } }', 8],
  ['no page is longer than pages are', '{ ideas(first: 1000000) { nodes { id } } }', 101],
  ['nor shorter than empty', '{ ideas(first: -5) { nodes { id } } }', 1],
  ['a list without pages is taken to have five', '{ idea(id: "a") { authors { name } } }', 6],
  ['ids cost one each', 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', 3, { ids: ['a', 'b', 'c'] }],
  [
    'fragments cost where they are used',
    '{ a: idea(id: "a") { ...F } b: idea(id: "b") { ...F } } fragment F on Idea { space { name } }',
    4,
  ],
  [
    'what is left out costs nothing',
    'query ($deep: Boolean!) { idea(id: "a") { space @include(if: $deep) { name } challenge @skip(if: true) { title } } }',
    1,
    { deep: false },
  ],
  [
    'what is asked for costs',
    'query ($deep: Boolean!) { idea(id: "a") { space @include(if: $deep) { name } } }',
    2,
    { deep: true },
  ],
  [
    'a change costs ten and its answer',
    'mutation ($i: EndorseIdeaInput!) { endorseIdea(input: $i) { idea { id } cursor } }',
    12,
    { i: {} },
  ],
])('%s', (...[, text, points, variables]) => {
  expect(costOf(text, variables)).toBe(points);
});

test('an import costs its records', () => {
  const mutation = 'mutation ($i: ImportIdeaRecordsInput!) { importIdeaRecords(input: $i) { cursor } }';
  expect(costOf(mutation, { i: { records: Array.from({ length: 500 }, () => ({ a: [1, 2, 3] })) } })).toBe(
    10 + 500 + 1,
  );
});

test('the page clients open with costs a small part of what an operation may', () => {
  expect(costOf(readText('docs/examples/page.graphql'), { space: 'a' })).toBeLessThan(2_500);
});

test('the usual introspection passes, and asking for it under many names does not', () => {
  expect(costOf(getIntrospectionQuery())).toBeLessThan(10_000);
  const types = (index: number) => `a${index}: types { fields { args { type { fields { name } } } } }`;
  const many = Array.from({ length: 50 }, (_, index) => types(index)).join(' ');
  expect(costOf(`{ __schema { ${many} } }`)).toBeGreaterThan(50_000);
});
