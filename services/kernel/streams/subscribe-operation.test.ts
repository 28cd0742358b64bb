import { buildSchema, parse } from 'graphql';
import { pino } from 'pino';
import type { RunningService } from '../runtime/service.js';
import type { StreamItem } from './stream-field.js';
import { type StreamFrame, subscribeOperation } from './subscribe-operation.js';

const lost = Object.assign(new Error('Connection terminated unexpectedly'), { code: 'ECONNRESET' });

/** A service whose events are these; their text is read by asking each of them. */
function serviceWith(texts: readonly (() => string)[]): RunningService {
  const context = { log: pino({ level: 'silent' }) } as never;
  const schema = buildSchema('type Query { ok: Boolean } type Subscription { said: Said } type Said { text: String }');
  const field = schema.getSubscriptionType()?.getFields().said;
  if (field) {
    field.subscribe = () => items(texts, context);
    field.resolve = (event) => event;
  }
  return { schema, createContext: () => context } as unknown as RunningService;
}

async function* items(texts: readonly (() => string)[], context: never): AsyncGenerator<StreamItem, void> {
  for (const [index, text] of texts.entries())
    yield { kind: 'event', event: { text } as never, context, cursor: `c${index + 1}`, previous: `c${index}` };
}

async function listen(...texts: (() => string)[]) {
  const request = { document: parse('subscription { said { text } }'), operationName: undefined, variables: {} };
  const call = { viewer: { kind: 'anonymous' }, requestId: 'a-request' } as const;
  const subscribed = await subscribeOperation(serviceWith(texts), request, call, new AbortController().signal);
  if ('errors' in subscribed) throw new Error('It was refused.');
  const heard: StreamFrame[] = [];
  try {
    for await (const frame of subscribed.frames) heard.push(frame);
  } catch (error) {
    return { heard, error };
  }
  return { heard, error: undefined };
}

function throwing(error: Error): () => string {
  return () => {
    throw error;
  };
}

describe('an event that cannot be read', () => {
  test('because the database is away breaks the stream off in front of it', async () => {
    const { heard, error } = await listen(
      () => 'one',
      throwing(lost),
      () => 'three',
    );
    expect(heard.map(({ cursor }) => cursor)).toEqual(['c1']);
    expect(error).toMatchObject({ extensions: { code: 'UNAVAILABLE' } });
  });

  test('because of a fault of ours comes with an error, and the stream goes on', async () => {
    const { heard, error } = await listen(throwing(new Error('a bug')), () => 'two');
    expect(heard).toMatchObject([
      { cursor: 'c1', result: { errors: [{ extensions: { code: 'INTERNAL' } }] } },
      { cursor: 'c2', result: { data: { said: { text: 'two' } } } },
    ]);
    expect(error).toBeUndefined();
  });
});
