/** Many subscribers in one process. A process of its own: its time is nobody's cost. */
import { type FrameSocket, openFrameSocket } from './frame-socket.js';

export type SubscribersOrder =
  | {
      readonly kind: 'open';
      readonly url: string;
      readonly token: string;
      /** For each subscriber what it subscribes to, as text. */
      readonly subscriptions: readonly string[];
    }
  /** Resolves when every subscriber has got so many more messages. */
  | { readonly kind: 'expect'; readonly messages: number };

export interface Received {
  /** Milliseconds since the epoch: when the last of all expected messages came. */
  readonly lastAt: number;
  /** When each message came, subscriber after subscriber, in the order of their coming. */
  readonly times: Float64Array;
  /** One message as it came, to send the same bytes elsewhere. */
  readonly sample: string;
}

const patienceMs = 60_000;
const openingAtOnce = 50;

class Subscriber {
  readonly times: number[] = [];
  socket: FrameSocket | undefined;
}

const subscribers: Subscriber[] = [];
let missing = 0;
let expecting = false;
let complete: () => void = () => undefined;
let sample = '';

process.on('message', (order: SubscribersOrder) => {
  const done = order.kind === 'open' ? open(order) : expect(order.messages);
  done.then((result) => process.send?.(result ?? 'done'), fail);
});
process.once('disconnect', () => process.exit(0));

async function open({ url, token, subscriptions }: Extract<SubscribersOrder, { kind: 'open' }>): Promise<void> {
  for (let start = 0; start < subscriptions.length; start += openingAtOnce) {
    const some = subscriptions.slice(start, start + openingAtOnce);
    await Promise.all(some.map((subscription) => subscribe(new URL(url), token, subscription)));
  }
}

async function subscribe(url: URL, token: string, subscription: string): Promise<void> {
  const subscriber = new Subscriber();
  let acknowledge: () => void = () => undefined;
  const acknowledged = new Promise<void>((resolve) => {
    acknowledge = resolve;
  });
  subscriber.socket = await openFrameSocket(url, {
    message: (payload) => {
      if (isNext(payload)) receive(subscriber, payload);
      else if (payload.includes('connection_ack')) acknowledge();
      else if (payload.includes('"type":"ping"')) subscriber.socket?.send('{"type":"pong"}');
      else fail(new Error(`Not a message of the subscription: ${payload.toString()}`));
    },
    closed: (reason) => fail(new Error(`The server closed a subscriber: ${reason}`)),
  });
  subscriber.socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } }));
  await acknowledged;
  subscriber.socket.send(subscription);
  subscribers.push(subscriber);
}

/** The type stands near the front, whichever server wrote it. */
function isNext(payload: Buffer): boolean {
  return payload.subarray(0, 64).includes('"next"');
}

function receive(subscriber: Subscriber, payload: Buffer): void {
  if (sample === '') sample = payload.toString();
  if (payload.includes('"errors"')) fail(new Error(`A message with errors: ${payload.toString().slice(0, 500)}`));
  subscriber.times.push(performance.timeOrigin + performance.now());
  missing -= 1;
  if (expecting && missing === 0) complete();
}

function expect(messages: number): Promise<Received> {
  // What has come before the order is counted too: messages and orders travel by different ways.
  missing += messages * subscribers.length;
  return new Promise((resolve) => {
    const timer = setTimeout(() => fail(new Error(`${missing} messages did not come in time.`)), patienceMs);
    complete = () => {
      clearTimeout(timer);
      expecting = false;
      resolve(taken());
    };
    expecting = true;
    if (missing === 0) complete();
  });
}

function taken(): Received {
  const times = Float64Array.from(subscribers.flatMap((subscriber) => subscriber.times.splice(0)));
  return { times, lastAt: times.reduce((latest, time) => Math.max(latest, time), 0), sample };
}

function fail(error: unknown): never {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exit(1);
}
