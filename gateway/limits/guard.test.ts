import { getIntrospectionQuery } from 'graphql';
import { readConfig } from '#kernel/config/config.js';
import { onBusyMachine } from '#test/hub/on-busy-machine.js';
import { createGuard, type Guard } from './guard.js';
import { limitsOf } from './limits.js';

const guardWith = (environment: Record<string, string> = {}): Guard => createGuard(limitsOf(readConfig(environment)));
const usual = guardWith();

function refusalOf(look: () => unknown): unknown {
  try {
    look();
    return undefined;
  } catch (error) {
    return (error as { extensions?: unknown }).extensions;
  }
}
const documentRefusal = (text: string, guard = usual) => refusalOf(() => guard.checkDocument(text));

const nested = (levels: number, inner = '__typename') => `${'{a'.repeat(levels - 1)}{${inner}${'}'.repeat(levels)}`;
const times = (count: number, text: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => text(index)).join(' ');
/** Each fragment spreads the next one twice: a line of text for each doubling. */
const doubling = (count: number) =>
  `{ ...F0 } ${times(count, (index) => `fragment F${index} on Query { ...F${index + 1} ...F${index + 1} }`)} fragment F${count} on Query { __typename }`;

describe('a document', () => {
  test.each([
    ['the usual introspection', getIntrospectionQuery()],
    ['as many levels as there may be', nested(20)],
    ['names that look like keywords', '{ fragment query on: subscription { mutation: type } }'],
    [
      'braces within values',
      'query Q($a: T = {b: {c: 1}}) { a(b: {c: [{d: "}}}{{{"}]}) { ...on T @skip(if: $a) { e } } }',
    ],
    ['nothing that is GraphQL', '{ viewer'],
    ['what is no token', '{ viewer ~ }'],
  ])('with %s passes', (_, text) => {
    expect(documentRefusal(text)).toBeUndefined();
  });

  test.each<[string, string, string, number, number]>([
    ['characters', 'too long', `{ __typename } #${'x'.repeat(100_000)}`, 100_016, 100_000],
    ['tokens', 'of too many tokens', `{ ${times(6_000, () => 'a')} }`, 5_001, 5_000],
    ['depth', 'nested too deep', nested(21), 21, 20],
    ['depth', 'nested too deep by fragments', `${nested(15, '...F')} fragment F on T ${nested(7)}`, 21, 20],
    ['nesting', 'with inline fragments in each other', `${'{...'.repeat(41)}{a}${'}'.repeat(41)}`, 41, 40],
    ['nesting', 'with lists in each other', `{ a(b: ${'['.repeat(60_000)}) }`, 41, 40],
    ['nesting', 'with list types in each other', `query ($a: ${'['.repeat(50)}Int${']'.repeat(50)}) { a }`, 41, 40],
    ['selections', 'with a field again and again', `{ a { ${times(1_001, () => 'b')} } }`, 1_002, 1_000],
    ['selections', 'that fragments blow up', doubling(40), 3 * 2 ** 40 - 1, 1_000],
    ['selections', 'that fragments blow up beyond numbers', doubling(99), Number.MAX_SAFE_INTEGER, 1_000],
    ['aliases', 'with an alias for each guess', `{ ${times(51, (index) => `a${index}: b`)} }`, 51, 50],
    ['rootFields', 'with too many root fields', `{ ${times(31, (index) => `a${index}`)} }`, 31, 30],
    [
      'rootFields',
      'with root fields in fragments',
      `{ ...F ...F } fragment F on Query { ... { ${times(16, (i) => `a${i}`)} } }`,
      32,
      30,
    ],
    ['directives', 'with a directive again and again', `{ a ${times(51, () => '@skip(if: true)')} }`, 51, 50],
    ['fragments', 'of fragments', `{ a } ${times(101, (index) => `fragment F${index} on T { a }`)}`, 101, 100],
    [
      'introspection',
      'that asks for the schema four times',
      '{ ...F ...F } fragment F on Query { __schema { a } b: __type { a } }',
      4,
      3,
    ],
  ])('is refused above the limit "%s" when it is one %s', (limit, _, text, value, maximum) => {
    expect(documentRefusal(text)).toEqual({ code: 'LIMIT_EXCEEDED', limit, value, maximum });
  });

  test.each([
    ['a fragment that contains itself', '{ ...A } fragment A on Query { b { ...B } } fragment B on T { ...A }'],
    ['two fragments of one name', '{ ...A } fragment A on Query { a } fragment A on Query { ...B }'],
    ['a type behind which a fragment would be overlooked', 'scalar S fragment A on Query { ...A ...A } { ...A }'],
  ])('is not valid with %s', (_, text) => {
    expect(documentRefusal(text)).toEqual({ code: 'GRAPHQL_VALIDATION_FAILED' });
  });

  test('is judged in no time, however much it would expand to', () => {
    const guard = guardWith({ DOCUMENT_MAX_FRAGMENTS: '1000', DOCUMENT_MAX_TOKENS: '100000' });
    const started = performance.now();
    documentRefusal(doubling(900), guard);
    expect(performance.now() - started).toBeLessThan(onBusyMachine(1_000));
  });

  test('may not ask for the schema where introspection is closed, by any name', () => {
    const closed = guardWith({ INTROSPECTION: 'closed' });
    for (const text of [
      '{ __schema { types { name } } }',
      '{ ...A } fragment A on Query { t: __type(name: "Idea") { name } }',
    ])
      expect(documentRefusal(text, closed)).toEqual({ code: 'INTROSPECTION_DISABLED' });
    expect(
      documentRefusal('{ __typename ideas { __typename } a: ideas(filter: { text: "__schema" }) { b } }', closed),
    ).toBeUndefined();
  });
});

describe('the JSON of a request', () => {
  const jsonRefusal = (text: string, guard = usual) => refusalOf(() => guard.parseJson(text));

  test.each([
    ['brackets in texts', JSON.stringify({ query: `"\\"${'[{'.repeat(100)}\\` })],
    ['ends of texts', '{"a\\\\":["\\\\\\"]]]",""]}'],
  ])('passes with %s', (_, text) => {
    expect(usual.parseJson(text)).toEqual(JSON.parse(text));
  });

  test('may be so deep and no deeper, and is not parsed first', () => {
    expect(jsonRefusal(`${'['.repeat(32)}${']'.repeat(32)}`)).toBeUndefined();
    expect(jsonRefusal('['.repeat(3_000_000))).toEqual({
      code: 'LIMIT_EXCEEDED',
      limit: 'jsonDepth',
      value: 33,
      maximum: 32,
    });
  });

  test('may have so many values', () => {
    const refused = { code: 'LIMIT_EXCEEDED', limit: 'jsonValues', value: 200_001, maximum: 200_000 };
    expect(jsonRefusal(`[${'[],'.repeat(300_000)}0]`)).toEqual(refused);
  });

  test('may have variables of so many bytes, in a body and in a message', () => {
    const guard = guardWith({ VARIABLES_MAX_BYTES: '2000' });
    const refused = { code: 'LIMIT_EXCEEDED', limit: 'variables', value: 2_010, maximum: 2_000 };
    const variables = { a: 'ö'.repeat(1_001) };
    expect(jsonRefusal(JSON.stringify({ query: '{ a }', variables }), guard)).toEqual(refused);
    expect(jsonRefusal(JSON.stringify({ type: 'subscribe', payload: { variables } }), guard)).toEqual(refused);
    expect(jsonRefusal(JSON.stringify({ query: 'x'.repeat(3_000), variables: { a: 1 } }), guard)).toBeUndefined();
  });
});
