import { readFile } from 'node:fs/promises';
import {
  buildSchema,
  type GraphQLField,
  type GraphQLObjectType,
  getNamedType,
  isLeafType,
  isObjectType,
} from 'graphql';
import type { TestClient } from '#test/hub/graphql-client.js';
import { type Audience, inSpace, nodes, parts, type QueryRule, queries, subscriptions } from './access-table.js';
import { newClient, readingScopes, scopeOf, writingScopes } from './api-clients.js';
import { doneByPrograms, doneByTheirAuthors, mutations } from './mutation-table.js';
import { askFor, type Outcome, tryTo } from './outcome.js';
import { type Column, columns, startWorld, type World } from './world.js';

const schema = buildSchema(await readFile('schema/api.graphql', 'utf8'));
let world: World;

beforeAll(async () => {
  world = await startWorld();
}, 60_000);

afterAll(() => world.stop());

const fieldsOf = (type: string): GraphQLField<unknown, unknown>[] => {
  const found = schema.getType(type);
  if (!isObjectType(found)) throw new Error(`There is no type ${type}.`);
  return Object.values(found.getFields());
};
const namesOf = (type: string) => fieldsOf(type).map(({ name }) => name);
const words = (text: string) => text.split(' ');

describe('the table of who may see what', () => {
  test.each([
    ['Query', queries],
    ['Mutation', mutations],
    ['Subscription', subscriptions],
  ])('has every field of %s, and no other', (type, table) => {
    expect(Object.keys(table).sort()).toEqual(namesOf(type).sort());
  });

  test('has every type and every field of it, and no other', () => {
    const roots = ['Query', 'Mutation', 'Subscription'];
    const goesWithoutSaying = /^__|Payload$|^(PageInfo|UserError)$/;
    const isPage = (type: GraphQLObjectType) =>
      'pageInfo' in type.getFields() || ('node' in type.getFields() && 'cursor' in type.getFields());
    const public_ = Object.values(schema.getTypeMap())
      .filter((type): type is GraphQLObjectType => isObjectType(type))
      .filter((type) => !roots.includes(type.name) && !goesWithoutSaying.test(type.name) && !isPage(type));
    const placed = {
      ...Object.fromEntries(
        Object.entries(nodes).map(([name, { fields, limited = {} }]) => [
          name,
          [...words(fields), ...Object.keys(limited)],
        ]),
      ),
      ...Object.fromEntries(Object.entries(parts).map(([name, fields]) => [name, words(fields)])),
      ...Object.fromEntries(Object.values(subscriptions).map(({ of, fields }) => [of, words(fields)])),
    };
    const sorted = (fields: string[]) => [...fields].sort();
    expect(Object.fromEntries(Object.entries(placed).map(([name, fields]) => [name, sorted(fields)]))).toEqual(
      Object.fromEntries(public_.map(({ name }) => [name, sorted(namesOf(name))])),
    );
  });
});

/** What each viewer gets, one after the other: those who may less come first. */
async function outcomes(ask: (column: Column) => Promise<Outcome>): Promise<Partial<Record<Column, Outcome>>> {
  const got: Partial<Record<Column, Outcome>> = {};
  for (const column of columns) got[column] = await ask(column);
  return got;
}

function expected(found: Audience, otherwise: (column: Column) => Outcome, good: Outcome) {
  return Object.fromEntries(columns.map((column) => [column, found.includes(column) ? good : otherwise(column)]));
}

describe('a query', () => {
  test.each(Object.entries(queries))('%s', async (name, rule) => {
    const { args, found, empty = [], refused = 'nothing', unsigned = refused } = rule;
    const otherwise = (column: Column) => {
      if (empty.includes(column)) return 'nothing';
      return column === 'anonymous' ? unsigned : refused;
    };
    const got = await outcomes((column) =>
      askFor(world.viewers[column], name, args?.(world.ids) ?? '', selectionOf(name, rule)),
    );
    expect(got).toEqual(expected(found, (column) => otherwise(column), 'found'));
  });
});

function selectionOf(name: string, { select }: QueryRule): string {
  if (select !== undefined) return select;
  const type = getNamedType(schema.getQueryType()?.getFields()[name]?.type);
  return type?.name.endsWith('Connection') ? 'totalCount' : '';
}

describe('by node', () => {
  test.each(Object.entries(nodes).filter(([, { id }]) => id !== undefined))('%s', async (type, rule) => {
    const { id, found, limited = {} } = rule;
    const document = `query ($id: ID!) { node(id: $id) { ... on ${type} { ${fieldsOf(type).map(selectedWhole).join(' ')} } } }`;
    for (const column of columns) {
      const answer = await world.viewers[column].send<{ node: Record<string, unknown> | null }>(document, {
        id: id && world.ids[id],
      });
      expect([column, answer.errors]).toEqual([column, undefined]);
      const node = answer.data?.node ?? null;
      expect([column, node !== null]).toEqual([column, found.includes(column)]);
      for (const [field, audience] of Object.entries(limited)) {
        if (node) expect([column, field, node[field] !== null]).toEqual([column, field, audience.includes(column)]);
      }
    }
  });

  test('oneself finds what one has with others', async () => {
    const { owner, member } = world.people;
    const fields = `tieTo(person: "${member.id}") { state } distanceTo(person: "${member.id}") { explanation }`;
    const { node } = await owner.run(`{ node(id: "${owner.id}") { ... on Person { ${fields} } } }`);
    expect(node).toEqual({ tieTo: { state: 'CONTACT' }, distanceTo: expect.anything() });
  });

  test('nothing is found that cannot be asked for so', async () => {
    for (const column of columns) {
      const asked = `id: "${world.ids.reaction}"`;
      expect([column, await askFor(world.viewers[column], 'node', asked, 'id')]).toEqual([column, 'nothing']);
    }
  });
});

/** A field with everything in it that is not again a thing of its own; of what is between two people, between this one and the member. */
function selectedWhole(field: GraphQLField<unknown, unknown>): string {
  const type = getNamedType(field.type);
  const asked = field.args.some(({ name }) => name === 'person')
    ? `${field.name}(person: "${world.people.member.id}")`
    : field.name;
  if (isLeafType(type)) return asked;
  if (type.name.endsWith('Connection')) return `${asked} { totalCount }`;
  if (!isObjectType(type)) return `${asked} { __typename }`;
  const leaves = Object.values(type.getFields()).filter(({ type }) => isLeafType(getNamedType(type)));
  return `${asked} { ${leaves.map(({ name }) => name).join(' ')} }`;
}

describe('a mutation', () => {
  test.each(Object.entries(mutations))('%s', async (name, rule) => {
    const got = await outcomes(async (column) => tryTo(world.viewers[column], name, await rule.input(world, column)));
    expect(got).toEqual(expected(rule.may, (column) => rule.otherwise[column] ?? rule.otherwise.rest, 'done'));
  });
});

describe('an API client of the host', () => {
  let scoped: TestClient;
  let unscoped: TestClient;
  let writing: TestClient;

  beforeAll(async () => {
    scoped = await newClient(world, readingScopes);
    unscoped = await newClient(world, ['people:read']);
    writing = await newClient(world, [...readingScopes, ...writingScopes]);
  });

  test.each(Object.entries(queries))('asks for %s as its scopes and its organisation let it', async (name, rule) => {
    const ask = (as: TestClient) => askFor(as, name, rule.args?.(world.ids) ?? '', selectionOf(name, rule));
    const needed = scopeOf(schema.getQueryType()?.getFields()[name]?.description);
    const found = await ask(scoped);
    if (rule.found === inSpace) expect(found).toBe(needed?.startsWith('records') ? 'FORBIDDEN' : 'found');
    if (!rule.found.includes('member')) expect(found).not.toBe('found');
    if (needed !== undefined && needed !== 'people:read') expect(await ask(unscoped)).toBe('FORBIDDEN');
  });

  test.each(Object.entries(nodes).filter(([, { id }]) => id !== undefined))(
    'finds %s by node',
    async (type, { id, found }) => {
      const ask = (as: TestClient) => askFor(as, 'node', `id: "${id && world.ids[id]}"`, `... on ${type} { id }`);
      const needed = scopeOf(schema.getType(type)?.description);
      if (found === inSpace) expect([type, await ask(scoped)]).toEqual([type, 'found']);
      if (needed !== 'people:read') expect([type, await ask(unscoped)]).not.toEqual([type, 'found']);
    },
  );

  test.each(Object.entries(mutations))('changes what it brought itself at most, by %s', async (name, rule) => {
    const input = await rule.input(world, 'anonymous');
    expect(await tryTo(scoped, name, input)).toBe('FORBIDDEN');
    const otherwise = doneByTheirAuthors.includes(name) ? 'NOT_FOUND' : 'FORBIDDEN';
    expect(await tryTo(writing, name, input)).toBe(doneByPrograms.includes(name) ? 'done' : otherwise);
  });
});
