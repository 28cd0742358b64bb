import { once } from 'node:events';
import type { SubgraphAnswer, SubgraphRequest } from './subgraph-transport.js';
import { runDocument } from './testing/run-document.js';
import { buildShop } from './testing/shop/shop.js';

const shop = buildShop();

/** A subgraph that never answers by itself; `asked` has the requests it got. */
function silentSubgraph(name: string, others: SubgraphAnswer) {
  const asked: SubgraphRequest[] = [];
  const intercept = (request: SubgraphRequest): SubgraphAnswer | Promise<SubgraphAnswer> => {
    if (request.subgraph !== name) return others;
    asked.push(request);
    return new Promise((_, reject) => {
      request.signal.addEventListener('abort', () => reject(request.signal.reason));
    });
  };
  return { asked, intercept };
}

const reviews = { data: { reviews: [{ rating: 4, author: { __typename: 'User', id: 'u1' } }] } };
const source = '{ reviews { rating author { email } } }';

test('a subgraph that does not answer in time costs its part only', async () => {
  const { asked, intercept } = silentSubgraph('accounts', reviews);
  const { data, errors } = await runDocument(shop, source, { intercept, options: { fetchTimeoutMs: 20 } });
  expect(data).toEqual({ reviews: [{ rating: 4, author: null }] });
  expect(errors).toMatchObject([
    { path: ['reviews', 0, 'author'], extensions: { code: 'SUBGRAPH_TIMEOUT', service: 'accounts' } },
  ]);
  expect(asked[0]?.signal.aborted).toBe(true);
});

test('an operation that takes too long ends with what it has', async () => {
  const { asked, intercept } = silentSubgraph('accounts', reviews);
  const { data, errors } = await runDocument(shop, source, { intercept, options: { operationTimeoutMs: 20 } });
  expect(data).toEqual({ reviews: [{ rating: 4, author: null }] });
  expect(errors).toMatchObject([{ extensions: { code: 'OPERATION_TIMEOUT', service: 'accounts' } }]);
  expect(asked[0]?.signal.aborted).toBe(true);
});

test('a mutation that was not reached in time is not sent', async () => {
  const { intercept } = silentSubgraph('accounts', { data: { b: 1 } });
  const mutation = 'mutation { a: logAccounts(entry: "1") b: logReviews(entry: "2") }';
  const { errors, calls } = await runDocument(shop, mutation, { intercept, options: { operationTimeoutMs: 20 } });
  expect(calls.map(({ subgraph }) => subgraph)).toEqual(['accounts']);
  expect(errors).toMatchObject([{ path: ['a'] }, { path: ['b'], extensions: { code: 'OPERATION_TIMEOUT' } }]);
});

test('a client that goes away ends the calls made for it', async () => {
  const client = new AbortController();
  const { asked, intercept } = silentSubgraph('accounts', reviews);
  const running = runDocument(shop, source, {
    intercept: (request) => {
      const answer = intercept(request);
      if (request.subgraph === 'accounts') client.abort();
      return answer;
    },
    options: { signal: client.signal },
  });
  const { errors } = await running;
  expect(asked[0]?.signal.aborted).toBe(true);
  expect(errors).toMatchObject([{ extensions: { code: 'OPERATION_CANCELLED' } }]);
});

test('a client that was gone before the start causes no call at all', async () => {
  const client = new AbortController();
  const aborted = once(client.signal, 'abort');
  client.abort();
  await aborted;
  const { calls } = await runDocument(shop, source, { options: { signal: client.signal } });
  expect(calls).toEqual([]);
});
