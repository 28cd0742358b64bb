import { getEventListeners, getMaxListeners } from 'node:events';
import { GraphQLError } from 'graphql';
import type { OperationResult } from '#gateway/execute/run-operation.js';
import { completeEvents, HeldTooLong } from './complete-events.js';
import { Patience } from './patience.js';
import type { SubgraphFrame } from './subgraph-stream.js';

const away = { data: {}, errors: [new GraphQLError('away', { extensions: { code: 'SUBGRAPH_UNAVAILABLE' } })] };
const never = new AbortController().signal;

async function* events(count: number): AsyncGenerator<SubgraphFrame, void> {
  for (let i = 1; i <= count; i += 1)
    yield { kind: 'event', answer: { data: { number: i } }, cursor: `c${i}`, previous: `c${i - 1}` };
}

/** Completes events with this, and gives the cursors and texts in the order in which they came out. */
async function completed(
  count: number,
  finish: (data: { number: number }) => Promise<OperationResult>,
  patience = new Patience(),
  signal = never,
) {
  const out: { cursor: string | undefined; text: string }[] = [];
  const finishing = ({ data }: { readonly data?: unknown }) => finish(data as { number: number });
  for await (const item of completeEvents(events(count), finishing, signal, patience))
    if (item.kind === 'frame') out.push({ cursor: item.frame.cursor, text: item.frame.text });
  return out;
}

describe('events that need another service', () => {
  test('come in their order, though their answers do not', async () => {
    const waiting: (() => void)[] = [];
    const out = await completed(6, ({ number }) => {
      const answer = new Promise<OperationResult>((resolve) => waiting.push(() => resolve({ data: { number } })));
      if (number === 6) for (const give of waiting.reverse()) give();
      return answer;
    });
    expect(out.map(({ cursor }) => cursor)).toEqual(['c1', 'c2', 'c3', 'c4', 'c5', 'c6']);
  });

  test('wait while it is away, and then are whole', async () => {
    let calls = 0;
    const out = await completed(1, async (data) => {
      calls += 1;
      return calls < 3 ? away : { data: { ...data, whole: true } };
    });
    expect(calls).toBe(3);
    expect(out).toEqual([{ cursor: 'c1', text: expect.stringContaining('"whole":true') }]);
    expect(out[0]?.text).not.toContain('errors');
  });

  test('are read again when they had to wait for long, since access may be lost meanwhile', async () => {
    const patience = new Patience();
    const awayFor = (milliseconds: number) => {
      const end = performance.now() + milliseconds;
      return completed(1, async (data) => (performance.now() < end ? away : { data }), patience);
    };
    await expect(awayFor(1_000)).rejects.toThrow(HeldTooLong);
    // Once only: the stream must not stand at this event for ever.
    await expect(awayFor(1_000)).resolves.toHaveLength(1);
  });

  test('all listen for the end of their stream while they wait, and Node does not take that for a leak', async () => {
    const { signal } = new AbortController();
    const listening: number[] = [];
    let calls = 0;
    const outage = async (data: { number: number }) => {
      calls += 1;
      listening.push(getEventListeners(signal, 'abort').length);
      return calls <= 40 ? away : { data };
    };
    await completed(20, outage, new Patience(), signal);
    const most = Math.max(...listening);
    expect(most).toBeGreaterThan(10);
    expect(most).toBeLessThanOrEqual(getMaxListeners(signal));
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  test('are completed from the event as it was, each time', async () => {
    const seen: object[] = [];
    await completed(1, async (data) => {
      seen.push({ ...data });
      Object.assign(data, { written: true });
      return seen.length < 3 ? away : { data };
    });
    expect(seen).toEqual([{ number: 1 }, { number: 1 }, { number: 1 }]);
  });

  test('come with errors when the patience is over, and none of them waits', async () => {
    let calls = 0;
    const patience = new Patience(0);
    const out = await completed(
      20,
      async () => {
        calls += 1;
        return away;
      },
      patience,
    );
    expect(out).toHaveLength(20);
    expect(out.every(({ text }) => text.includes('SUBGRAPH_UNAVAILABLE'))).toBe(true);
    expect(calls).toBe(20);
  });

  test('come at once when the error is one that waiting does not mend', async () => {
    let calls = 0;
    await completed(1, async () => {
      calls += 1;
      return { data: {}, errors: [new GraphQLError('no', { extensions: { code: 'FORBIDDEN' } })] };
    });
    expect(calls).toBe(1);
  });
});
