import {
  buildSchema,
  execute,
  GraphQLError,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  type GraphQLUnionType,
  parse,
  validate,
} from 'graphql';
import { compileQuery } from './compile-query.js';

const schema = buildSchema(`
  scalar Odd
  enum Color { RED BLUE }
  interface Named { name: String }
  type Person implements Named { name: String friends: [Person!]! strict: Person! boss: Person broken: String
    brokenStrict: String! later: String laterStrict: String! age: Int wrongAge: Int odd: Odd color: Color wrongColor: Color
    greet(word: String = "Hello", times: Int!): String method(loud: Boolean): String gone: Person failure: String where: String }
  type Robot implements Named { name: String owner: Person serial: ID! }
  union Any = Person | Robot
  union Slow = Person | Robot
  type Query { person: Person people: [Person] promised: [Person!] strictPeople: [Person!] nested: [[Person]!] words: [String!]
    named: [Named] any: [Any] lost: [Named] slowAny: [Slow] nobody: Person noList: [Person] mixed: [String] strict: Person! set: [Int!] throwing: [Int] }
`);

type Row = Readonly<Record<string, unknown>>;

const friend = (name: string): Row => ({ name, friends: [], age: 7 });
const person: Row = {
  __typename: 'Person',
  name: 'Ann',
  age: 41,
  wrongAge: 'many',
  color: 'RED',
  wrongColor: 'GREEN',
  odd: 3,
  friends: [friend('Bo'), friend('Cy')],
  boss: friend('Di'),
  failure: new Error('kept as a value'),
  strict: Promise.resolve(friend('Ed')),
  get broken() {
    throw new Error('broken');
  },
  get brokenStrict() {
    throw new GraphQLError('broken, strictly', { extensions: { code: 'BROKEN' } });
  },
  get later() {
    return Promise.reject(new Error('broken later'));
  },
  get laterStrict() {
    return Promise.reject(new Error('broken later, strictly'));
  },
  method: ({ loud }: { loud?: boolean }) => (loud ? 'HERE' : 'here'),
};
const robot: Row = { __typename: 'Robot', name: 'R', owner: friend('Bo'), serial: 17 };
const stranger: Row = { __typename: 'Stranger', name: 'S' };

const rows: Readonly<Record<string, () => unknown>> = {
  person: () => person,
  people: () => [
    person,
    null,
    Promise.resolve(friend('Fay')),
    Promise.reject(new Error('no third')),
    new Error('no fourth'),
  ],
  promised: async () => [Promise.resolve(friend('Fay')), friend('Gil')],
  strictPeople: () => [friend('Fay'), null],
  nested: async () => [[person, Promise.resolve(friend('Fay'))], Promise.resolve([null]), []],
  words: () => ['one', 'two', 3, true],
  named: () => [person, robot],
  any: () => [robot, person],
  lost: () => [robot, stranger, { name: 'nothing known' }, { __typename: 'Query' }],
  slowAny: () => [robot, person, stranger],
  nobody: () => undefined,
  noList: () => person,
  mixed: () => ['a', null, {}, 'b'],
  strict: () => null,
  set: () => new Set([1, 2]),
  throwing: function* () {
    yield 1;
    throw new Error('in the middle');
  },
};

beforeAll(() => {
  const query = schema.getQueryType()?.getFields() ?? {};
  for (const [name, give] of Object.entries(rows)) if (query[name]) query[name].resolve = give;
  const fields = (schema.getType('Person') as GraphQLObjectType).getFields();
  const greet: GraphQLFieldResolver<Row, unknown> = ({ name }, { word, times }) => `${word} ${name} `.repeat(times);
  if (fields.greet) fields.greet.resolve = greet;
  const slow = schema.getType('Slow') as GraphQLUnionType;
  slow.resolveType = async (row: Row) => {
    if (row === stranger) throw new Error('whoever this is');
    return String(row.__typename);
  };
  if (fields.where) fields.where.resolve = async (_row, _args, context, info) => `${pathOf(info)} ${context}`;
});

function pathOf({ path, parentType, fieldName }: GraphQLResolveInfo): string {
  const keys: (string | number)[] = [];
  for (let place: GraphQLResolveInfo['path'] | undefined = path; place; place = place.prev) keys.unshift(place.key);
  return `${keys.join('.')} ${parentType.name}.${fieldName}`;
}

/** Of graphql-js and of ours, in an order that does not depend on who walks how through the answer. */
async function both(text: string, variables: Record<string, unknown> = {}) {
  const document = parse(text);
  expect(validate(schema, document)).toEqual([]);
  const query = compileQuery(schema, document, undefined);
  const ours = await query?.(variables, 'context');
  const again = await query?.(variables, 'context');
  const theirs = await execute({ schema, document, variableValues: variables, contextValue: 'context' });
  return [ours, again, theirs].map((result) => ({
    data: JSON.stringify(result?.data),
    errors: (result?.errors ?? [])
      .map(({ path, message, locations, extensions }) => JSON.stringify({ path, message, locations, extensions }))
      .sort(),
  }));
}

describe('a compiled query answers as graphql-js does', () => {
  test.each([
    '{ person { name age odd color friends { name friends { name } } boss { name } } }',
    '{ person { b: name a: name name friends { name } friends { age } } }',
    '{ person { __typename friends { __typename } } __typename }',
    '{ people { name later broken } }',
    '{ promised { name } }',
    '{ strictPeople { name } }',
    '{ nested { name broken } }',
    '{ words mixed set }',
    '{ throwing }',
    '{ nobody { name } noList { name } }',
    '{ person { name failure broken later wrongAge wrongColor } }',
    '{ person { boss { name } brokenStrict } }',
    '{ person { laterStrict name } }',
    '{ people { name brokenStrict } }',
    '{ person { friends { name brokenStrict } } }',
    '{ person { strict { name later } gone { name } } }',
    '{ person { boss { strict { name } } } }',
    '{ strict { name } person { name } }',
    '{ person { method loud: method(loud: true) where boss { where } friends { where } } }',
    '{ slowAny { __typename ... on Robot { serial owner { name } } ... on Person { age broken } } }',
    '{ named { name __typename ... on Robot { serial owner { name } } ... on Person { age broken } } }',
    '{ any { ... on Named { name } ... on Robot { serial } } }',
    '{ person { ...Facts } any { ...Facts ... on Robot { owner { ...Facts } } } } fragment Facts on Person { name age boss { name } }',
    '{ __schema { queryType { name fields { name type { kind ofType { name } } } } } __type(name: "Person") { name } }',
  ])('%s', async (text) => {
    const [ours, again, theirs] = await both(text);
    expect(ours).toEqual(theirs);
    expect(again).toEqual(theirs);
  });

  test.each([
    [{ times: 2 }],
    [{ times: 1, word: null, show: true }],
    [{ times: 1, word: 'Hi', show: false, hide: true }],
    [{}],
    [{ times: 'x' }],
    [{ times: 2, show: null }],
  ])('with the variables %j', async (variables) => {
    const text = `query ($times: Int!, $word: String, $show: Boolean! = true, $hide: Boolean! = false) {
      person { greet(word: $word, times: $times) short: greet(times: 1) age @include(if: $show) ...Rest @skip(if: $hide)
        friends { ... @include(if: $show) { name } } } }
      fragment Rest on Person { name color @include(if: false) }`;
    const [ours, again, theirs] = await both(text, variables);
    expect(ours).toEqual(theirs);
    expect(again).toEqual(theirs);
  });
});

test('a row of no type of its interface is an error at its place, in words of our own', async () => {
  const [ours, , theirs] = await both('{ lost { name } }');
  const places = (errors: readonly string[] = []) => errors.map((error) => JSON.parse(error).path);
  expect(ours?.data).toBe(theirs?.data);
  expect(places(ours?.errors)).toEqual([1, 2, 3].map((index) => ['lost', index]));
  expect(ours?.errors[0]).toMatch('no object type of');
});

test('asks for the same field of all objects of a list before it waits for any', async () => {
  const asked: string[] = [];
  const fields = (schema.getType('Person') as GraphQLObjectType).getFields();
  if (fields.gone)
    fields.gone.resolve = async ({ name }: Row) => {
      asked.push(`asked ${name}`);
      await Promise.resolve();
      asked.push(`answered ${name}`);
      return null;
    };
  await compileQuery(schema, parse('{ promised { gone { name } } }'), undefined)?.({}, undefined);
  expect(asked).toEqual(['asked Fay', 'asked Gil', 'answered Fay', 'answered Gil']);
});

test.each([
  'mutation { x }',
  'query A { person { name } } query B { person { age } }',
  '{ person { __proto__: name } }',
])('leaves to graphql-js: %s', (text) => {
  expect(compileQuery(schema, parse(text), undefined)).toBeUndefined();
});
