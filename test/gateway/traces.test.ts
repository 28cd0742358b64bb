import { request } from 'undici';
import { freePorts } from '../hub/free-port.js';
import { type Story, seed } from '../hub/seed.js';
import { startTestHub, type TestHub, topologies } from '../hub/test-hub.js';
import { type CollectedSpan, startTraceCollector, type TraceCollector } from '../hub/trace-collector.js';
import { collectTraces, newTrace } from '../hub/traced-hub.js';

const query = 'query Wanted($first: Int!) { spaces(first: $first) { nodes { name ideas(first: 0) { totalCount } } } }';
const secretNote = 'a zeppelin of blue glass';
const mutation = `mutation Told($space: ID!, $title: String!) {
  submitIdea(input: { space: $space, title: $title }) { idea { id } errors { code } }
}`;

interface Asked {
  readonly query: string;
  readonly variables?: object;
  /** The trace of the client, and its span. */
  readonly traceId?: string;
  readonly spanId?: string;
  readonly flags?: string;
}

async function ask(hub: TestHub, { token }: { token: string | undefined }, asked: Asked): Promise<string> {
  const { query, variables, traceId, spanId, flags = '01' } = asked;
  const { body } = await request(`${hub.url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${token}`,
      ...(traceId ? { traceparent: `00-${traceId}-${spanId}-${flags}` } : {}),
    },
    body: JSON.stringify({ query, variables }),
  });
  return body.text();
}

describe.each(topologies)('traces in %s', (topology) => {
  const first = newTrace();
  const again = newTrace();
  const change = newTrace();
  const wrong = newTrace();
  const unwanted = newTrace();
  const apart = topology === 'four processes';
  let collector: TraceCollector;
  let story: Story;

  beforeAll(async () => {
    collector = await collectTraces(topology, async (hub) => {
      story = await seed(hub);
      const variables = { first: 3 };
      await ask(hub, story.mira, { query, variables, ...first });
      await ask(hub, story.mira, { query, variables, ...again });
      await ask(hub, story.mira, { query: mutation, variables: { space: story.space, title: secretNote }, ...change });
      await ask(hub, story.mira, { query: '{ zeppelins }', ...wrong });
      await ask(hub, story.mira, { query, variables, ...unwanted, flags: '00' });
    });
  });

  afterAll(() => collector.stop());

  const spansOf = ({ traceId }: { traceId: string }) => collector.spans.filter((span) => span.traceId === traceId);
  const only = (spans: readonly CollectedSpan[], name: string) => {
    const [found, ...others] = spans.filter((span) => span.name === name);
    if (!found || others.length > 0) throw new Error(`There should be one span "${name}".`);
    return found;
  };

  test('an operation goes on under the span of its client', () => {
    const spans = spansOf(first);
    const operation = spans.find(({ parent }) => parent === first.spanId);
    expect(operation).toMatchObject({
      name: 'query',
      kind: 2,
      process: 'weft-under-test',
      attributes: { 'graphql.operation.type': 'query', 'graphql.operation.name': 'Wanted' },
    });
  });

  test('each fetch is under the operation, and what its service does under the fetch', () => {
    const spans = spansOf(first);
    const operation = spans.find(({ parent }) => parent === first.spanId);
    for (const service of ['people', 'ideas']) {
      const fetch = only(spans, `fetch ${service}`);
      expect(fetch).toMatchObject({
        parent: operation?.spanId,
        kind: apart ? 3 : 1,
        attributes: {
          'weft.subgraph': service,
          'weft.transport': apart ? 'http' : 'in_process',
          'graphql.operation.type': 'query',
        },
      });
      const done = spans.filter(({ parent }) => parent === fetch.spanId);
      expect(done).toHaveLength(1);
      expect(done[0]).toMatchObject({ name: 'query', kind: apart ? 2 : 1, attributes: { 'weft.service': service } });
      expect(done[0]?.attributes['weft.sql.statements']).toBeGreaterThan(0);
    }
    expect(spans).toHaveLength(6); // the operation, its plan, two fetches and what two services did
  });

  test('planning is told of when it happens, which is once', () => {
    const operation = spansOf(first).find(({ parent }) => parent === first.spanId);
    expect(only(spansOf(first), 'plan').parent).toBe(operation?.spanId);
    expect(spansOf(again).filter(({ name }) => name === 'plan')).toEqual([]);
    expect(spansOf(again)).toHaveLength(5);
  });

  test('a mutation counts the statements of its transaction', () => {
    const done = spansOf(change).find(({ name, attributes }) => name === 'mutation' && 'weft.service' in attributes);
    expect(done?.attributes).toMatchObject({ 'weft.service': 'ideas', 'graphql.operation.type': 'mutation' });
    expect(done?.attributes['weft.sql.statements']).toBeGreaterThan(3);
  });

  test('what is refused has the code of its error', () => {
    expect(spansOf(wrong)).toMatchObject([
      { parent: wrong.spanId, attributes: { 'error.type': 'GRAPHQL_VALIDATION_FAILED' } },
    ]);
  });

  test('a client that does not want its trace kept is heard', () => {
    expect(spansOf(unwanted)).toEqual([]);
  });

  test('nothing of what was asked, by whom, is in them', () => {
    const sent = collector.bodies.join('\n');
    expect(sent).toContain('Wanted');
    const secrets = [secretNote, 'spaces(', 'zeppelin', 'x-weft-viewer', story.mira.token ?? '', story.mira.id];
    for (const secret of [...secrets, story.space, 'Mira']) expect(sent).not.toContain(secret);
  });
});

describe('without an endpoint in its configuration', () => {
  test('a hub sends nothing, whatever a client says', async () => {
    const collector = await startTraceCollector();
    process.env.OTEL_EXPORTER_OTLP_ENDPOINT = collector.url;
    try {
      const hub = await startTestHub();
      const answer = await ask(hub, hub.admin, { query: '{ viewer { __typename } }', ...newTrace() });
      await hub.stop();
      expect(answer).not.toContain('errors');
      expect(collector.bodies).toEqual([]);
    } finally {
      delete process.env.OTEL_EXPORTER_OTLP_ENDPOINT;
      await collector.stop();
    }
  });
});

describe('a collector that does not do its part', () => {
  test.each(['is away', 'never answers'])('and %s holds up nobody', async (how) => {
    const collector = await startTraceCollector({ silent: true });
    const [free] = await freePorts(1);
    const endpoint = how === 'is away' ? `http://127.0.0.1:${free}` : collector.url;
    const hub = await startTestHub({ environment: { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint } });
    const answer = await ask(hub, hub.admin, { query: '{ viewer { __typename } }', ...newTrace() });
    expect(answer).not.toContain('errors');
    const start = performance.now();
    await hub.stop();
    expect(performance.now() - start).toBeLessThan(12_000); // 3 s for the traces; the rest is what a busy machine needs
    await collector.stop();
  });
});
