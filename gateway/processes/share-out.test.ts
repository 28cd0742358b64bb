import { parse } from 'graphql';
import { type CallFailureCode, SubgraphCallError } from '#gateway/execute/subgraph-transport.js';
import type { GatewayRequest } from '#gateway/request.js';
import { SubscriptionRefused } from '#gateway/subscriptions/subgraph-stream.js';
import { anonymous } from '#kernel/auth/viewer.js';
import { shareOut } from './share-out.js';

const text = '{ ideas { id } }';
const operation = { subgraph: 'ideas', document: parse(text), text, operationName: undefined, hash: '' };
const context: GatewayRequest = { viewer: anonymous, signedViewer: '', requestId: '1' };
const refused = failure('SUBGRAPH_UNAVAILABLE', false);
const broken = failure('SUBGRAPH_UNAVAILABLE', true);

function failure(code: CallFailureCode, sent: boolean): SubgraphCallError {
  return new SubgraphCallError(code, 'away', { sent });
}

/** A process that notes that it was asked, and fails as it is told to. */
function fakeProcess(name: string, asked: string[]) {
  const fake = {
    failing: undefined as Error | undefined,
    async execute() {
      asked.push(name);
      if (fake.failing) throw fake.failing;
      return { data: name };
    },
    async subscribe() {
      await fake.execute();
      return (async function* () {})();
    },
  };
  return fake;
}

function twoProcesses() {
  const asked: string[] = [];
  const [a, b] = [fakeProcess('a', asked), fakeProcess('b', asked)];
  const transport = shareOut([a, b]);
  const request = (kind: 'query' | 'mutation' | 'subscription') => ({
    ...operation,
    kind,
    variables: {},
    signal: new AbortController().signal,
  });
  return {
    a,
    b,
    asked,
    ask: async (kind: 'query' | 'mutation' = 'query') => transport.execute(request(kind), context),
    subscribe: () => transport.subscribe(request('subscription'), context),
  };
}

test('two processes are asked in turn', async () => {
  const { ask, asked } = twoProcesses();
  for (let call = 0; call < 4; call += 1) await ask();
  expect(asked.join('')).toMatch(/^(abab|baba)$/);
});

test('one that cannot be reached is passed over, for queries and mutations alike', async () => {
  const { ask, a, asked } = twoProcesses();
  a.failing = refused;
  for (const kind of ['query', 'mutation', 'mutation', 'query'] as const)
    expect(await ask(kind)).toEqual({ data: 'b' });
  expect(asked.filter((name) => name === 'a')).toHaveLength(1);
});

test('it is asked all the same when the others are away as well', async () => {
  const { ask, a, b } = twoProcesses();
  a.failing = refused;
  await ask();
  await ask();
  b.failing = refused;
  a.failing = undefined;
  expect(await ask()).toEqual({ data: 'a' });
});

test('a query whose connection broke is asked elsewhere; a mutation is not, since it may have happened', async () => {
  const { ask, a, b, asked } = twoProcesses();
  a.failing = broken;
  b.failing = broken;
  await expect(ask('mutation')).rejects.toBe(broken);
  expect(asked).toHaveLength(1);
  await expect(ask('query')).rejects.toBe(broken);
  expect(asked).toHaveLength(3);
});

test.each(['SUBGRAPH_TIMEOUT', 'SUBGRAPH_BAD_RESPONSE'] as const)('%s is no reason to ask elsewhere', async (code) => {
  const { ask, a, b, asked } = twoProcesses();
  a.failing = failure(code, true);
  b.failing = a.failing;
  await expect(ask()).rejects.toMatchObject({ code });
  expect(asked).toHaveLength(1);
});

test('a stream is opened at a process that is there; one that says no is believed', async () => {
  const { subscribe, a, b, asked } = twoProcesses();
  a.failing = new Error('connection lost');
  await subscribe();
  await subscribe();
  expect(asked.at(-1)).toBe('b');
  b.failing = new SubscriptionRefused([{ message: 'no' }]);
  a.failing = b.failing;
  asked.length = 0;
  await expect(subscribe()).rejects.toBe(b.failing);
  expect(asked).toHaveLength(1);
});
