import { parse } from 'graphql';
import { compileOperation } from './compile-operation.js';
import type { RunOperationOptions } from './run-operation.js';
import type { SubgraphRequest } from './subgraph-transport.js';
import type { CompiledSubscription } from './subscription-operation.js';
import { fetchOf } from './testing/run-document.js';
import { buildGraph, link } from './testing/test-graph.js';

const graph = buildGraph({
  ideas: {
    sdl: `${link('key')} type Query { idea: Idea } type Idea @key(fields: "id") { id: ID! title: String! author: Person }
      type Person @key(fields: "id", resolvable: false) { id: ID! }
      type IdeaAdded { cursor: String! idea: Idea! }
      type Subscription { ideaAdded(space: ID!, after: String, limit: Int = 5): IdeaAdded tick: Int }`,
    resolvers: {},
  },
  people: {
    sdl: `${link('key')} type Person @key(fields: "id") { id: ID! name: String! }`,
    resolvers: {
      Person: {
        __resolveReference: ({ id }: { id: string }) => (id === 'gone' ? null : { id, name: `Name of ${id}` }),
      },
    },
  },
});

const source = `subscription Watch($space: ID!, $named: Boolean = true, $limit: Int) {
  new: ideaAdded(space: $space, limit: $limit) { cursor idea { title author @include(if: $named) { name } } } }`;

function compile(text: string): CompiledSubscription {
  const operation = compileOperation(graph.supergraph, parse(text));
  if (operation.kind !== 'subscription') throw new Error('This is not a subscription.');
  return operation;
}

function optionsFor(
  variables: Record<string, unknown>,
  calls: SubgraphRequest[] = [],
): RunOperationOptions<{ journal: string[] }> {
  const fetch = fetchOf(graph);
  return {
    variables,
    context: { journal: [] },
    fetch: (request, context) => {
      calls.push(request);
      return fetch(request, context);
    },
  };
}

/** An event as the ideas subgraph sends it. */
const event = (author: string) => ({
  data: {
    new: {
      cursor: 'c1',
      idea: { __typename: 'Idea', id: 'i1', title: 'T', author: { __typename: 'Person', id: author } },
    },
  },
});

test('names the one subgraph to subscribe at, with a document that it understands', () => {
  const { primary, hasRest } = compile(source);
  expect(primary).toMatchObject({
    subgraph: 'ideas',
    kind: 'subscription',
    responseKey: 'new',
    variableUsages: expect.any(Array),
  });
  expect(primary.text).toContain('subscription');
  expect(primary.text).toContain('ideaAdded');
  expect(hasRest).toBe(true);
});

test('gives the variables to subscribe with: coerced, and only those that the subgraph needs', () => {
  const { primary, coerceVariables } = compile(source);
  const { variables, errors } = coerceVariables({ space: 7, limit: 3 });
  expect(errors).toBeUndefined();
  expect(primary.variables(variables ?? {})).toMatchObject({ space: '7', limit: 3 });
  expect(coerceVariables({}).errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
});

test('completes an event with what other subgraphs own, once, and shapes it', async () => {
  const calls: SubgraphRequest[] = [];
  const result = await compile(source).completeEvent(event('p1'), optionsFor({ space: 's' }, calls));
  expect(result).toEqual({ data: { new: { cursor: 'c1', idea: { title: 'T', author: { name: 'Name of p1' } } } } });
  expect(calls).toHaveLength(1);
});

test('leaves out what the variables of the subscriber leave out', async () => {
  const calls: SubgraphRequest[] = [];
  const result = await compile(source).completeEvent(event('p1'), optionsFor({ space: 's', named: false }, calls));
  expect(result).toEqual({ data: { new: { cursor: 'c1', idea: { title: 'T' } } } });
  expect(calls).toEqual([]);
});

test('an event may mention what is gone', async () => {
  const result = await compile(source).completeEvent(event('gone'), optionsFor({ space: 's' }));
  expect(result).toEqual({ data: { new: { cursor: 'c1', idea: { title: 'T', author: null } } } });
});

test('an event that carries an error passes it on', async () => {
  const failed = { data: { new: null }, errors: [{ message: 'No', path: ['new'], extensions: { code: 'X' } }] };
  const { data, errors } = await compile(source).completeEvent(failed, optionsFor({ space: 's' }));
  expect(data).toEqual({ new: null });
  expect(errors).toMatchObject([{ message: 'No', path: ['new'], extensions: { code: 'X', service: 'ideas' } }]);
});

test('a subscription of one subgraph needs no more', async () => {
  const { hasRest, completeEvent } = compile('subscription { tick }');
  expect(hasRest).toBe(false);
  expect(await completeEvent({ data: { tick: 3 } }, optionsFor({}))).toEqual({ data: { tick: 3 } });
});

test('a subscription without a field is refused', () => {
  expect(() => compile('subscription { __typename }')).toThrow('A subscription selects exactly one field.');
});
