import { ApolloClient, gql, InMemoryCache } from '@apollo/client';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { type Client, createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { z } from 'zod';
import { eventually } from '#test/hub/eventually.js';
import { contributionAdded, delivered } from './contributions.js';
import { closeAll, signedIn } from './raw-socket.js';
import { dropAll, rawStream } from './raw-stream.js';
import { startTcpProxy, type TcpProxy } from './tcp-proxy.js';
import { startWireHub, type WireHub } from './wire-hub.js';

let wire: WireHub;
let proxy: TcpProxy;
const clients: Client[] = [];

beforeAll(async () => {
  wire = await startWireHub({ lingerMs: 200 });
  proxy = await startTcpProxy(wire.url);
});
afterEach(async () => {
  for (const client of clients.splice(0)) await client.dispose();
  await closeAll();
  await dropAll();
  await wire.quiet();
});
afterAll(async () => {
  await proxy.stop();
  await wire.stop();
});

/** The client as its users make it, on a line that can be cut. */
function client(url = proxy.url): Client {
  const made = createClient({
    url: `${url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: { authorization: `Bearer ${wire.mira.token}` },
    retryAttempts: 1_000,
    retryWait: () => Promise.resolve(),
    shouldRetry: () => true,
  });
  clients.push(made);
  return made;
}

/** Says three things a round: two are heard, then the line is cut and the third is said to nobody. */
async function sayWhileCutting(heard: () => string | undefined): Promise<string[]> {
  const said: string[] = [];
  for (const round of ['a', 'b', 'c']) {
    await wire.say(`${round}1`, `${round}2`);
    await eventually(heard, (last) => last === `${round}2`);
    proxy.cut();
    await wire.say(`${round}3`);
    said.push(`${round}1`, `${round}2`, `${round}3`);
  }
  return said;
}

describe('the graphql-ws client', () => {
  test('loses its line and goes on behind the last cursor, with nothing missing or doubled', async () => {
    const frames: ReturnType<typeof delivered>[] = [];
    let after: string | undefined;
    const connection = client();
    connection.on('message', (message) => {
      if (message.type === 'ping')
        after ??= z.object({ weft: z.object({ cursor: z.string() }) }).parse(message.payload).weft.cursor;
    });
    connection.subscribe(
      {
        query: contributionAdded,
        // Read when the client subscribes, and again each time it does so after a lost line.
        get variables() {
          return { idea: wire.idea, after };
        },
      },
      {
        next(result) {
          const frame = delivered(result);
          after = frame.cursor;
          frames.push(frame);
        },
        error: (error) => frames.push({ body: String(error), cursor: '', previous: '' }),
        complete: () => undefined,
      },
    );
    await eventually(
      () => after,
      (cursor) => cursor !== undefined,
    );
    const said = await sayWhileCutting(() => frames.at(-1)?.body);
    await eventually(
      () => frames.length,
      (length) => length >= said.length,
    );
    expect(frames.map(({ body }) => body)).toEqual(said);
    for (const [place, { previous }] of frames.entries()) {
      if (place > 0) expect(previous).toBe(frames[place - 1]?.cursor);
    }
  });

  test('takes a query, and its refusal, as from any server', async () => {
    const connection = client();
    const answer = await connection.iterate({ query: '{ viewer { administrator } }' }).next();
    expect(answer.value).toEqual({ data: { viewer: { administrator: false } } });
    await expect(connection.iterate({ query: '{ nothing }' }).next()).rejects.toMatchObject([
      { extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } },
    ]);
  });
});

describe('Apollo Client over graphql-ws', () => {
  test('streams, asks, and changes', async () => {
    const apollo = new ApolloClient({ link: new GraphQLWsLink(client()), cache: new InMemoryCache() });
    const bodies: unknown[] = [];
    const listening = apollo
      .subscribe({ query: gql(contributionAdded), variables: { idea: wire.idea } })
      .subscribe({ next: (result) => bodies.push(delivered(result).body) });
    await eventually(
      () => wire.hub.upstreams(),
      (upstreams) => upstreams === 1,
    );
    await wire.say('to Apollo');
    await eventually(
      () => bodies,
      (all) => all.length === 1,
    );
    expect(bodies).toEqual(['to Apollo']);
    const { data } = await apollo.query({
      query: gql('query ($id: ID!) { idea(id: $id) { title } }'),
      variables: { id: wire.idea },
    });
    expect(data).toMatchObject({ idea: { title: 'Some idea' } });
    listening.unsubscribe();
    apollo.stop();
  });
});

describe('both transports', () => {
  test('give the same frames for the same document, letter for letter', async () => {
    const socket = await signedIn(wire.url, wire.mira.token);
    const texts: string[] = [];
    socket.socket.on('message', (data) => {
      const payload = /^\{"id":"same","type":"next","payload":(.*)\}$/s.exec(String(data))?.[1];
      if (payload !== undefined) texts.push(payload);
    });
    socket.subscribe('same', contributionAdded, { idea: wire.idea });
    await socket.take('ping', undefined);
    const stream = await rawStream(wire.url, {
      token: wire.mira.token,
      query: contributionAdded,
      variables: { idea: wire.idea },
    });
    await stream.heartbeat();
    await wire.say('ünï', 'two\nlines', '"quoted" \u2028');
    await stream.atLeast(3);
    await eventually(
      () => texts.length,
      (length) => length === 3,
    );
    const data = stream
      .text()
      .split('\n')
      .filter((line) => line.startsWith('data: '));
    expect(data.map((line) => line.slice('data: '.length))).toEqual(texts);
    expect(texts.map((text) => delivered(JSON.parse(text)).body)).toEqual(['ünï', 'two\nlines', '"quoted" \u2028']);
  });
});
