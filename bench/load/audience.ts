import { startLoadProcess } from './load-process.js';
import type { Received, SubscribersOrder } from './subscribers.js';

/** All subscribers of one turn, spread over processes. */
export interface Audience {
  /** Resolves when everyone has got so many more messages. */
  expect(messages: number): Promise<readonly Received[]>;
  stop(): Promise<void>;
}

const processes = 2;

export async function openAudience(url: string, token: string, subscriptions: readonly string[]): Promise<Audience> {
  const clients = Array.from({ length: processes }, () =>
    startLoadProcess<SubscribersOrder, Received>('./subscribers.js'),
  );
  const stop = async () => void (await Promise.all(clients.map((client) => client.stop())));
  const share = (index: number) => subscriptions.filter((_, place) => place % processes === index);
  try {
    await Promise.all(
      clients.map((client, index) =>
        client.run({ kind: 'open', url: `${url}/graphql`, token, subscriptions: share(index) }),
      ),
    );
  } catch (error) {
    await stop();
    throw error;
  }
  return { expect: (messages) => Promise.all(clients.map((client) => client.run({ kind: 'expect', messages }))), stop };
}
