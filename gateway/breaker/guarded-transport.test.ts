import { parse } from 'graphql';
import { pino } from 'pino';
import { type SubgraphAnswer, SubgraphCallError, type SubgraphRequest } from '#gateway/execute/subgraph-transport.js';
import type { GatewayRequest } from '#gateway/request.js';
import type { SubgraphFrame } from '#gateway/subscriptions/subgraph-stream.js';
import type { HubTransport } from '#gateway/transports.js';
import { anonymous } from '#kernel/auth/viewer.js';
import { Metrics } from '#kernel/metrics/metrics.js';
import { eventually } from '#test/hub/eventually.js';
import { guardTransports } from './guarded-transport.js';

const times = { suspectAfterMs: 60, probeMs: 40, againMs: 20 };
const context: GatewayRequest = { viewer: anonymous, requestId: 'a-request', signedViewer: '' };
const answer: SubgraphAnswer = { data: { ok: true } };

/** Calls wait for ever while it is frozen, as those of a stopped process do, and are answered otherwise. */
class Subgraph implements HubTransport {
  frozen = false;
  /** Lets what is not a probe wait although it lives. */
  slow = false;
  calls = 0;
  probes = 0;

  async execute({ text, signal }: SubgraphRequest): Promise<SubgraphAnswer> {
    const isProbe = text === '{ __typename }';
    if (isProbe) this.probes += 1;
    else this.calls += 1;
    if (!this.frozen && (isProbe || !this.slow)) return answer;
    return new Promise((_, reject) => {
      if (signal.aborted) reject(signal.reason);
      signal.addEventListener('abort', () => reject(signal.reason));
    });
  }

  async subscribe({ signal }: SubgraphRequest): Promise<AsyncIterable<SubgraphFrame>> {
    this.calls += 1;
    const ended = new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    if (this.frozen) return ended;
    ended.catch(() => undefined);
    return streamUntil(ended);
  }
}

/** Says where it begins, and then nothing for as long as nobody ends it. */
async function* streamUntil(ended: Promise<never>): AsyncGenerator<SubgraphFrame, void> {
  yield { kind: 'heartbeat', cursor: 'c0' };
  await ended;
}

function guardedSubgraph() {
  const subgraph = new Subgraph();
  const metrics = new Metrics();
  const guard = guardTransports({ log: pino({ level: 'silent' }), metrics, times });
  const transport = guard('ideas', 'ideas:4002', subgraph);
  const ask = (signal = new AbortController().signal) =>
    Promise.resolve(transport.execute({ ...operation, variables: {}, signal }, context));
  const subscribe = (signal = new AbortController().signal) =>
    transport.subscribe({ ...operation, kind: 'subscription', variables: {}, signal }, context);
  const isOpen = async () =>
    (await metrics.text()).includes('weft_breaker_open{subgraph="ideas",address="ideas:4002"} 1');
  return { subgraph, transport, ask, subscribe, isOpen };
}

const text = '{ ideas { id } }';
const operation = {
  subgraph: 'ideas',
  document: parse(text),
  text,
  operationName: undefined,
  kind: 'query',
  hash: '',
} as const;
const unavailable = { code: 'SUBGRAPH_UNAVAILABLE' };
const timeout = new SubgraphCallError('SUBGRAPH_TIMEOUT', 'too slow');

test('a subgraph that answers is asked as if nothing were in between', async () => {
  const { subgraph, ask, isOpen } = guardedSubgraph();
  expect(await ask()).toBe(answer);
  expect({ ...subgraph }).toMatchObject({ calls: 1, probes: 0 });
  expect(await isOpen()).toBe(false);
});

test('calls of a frozen subgraph are given up once it does not answer a probe either, and later ones fail at once', async () => {
  const { subgraph, ask, isOpen } = guardedSubgraph();
  subgraph.frozen = true;
  await expect(ask()).rejects.toMatchObject(unavailable);
  expect(await isOpen()).toBe(true);
  const { calls } = subgraph;
  await expect(ask()).rejects.toMatchObject(unavailable);
  expect(subgraph.calls).toBe(calls);
});

test('it is asked again as soon as it answers a probe', async () => {
  const { subgraph, ask, isOpen } = guardedSubgraph();
  subgraph.frozen = true;
  await expect(ask()).rejects.toMatchObject(unavailable);
  subgraph.frozen = false;
  await eventually(isOpen, (open) => !open);
  expect(await ask()).toBe(answer);
});

test('a slow call waits on as long as the subgraph answers probes', async () => {
  const { subgraph, ask, isOpen } = guardedSubgraph();
  subgraph.slow = true;
  const gone = new AbortController();
  const slow = ask(gone.signal);
  await eventually(
    () => subgraph.probes,
    (probes) => probes >= 3,
  );
  expect(await isOpen()).toBe(false);
  gone.abort(timeout);
  await expect(slow).rejects.toBe(timeout);
});

test('many calls in a row that take too long open it, and after a probe the first that does so again', async () => {
  const { subgraph, ask, isOpen } = guardedSubgraph();
  subgraph.slow = true;
  const timeOut = () => expect(ask(AbortSignal.abort(timeout))).rejects.toBeDefined();
  for (let call = 0; call < 9; call += 1) await timeOut();
  expect(await isOpen()).toBe(false);
  await timeOut();
  expect(await isOpen()).toBe(true);
  await eventually(isOpen, (open) => !open);
  await timeOut();
  expect(await isOpen()).toBe(true);
});

test('a client that goes away ends its call and says nothing about the subgraph', async () => {
  const { subgraph, ask, isOpen } = guardedSubgraph();
  subgraph.slow = true;
  const cancelled = new SubgraphCallError('OPERATION_CANCELLED', 'gone');
  for (let call = 0; call < 20; call += 1) await expect(ask(AbortSignal.abort(cancelled))).rejects.toBeDefined();
  expect(await isOpen()).toBe(false);
});

test('one that is closed probes nobody any more', async () => {
  const { subgraph, transport, ask } = guardedSubgraph();
  subgraph.frozen = true;
  await expect(ask()).rejects.toMatchObject(unavailable);
  await transport.close?.();
  const { probes } = subgraph;
  await new Promise((resolve) => setImmediate(resolve));
  expect(subgraph.probes).toBe(probes);
});

test('a subscription that a frozen subgraph does not take is given up, and later ones are refused at once until it answers', async () => {
  const { subgraph, transport, subscribe, isOpen, ask } = guardedSubgraph();
  await ask();
  subgraph.frozen = true;
  await expect(subscribe()).rejects.toMatchObject(unavailable);
  expect(await isOpen()).toBe(true);
  const asked = subgraph.calls;
  await expect(subscribe()).rejects.toMatchObject(unavailable);
  expect(subgraph.calls).toBe(asked);
  subgraph.frozen = false;
  await eventually(isOpen, (open) => !open);
  await expect(subscribe()).resolves.toBeDefined();
  await transport.close?.();
});

test('a stream that is open is nothing that waits for an answer, and is ended by who asked for it alone', async () => {
  const { subgraph, transport, ask, subscribe, isOpen } = guardedSubgraph();
  const ending = new AbortController();
  const frames = (await subscribe(ending.signal))[Symbol.asyncIterator]();
  expect(await frames.next()).toMatchObject({ value: { cursor: 'c0' } });
  let over = false;
  const next = frames.next().finally(() => {
    over = true;
  });
  next.catch(() => undefined);
  subgraph.frozen = true;
  await expect(ask()).rejects.toMatchObject(unavailable);
  expect([await isOpen(), over]).toEqual([true, false]);
  ending.abort(new Error('enough'));
  await expect(next).rejects.toThrow('enough');
  await transport.close?.();
});
