import { parse } from 'graphql';
import type { SubgraphAnswer, SubgraphRequest } from '#gateway/execute/subgraph-transport.js';
import { EventFetches } from './event-fetches.js';

const text = 'query ($representations: [_Any!]!) { _entities(representations: $representations) { __typename } }';
const operation = { subgraph: 'people', document: parse(text), text, operationName: undefined, hash: 'h' };

function requestOf(id: string, signal = new AbortController().signal): SubgraphRequest {
  return { ...operation, kind: 'query', variables: { representations: [{ id }] }, signal };
}

let asked: SubgraphRequest[];
/** Answers with what it is told, or when it is told. */
let answer: () => SubgraphAnswer | Promise<SubgraphAnswer>;
const fetch = (request: SubgraphRequest) => {
  asked.push(request);
  return answer();
};
const fetches = new EventFetches(1_000);
const fetchFor = (event: string) => fetches.sharedBy(event, fetch);

beforeEach(() => {
  asked = [];
  answer = () => ({ data: { person: { name: 'Mira' } } });
});

test('the same of one event is fetched once, and everybody may write into the answer', async () => {
  const [one, other] = await Promise.all([1, 2].map(() => fetchFor('event 1')(requestOf('a'), {})));
  expect(asked).toHaveLength(1);
  expect(one).toEqual({ data: { person: { name: 'Mira' } } });
  Object.assign(one?.data as object, { person: null });
  expect(other).toEqual({ data: { person: { name: 'Mira' } } });
});

test('something else, and the same of another event, is fetched for itself', async () => {
  await Promise.all([fetchFor('event 2')(requestOf('a'), {}), fetchFor('event 2')(requestOf('b'), {})]);
  await fetchFor('event 3')(requestOf('a'), {});
  expect(asked).toHaveLength(3);
});

test('a stream that ends takes the answer from nobody', async () => {
  const ending = new AbortController();
  let give = (_answer: SubgraphAnswer) => {};
  answer = () => new Promise((resolve) => (give = resolve));
  const all = Promise.all([
    fetchFor('event 4')(requestOf('a', ending.signal), {}),
    fetchFor('event 4')(requestOf('a'), {}),
  ]);
  ending.abort();
  expect(asked.map(({ signal }) => signal.aborted)).toEqual([false]);
  give({ data: { person: null } });
  expect(await all).toEqual([{ data: { person: null } }, { data: { person: null } }]);
});

test.each<[string, () => SubgraphAnswer | Promise<SubgraphAnswer>]>([
  ['fails', () => Promise.reject(new Error('away'))],
  ['has errors', () => ({ data: null, errors: [{ message: 'away' }] })],
])('an answer that %s is for those who waited for it, and whoever tries again asks anew', async (name, failing) => {
  answer = failing;
  const event = `event that ${name}`;
  await Promise.allSettled([fetchFor(event)(requestOf('a'), {}), fetchFor(event)(requestOf('a'), {})]);
  expect(asked).toHaveLength(1);
  answer = () => ({ data: { person: null } });
  expect(await fetchFor(event)(requestOf('a'), {})).toEqual({ data: { person: null } });
});
