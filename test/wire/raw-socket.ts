import WebSocket from 'ws';
import { eventually } from '#test/hub/eventually.js';

/** A message of graphql-transport-ws as it came. */
export interface WireMessage {
  readonly type: string;
  readonly id?: string;
  readonly payload?: unknown;
}

export interface RawSocketOptions {
  readonly protocols?: string[];
  readonly authorization?: string;
  /** Of the page that opens it, as a browser would say. */
  readonly origin?: string;
}

/** Somebody who speaks the protocol by hand, mistakes included. */
export interface RawSocket {
  readonly socket: WebSocket;
  /** What came and was not taken yet. */
  readonly inbox: readonly WireMessage[];
  /** Sends text and bytes as they are, anything else as JSON. */
  send(message: object | string | Buffer): void;
  /** Takes the next message of a type, for an operation or of the connection; waits for it. */
  take(type: string, id?: string): Promise<WireMessage>;
  /** Says who it is and waits for the ack. */
  init(token?: string): Promise<void>;
  subscribe(id: string, query: string, variables?: object): void;
  /** The code and reason of the close, once it came. */
  closed(milliseconds?: number): Promise<{ code: number; reason: string }>;
}

const subprotocol = 'graphql-transport-ws';
const open = new Set<WebSocket>();

export async function rawSocket(url: string, options: RawSocketOptions = {}): Promise<RawSocket> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, options.protocols ?? [subprotocol], {
    headers: {
      ...(options.authorization ? { authorization: options.authorization } : {}),
      ...(options.origin ? { origin: options.origin } : {}),
    },
  });
  open.add(socket);
  const inbox: WireMessage[] = [];
  const close: { code: number; reason: string }[] = [];
  socket.on('message', (data) => inbox.push(JSON.parse(String(data)) as WireMessage));
  socket.on('close', (code, reason) => {
    open.delete(socket);
    close.push({ code, reason: String(reason) });
  });
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  socket.on('error', () => undefined); // tests that break the protocol look at the close
  const send = (message: object | string | Buffer) =>
    socket.send(typeof message === 'string' || Buffer.isBuffer(message) ? message : JSON.stringify(message));
  async function take(type: string, id?: string): Promise<WireMessage> {
    const wanted = () => inbox.findIndex((message) => message.type === type && (id === undefined || message.id === id));
    await eventually(
      () => ({ inbox: inbox.map(({ type, id }) => ({ type, id })), close, place: wanted() }),
      ({ place }) => place >= 0,
    );
    const [message] = inbox.splice(wanted(), 1);
    if (!message) throw new Error('The message was taken by somebody else.');
    return message;
  }
  return {
    socket,
    inbox,
    send,
    take,
    async init(token) {
      send({ type: 'connection_init', ...(token ? { payload: { authorization: `Bearer ${token}` } } : {}) });
      await take('connection_ack');
    },
    subscribe: (id, query, variables) =>
      send({ type: 'subscribe', id, payload: { query, ...(variables ? { variables } : {}) } }),
    async closed(milliseconds) {
      const [first] = await eventually(
        () => close,
        (all) => all.length > 0,
        milliseconds,
      );
      return first ?? { code: 0, reason: '' };
    },
  };
}

/** A connection that has said who it is. */
export async function signedIn(url: string, token?: string): Promise<RawSocket> {
  const raw = await rawSocket(url);
  await raw.init(token);
  return raw;
}

/** Ends what a test left open. */
export async function closeAll(): Promise<void> {
  const all = [...open];
  for (const socket of all) socket.terminate();
  await eventually(
    () => open.size,
    (size) => size === 0,
  );
}
