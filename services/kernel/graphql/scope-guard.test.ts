import { buildSchema, parse } from 'graphql';
import type { Scope } from '../auth/scopes.js';
import { anonymous, type ClientViewer, type PersonViewer, system, type Viewer } from '../auth/viewer.js';
import { declaredScopes } from './scope.js';
import { scopeGuard } from './scope-guard.js';

const schema = buildSchema(`
  directive @scope(needs: String!) on FIELD_DEFINITION | OBJECT
  interface Node { id: ID! }
  type Idea implements Node @scope(needs: "ideas:read") { id: ID! author: Person }
  type IdeaConnection { totalCount: Int }
  type Person implements Node @scope(needs: "people:read") {
    id: ID!
    name: String
    ideas: IdeaConnection
    score: Int @scope(needs: "ideas:read")
  }
  type Submitted { done: Boolean, idea: Idea }
  type Query {
    viewer: Int
    node: Node
    ideas: Int @scope(needs: "ideas:read")
    person: Person @scope(needs: "people:read")
  }
  type Mutation { submit: Submitted @scope(needs: "ideas:write") }
`);
const guard = scopeGuard(schema, declaredScopes(schema));
const person: PersonViewer = {
  kind: 'person',
  personId: 'person_1',
  organizationId: null,
  party: 'internal',
  administrator: false,
};
const limited = (...scopes: Scope[]): Viewer => ({ ...person, scopes });

/** The scopes a viewer lacks for a document. */
function lacked(viewer: Viewer, document: string, operationName?: string): unknown {
  try {
    guard(viewer, parse(document), operationName);
    return [];
  } catch (error) {
    const { message, extensions } = error as { message: string; extensions: { code: string; scopes: string[] } };
    expect(extensions.code).toBe('FORBIDDEN');
    for (const scope of extensions.scopes) expect(message).toContain(`"${scope}"`);
    return extensions.scopes;
  }
}

describe('a viewer limited to scopes', () => {
  test('is given what these scopes open, and what needs none', () => {
    expect(lacked(limited('ideas:read'), '{ viewer ideas __typename __schema { __typename } }')).toEqual([]);
    expect(lacked(limited(), '{ viewer }')).toEqual([]);
  });

  test('is refused the rest, with the names of all scopes it would need', () => {
    expect(lacked(limited(), '{ ideas person { name } }')).toEqual(['ideas:read', 'people:read']);
    expect(lacked(limited('ideas:read'), 'mutation { submit { done } }')).toEqual(['ideas:write']);
  });

  test('does not reach by the way of another thing what it may not read', () => {
    expect(lacked(limited('people:read'), '{ person { score } }')).toEqual(['ideas:read']);
    expect(lacked(limited('people:read'), '{ person { ideas { totalCount } } }')).toEqual(['ideas:read']);
    expect(lacked(limited('ideas:read'), '{ node { ... on Idea { author { name } } } }')).toEqual(['people:read']);
    expect(lacked(limited(), '{ node { id } }')).toEqual([]);
  });

  test('does not get around by fragments, aliases or a loop of fragments', () => {
    const hidden =
      '{ node { ...one } } fragment one on Idea { a: author { ...two } } fragment two on Person { n: name }';
    expect(lacked(limited('ideas:read'), hidden)).toEqual(['people:read']);
    const loop = '{ node { ...one } } fragment one on Idea { author { name } ...one }';
    expect(lacked(limited('ideas:read'), loop)).toEqual(['people:read']);
  });

  test('reads what it may write', () => {
    expect(lacked(limited('ideas:write'), 'mutation { submit { idea { id } } }')).toEqual([]);
  });

  test('is judged by the operation that runs, not by others in the document', () => {
    const two = 'query A { viewer } query B { ideas }';
    expect(lacked(limited(), two, 'A')).toEqual([]);
    expect(lacked(limited(), two, 'B')).toEqual(['ideas:read']);
  });
});

test('a client has the scopes it was given and no others', () => {
  const client: ClientViewer = {
    kind: 'client',
    clientId: 'client_1',
    organizationId: 'org_1',
    party: 'partner',
    scopes: ['ideas:read'],
    spaces: null,
  };
  expect(lacked(client, '{ ideas }')).toEqual([]);
  expect(lacked(client, '{ person { name } }')).toEqual(['people:read']);
});

test.each<[string, Viewer]>([
  ['a person themselves', person],
  ['nobody', anonymous],
  ['the hub', system],
])('%s is not limited by scopes', (_, viewer) => {
  expect(lacked(viewer, '{ ideas person { name score } }')).toEqual([]);
});
