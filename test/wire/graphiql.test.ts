import { type DocumentNode, parse } from 'graphql';
import { eventually } from '#test/hub/eventually.js';
import { contributionAdded, delivered } from './contributions.js';
import { startTcpProxy } from './tcp-proxy.js';
import { startWireHub, type WireHub } from './wire-hub.js';

interface FetcherOptions {
  readonly documentAST: DocumentNode;
  readonly headers: Record<string, string>;
}
type Fetcher = (parameters: object, options: FetcherOptions) => AsyncIterableIterator<unknown>;

/** What the page loads, as it is served. */
const asset = new URL('../../../gateway/page/assets/stream-fetcher.js', import.meta.url).href;

describe('the query editor', () => {
  let wire: WireHub;

  beforeAll(async () => {
    wire = await startWireHub();
  });
  afterAll(() => wire.stop());

  async function fetcherFor(url: string): Promise<(query: string) => AsyncIterableIterator<unknown>> {
    const { streamFetcher } = (await import(asset)) as { streamFetcher(url: string, ask: Fetcher): Fetcher };
    const fetcher = streamFetcher(`${url}/graphql`, () => {
      throw new Error('This is no subscription.');
    });
    const headers = { authorization: `Bearer ${wire.mira.token}` };
    return (query) => fetcher({ query, variables: { idea: wire.idea } }, { documentAST: parse(query), headers });
  }

  test('is served with what it needs to stream', async () => {
    const page = await (await fetch(`${wire.url}/assets/graphiql-page.js`)).text();
    expect(page).toContain('./stream-fetcher.js');
    expect((await fetch(`${wire.url}/assets/stream-fetcher.js`)).status).toBe(200);
  });

  test('streams a subscription with its token, goes on after a lost line, and stops when told', async () => {
    const proxy = await startTcpProxy(wire.url);
    try {
      const results = (await fetcherFor(proxy.url))(contributionAdded);
      const first = results.next();
      await eventually(
        () => wire.hub.upstreams(),
        (upstreams) => upstreams === 1,
      );
      await wire.say('one');
      expect(delivered((await first).value).body).toBe('one');
      const second = results.next();
      proxy.cut();
      await wire.say('two');
      expect(delivered((await second).value).body).toBe('two');
      const last = results.next();
      await results.return?.();
      expect(await last).toEqual({ done: true, value: undefined });
      await wire.quiet();
    } finally {
      await proxy.stop();
    }
  });

  test('shows why a subscription is refused', async () => {
    const results = (await fetcherFor(wire.url))('subscription { nothing }');
    expect(await results.next()).toMatchObject({
      value: { errors: [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }] },
    });
    expect(await results.next()).toEqual({ done: true, value: undefined });
  });

  test('leaves queries to the fetcher of GraphiQL', async () => {
    const ask = await fetcherFor(wire.url);
    expect(() => ask('{ viewer { administrator } }')).toThrow('This is no subscription.');
  });
});
