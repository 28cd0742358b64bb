import { eventually } from '../hub/eventually.js';
import { contribute, type Story, seed, submitIdea } from '../hub/seed.js';
import { type TestHub, topologies } from '../hub/test-hub.js';
import type { CollectedSpan, TraceCollector } from '../hub/trace-collector.js';
import { type ClientTrace, collectTraces, newTrace } from '../hub/traced-hub.js';
import { dropAll, type RawStream, rawStream } from '../wire/raw-stream.js';

const query = `subscription Wanted($idea: ID!, $after: Cursor) {
  contributionAdded(idea: $idea, after: $after) { contribution { body } actor { name } }
}`;
const secret = 'a zeppelin of blue glass';

describe.each(topologies)('traces of subscriptions in %s', (topology) => {
  const apart = topology === 'four processes';
  const traced = newTrace();
  const refused = newTrace();
  const unwanted = newTrace();
  let collector: TraceCollector;
  let story: Story;

  beforeAll(async () => {
    collector = await collectTraces(topology, async (hub) => {
      story = await seed(hub);
      await listenAndTell(hub).finally(dropAll);
    });
  }, 120_000);

  afterAll(() => collector.stop());

  async function listenAndTell(hub: TestHub): Promise<void> {
    const { mira, space } = story;
    // The other services may hear of the space a little later.
    const idea = await eventually(
      () => submitIdea(mira, space).catch(() => undefined),
      (id) => id !== undefined,
      30_000,
    );
    const listen = (trace: ClientTrace, variables: object, flags = '01'): Promise<RawStream> => {
      const headers = { traceparent: `00-${trace.traceId}-${trace.spanId}-${flags}` };
      return rawStream(hub.url, { token: mira.token, headers, query, variables });
    };
    const stream = await listen(traced, { idea });
    await stream.heartbeat();
    await (await listen(refused, { idea, after: 'no cursor at all' })).atLeast(1);
    // Another stream than the first: those of the same idea share one.
    const silent = await listen(unwanted, { idea: idea?.toUpperCase() }, '00');
    await silent.heartbeat();
    await contribute(mira, idea ?? '', { body: secret });
    await contribute(mira, idea ?? '', { body: secret });
    await stream.atLeast(2);
  }

  const spansOf = ({ traceId }: Pick<CollectedSpan, 'traceId'>) =>
    collector.spans.filter((span) => span.traceId === traceId);
  const opening = () => spansOf(traced).find(({ parent }) => parent === traced.spanId);

  test('the opening goes on under the span of its client, down to the statements of the service', () => {
    const spans = spansOf(traced);
    expect(opening()).toMatchObject({
      name: 'subscription',
      kind: 2,
      attributes: { 'graphql.operation.type': 'subscription' },
    });
    const subscribing = spans.find(({ name }) => name === 'subscribe ideas');
    expect(subscribing).toMatchObject({
      parent: opening()?.spanId,
      kind: apart ? 3 : 1,
      attributes: { 'weft.subgraph': 'ideas', 'weft.transport': apart ? 'http' : 'in_process' },
    });
    const done = spans.filter(({ parent }) => parent === subscribing?.spanId);
    expect(done).toMatchObject([
      { name: 'subscription', kind: apart ? 2 : 1, attributes: { 'weft.service': 'ideas' } },
    ]);
    expect(spans).toHaveLength(3);
  });

  test('each event is a trace of its own that names the opening, with the fetches that completed it', () => {
    const events = collector.spans.filter(({ name }) => name === 'process ideas');
    expect(events).toHaveLength(2);
    for (const event of events) {
      expect(event).toMatchObject({
        kind: 5,
        parent: undefined,
        links: [opening()?.spanId],
        attributes: { 'messaging.operation.type': 'process', 'messaging.destination.name': 'ideas' },
      });
      expect(event.traceId).not.toBe(traced.traceId);
      const fetches = spansOf(event).filter(({ parent }) => parent === event.spanId);
      expect(fetches.map(({ name }) => name)).toEqual(['fetch people']);
    }
  });

  test('what is refused has the code of its error', () => {
    const codes = spansOf(refused).map(({ name, attributes }) => [name, attributes['error.type']]);
    expect(codes).toContainEqual(['subscribe ideas', 'CURSOR_INVALID']);
  });

  test('a client that does not want its trace kept is heard', () => {
    expect(spansOf(unwanted)).toEqual([]);
  });

  test('nothing of what was asked, by whom, is in them', () => {
    const sent = collector.bodies.join('\n');
    for (const word of [secret, 'contributionAdded(', story.mira.token ?? '', story.mira.id, story.space, 'Mira'])
      expect(sent).not.toContain(word);
  });
});
