import { parse, printSchema } from 'graphql';
import { compose } from './compose.js';
import type { FetchNode, PlanNode, SubscriptionNode } from './query-plan.js';
import { loadSupergraph } from './supergraph.js';

const head =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@inaccessible", "@requires", "@external"])';

const people = {
  name: 'people',
  url: 'http://people/graphql',
  sdl: `${head}
    "Somebody." type Person @key(fields: "id") { id: ID! name: String! secret: String @inaccessible }
    type Query { me: Person } type Subscription { personJoined: Person }`,
};

const ideas = {
  name: 'ideas',
  url: 'http://ideas/graphql',
  sdl: `${head}
    type Person @key(fields: "id") { id: ID! name: String! @external ideas: [Idea!] initials: String @requires(fields: "name") }
    type Idea { title: String! } type Query { ideas: [Idea!] }`,
};

function composed(...subgraphs: (typeof people)[]): string {
  const { supergraphSdl, errors } = compose(subgraphs);
  if (supergraphSdl === undefined) throw new Error(errors.map(({ message }) => message).join('\n'));
  return supergraphSdl;
}

describe('composition', () => {
  test('joins subgraphs into one schema', () => {
    const { errors, supergraphSdl } = compose([people, ideas]);
    expect(errors).toEqual([]);
    expect(supergraphSdl).toContain('join__Graph');
  });

  test('says in which subgraph something does not fit', () => {
    const broken = { ...ideas, sdl: ideas.sdl.replace('name: String! @external', 'name: Int! @external') };
    const { errors, supergraphSdl } = compose([people, broken]);
    expect(supergraphSdl).toBeUndefined();
    expect(errors).toMatchObject([{ code: 'EXTERNAL_TYPE_MISMATCH', message: expect.stringContaining('Person.name') }]);
  });

  test('passes on the hints', () => {
    const described = { ...ideas, sdl: ideas.sdl.replace('type Person', '"A human." type Person') };
    expect(compose([people, described]).hints).toContainEqual({
      code: 'INCONSISTENT_DESCRIPTION',
      message: expect.stringContaining('Person'),
    });
  });
});

describe('a supergraph', () => {
  const supergraph = loadSupergraph(composed(people, ideas));

  test('shows clients descriptions and fields, and nothing that is inaccessible or of federation', () => {
    const schema = printSchema(supergraph.apiSchema);
    expect(schema).toContain('"""Somebody."""');
    expect(schema).toContain('ideas: [Idea!]');
    expect(schema).not.toMatch(/secret|join__|_entities|@key/);
  });

  test('knows its subgraphs and where they are', () => {
    expect(supergraph.subgraphs).toEqual([
      { name: 'ideas', url: 'http://ideas/graphql' },
      { name: 'people', url: 'http://people/graphql' },
    ]);
  });

  test('names the fields that plans fetch on their own account', () => {
    expect([...supergraph.reservedNames].sort()).toEqual(['id', 'name']);
  });

  test('plans an operation over its subgraphs', () => {
    const { node } = supergraph.plan(parse('{ me { name ideas { title } } }'));
    expect(fetches(node).map(({ serviceName }) => serviceName)).toEqual(['people', 'ideas']);
  });

  test('plans the operation that is named', () => {
    const document = parse('query A { me { name } } query B { ideas { title } }');
    expect(fetches(supergraph.plan(document, 'B').node).map(({ serviceName }) => serviceName)).toEqual(['ideas']);
  });

  test('plans a subscription as its source and the rest', () => {
    const { node } = supergraph.plan(parse('subscription { personJoined { ideas { title } } }'));
    expect(node).toMatchObject({
      kind: 'Subscription',
      primary: { serviceName: 'people' },
      rest: { kind: 'Sequence' },
    });
  });

  test('is refused when it relies on protection that nobody enforces', () => {
    const guarded = composed({
      ...people,
      sdl: people.sdl
        .replace('"@key"', '"@key", "@authenticated"')
        .replace('name: String!', 'name: String! @authenticated'),
    });
    expect(() => loadSupergraph(guarded)).toThrow(/authenticated.*SECURITY.*unsupported/);
    const enforcedFeatures = ['https://specs.apollo.dev/authenticated/v0.1'];
    expect(loadSupergraph(guarded, { enforcedFeatures }).subgraphs).toHaveLength(1);
  });
});

function fetches(node: PlanNode | SubscriptionNode | undefined): FetchNode[] {
  if (node?.kind === 'Fetch') return [node];
  if (node?.kind === 'Flatten') return fetches(node.node);
  return node?.kind === 'Sequence' || node?.kind === 'Parallel' ? node.nodes.flatMap(fetches) : [];
}
