/** Every operation that stands in an example or a test: our gateway and the stock one agree on it. */
import { type DocumentNode, getOperationAST, getVariableValues, parse, print } from 'graphql';
import { compileOperation } from '#gateway/execute/compile-operation.js';
import { loadSupergraph } from '#gateway/plan/supergraph.js';
import { type StockGateway, startStockGatewayOver } from '#gateway/plan/testing/stock-gateway.js';
import { readText } from '#test/docs/documents.js';
import { startTestHub, type TestHub } from '#test/hub/test-hub.js';
import { answersOf } from './answers.js';
import { pretendedSubgraphs } from './pretended-subgraphs.js';
import { sampleVariables } from './sample-variables.js';
import { StoppedClock } from './stopped-clock.js';
import { startTwoGateways, type TwoGateways } from './two-gateways.js';
import { createWorld, type World } from './world.js';
import { writtenOperations } from './written-operations.js';

const supergraph = loadSupergraph(readText('schema/supergraph.graphql'));
const operations = writtenOperations(supergraph.apiSchema).map((operation) => [nameOf(operation), operation] as const);
const ofKind = (wanted: string) => operations.filter(([, { kind }]) => kind === wanted);

function nameOf({ path, document }: { path: string; document: DocumentNode }): string {
  return `${path}: ${print(document).replaceAll(/\s+/g, ' ').slice(0, 100)}`;
}

/** That a person asks what is held on them is noted, and the note is part of the next answer: no two are the same. */
function isRepeatable([, { document }]: (typeof operations)[number]): boolean {
  return !print(document).includes('exportMyData');
}

test('operations of many files were found', () => {
  expect(new Set(operations.map(([, { path }]) => path)).size).toBeGreaterThan(25);
  expect(ofKind('query').length).toBeGreaterThan(50);
  expect(ofKind('mutation').length).toBeGreaterThan(20);
});

describe('a query gives the same data', () => {
  let hub: TestHub;
  let world: World;
  let gateways: TwoGateways;

  beforeAll(async () => {
    const clock = new StoppedClock();
    hub = await startTestHub({ now: clock.now });
    world = await createWorld(hub);
    clock.stop();
    gateways = await startTwoGateways(hub);
  });

  afterAll(async () => {
    await gateways?.stop();
    await hub?.stop();
  });

  test.each(ofKind('query').filter(isRepeatable))('%s', async (_, { document }) => {
    for (const type of world.ids.keys()) {
      const variables = sampleVariables(supergraph.apiSchema, document, (name) => known(name, type));
      for (const as of [world.viewers.administrator, world.viewers.member]) {
        const { ours, stock } = await answersOf(gateways, { document, variables, as });
        expect({ variables, ...ours }).toEqual({ variables, ...stock });
      }
      if (!('id' in variables)) return;
    }
  });

  /** An `id` is of the type given; other ids are of the type in the name of their variable. */
  function known(name: string, type: string): unknown {
    if (name === 'id') return firstId(type);
    const values: Readonly<Record<string, unknown>> = {
      handle: 'ada',
      source: 'world',
      query: 'depots',
      words: 'depots',
    };
    return values[name] ?? firstId(name.charAt(0).toUpperCase() + name.slice(1));
  }

  function firstId(type: string): string | undefined {
    return world.ids.get(type)?.[0];
  }
});

describe('a mutation asks the same of the subgraphs and gives the same data', () => {
  const subgraphs = pretendedSubgraphs();
  let stock: StockGateway;
  let askedByStock: string[] = [];

  beforeAll(async () => {
    stock = await startStockGatewayOver(supergraph.sdl, async ({ subgraph, query, variables }) => {
      const document = parse(query);
      askedByStock.push(fetchText(subgraph, document, variables));
      return subgraphs.ask(subgraph, document, variables);
    });
  });

  beforeEach(() => {
    askedByStock = [];
  });

  afterAll(() => stock.stop());

  test.each(ofKind('mutation'))('%s', async (_, { document }) => {
    const variables = withDefaults(
      document,
      sampleVariables(supergraph.apiSchema, document, () => undefined),
    );
    const { data } = await stock.execute({ document, variables, context: {} });
    const ours = await run(document, variables);
    expect(ours.asked.length).toBeGreaterThan(0);
    expect(ours).toEqual({ asked: askedByStock.sort(), data: plain(data) });
  });

  async function run(document: DocumentNode, variables: Variables) {
    const operation = compileOperation(supergraph, document);
    if (operation.kind !== 'mutation') throw new Error('This is no mutation.');
    const asked: string[] = [];
    const { data } = await operation.run({
      variables,
      context: undefined,
      fetch: async ({ subgraph, document: fetched, variables: given }) => {
        asked.push(fetchText(subgraph, fetched, given));
        return subgraphs.ask(subgraph, fetched, given);
      },
    });
    return { asked: asked.sort(), data: plain(data) };
  }
});

type Variables = { readonly [name: string]: unknown };

/** The stock gateway leaves the defaults inside an input to the subgraph, ours fills them in: given, there is no difference. */
function withDefaults(document: DocumentNode, variables: Variables): Variables {
  const definitions = getOperationAST(document)?.variableDefinitions ?? [];
  const { coerced, errors } = getVariableValues(supergraph.apiSchema, definitions, variables);
  if (!coerced) throw new Error(`The sample is not valid: ${errors.join(', ')}`);
  return coerced;
}

function fetchText(subgraph: string, document: DocumentNode, variables: unknown): string {
  return `${subgraph}: ${print(document).replaceAll(/\s+/g, ' ')} ${JSON.stringify(variables)}`;
}

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value ?? null));
