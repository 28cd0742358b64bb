import WebSocket from 'ws';
import { eventually } from '#test/hub/eventually.js';
import { contributionAdded, delivered, firstError } from './contributions.js';
import { closeAll, type RawSocket, rawSocket, signedIn } from './raw-socket.js';
import { startWireHub, type WireHub } from './wire-hub.js';

let wire: WireHub;

beforeAll(async () => {
  wire = await startWireHub({ initialisationMs: 2_000, keepAliveMs: 200, closeGraceMs: 3_000 });
});
afterEach(async () => {
  await closeAll();
  await wire.quiet();
});
afterAll(() => wire.stop());

/** Mira, listening to the idea as `live`; the upstream is there when this returns. */
async function listening(id = 'live', token = wire.mira.token): Promise<RawSocket> {
  const raw = await signedIn(wire.url, token);
  raw.subscribe(id, contributionAdded, { idea: wire.idea });
  await raw.take('ping');
  return raw;
}

describe('opening a connection', () => {
  test.each([
    ['another subprotocol', ['graphql-ws']],
    ['none', []],
  ])('with %s is closed with 4406', async (_, protocols) => {
    const raw = await rawSocket(wire.url, { protocols });
    expect(await raw.closed()).toEqual({ code: 4406, reason: expect.stringContaining('graphql-transport-ws') });
  });

  test('at another path is answered with 404', async () => {
    const socket = new WebSocket(`${wire.url.replace('http', 'ws')}/elsewhere`, 'graphql-transport-ws');
    const status = await new Promise((resolve) => {
      socket.once('unexpected-response', (request, response) => {
        resolve(response.statusCode);
        request.destroy();
      });
      socket.on('error', () => undefined);
    });
    expect(status).toBe(404);
  });

  test('with a bad frame at once does not harm anybody', async () => {
    const raw = await rawSocket(wire.url, { protocols: ['other'] });
    raw.socket.send('x', { compress: false, mask: false });
    await raw.closed();
    expect(await wire.mira.run('{ viewer { administrator } }')).toEqual({ viewer: { administrator: false } });
  });

  test('and saying nothing is closed with 4408 in time', async () => {
    const raw = await rawSocket(wire.url);
    expect(await raw.closed()).toEqual({ code: 4408, reason: 'Connection initialisation timeout' });
  });

  test('twice is closed with 4429', async () => {
    const raw = await signedIn(wire.url);
    raw.send({ type: 'connection_init' });
    expect(await raw.closed()).toEqual({ code: 4429, reason: 'Too many initialisation requests' });
  });

  test('twice before the ack is closed with 4429 as well', async () => {
    const raw = await rawSocket(wire.url);
    raw.send({ type: 'connection_init' });
    raw.send({ type: 'connection_init' });
    expect(await raw.closed()).toMatchObject({ code: 4429 });
  });

  test('and subscribing before the ack is closed with 4401', async () => {
    const raw = await rawSocket(wire.url);
    raw.subscribe('early', contributionAdded);
    expect(await raw.closed()).toEqual({ code: 4401, reason: 'Unauthorized' });
  });

  test('takes credentials from connection_init', async () => {
    const raw = await signedIn(wire.url, wire.mira.token);
    raw.subscribe('who', '{ viewer { person { name } } }');
    expect(await raw.take('next', 'who')).toMatchObject({
      payload: { data: { viewer: { person: { name: 'Mira' } } } },
    });
  });

  test('takes credentials from the upgrade', async () => {
    const raw = await rawSocket(wire.url, { authorization: `Bearer ${wire.mira.token}` });
    await raw.init();
    raw.subscribe('who', '{ viewer { person { name } } }');
    expect(await raw.take('next', 'who')).toMatchObject({
      payload: { data: { viewer: { person: { name: 'Mira' } } } },
    });
  });

  test('with credentials in both places is closed with 4400', async () => {
    const raw = await rawSocket(wire.url, { authorization: `Bearer ${wire.mira.token}` });
    raw.send({ type: 'connection_init', payload: { authorization: `Bearer ${wire.mira.token}` } });
    expect(await raw.closed()).toEqual({ code: 4400, reason: expect.stringContaining('not with both') });
  });

  test.each(['Bearer nobody', 'Basic dXNlcjpwYXNz'])(
    'with the bad credentials "%s" is closed with 4403',
    async (text) => {
      const raw = await rawSocket(wire.url);
      raw.send({ type: 'connection_init', payload: { authorization: text } });
      expect(await raw.closed()).toEqual({ code: 4403, reason: expect.stringMatching(/token/) });
      expect(raw.inbox).toEqual([]);
    },
  );
});

describe('a malformed message closes with 4400', () => {
  const subscribe = { type: 'subscribe', id: '1', payload: { query: '{ viewer { administrator } }' } };
  test.each<[string, object | string | Buffer]>([
    ['no JSON', '{"type":'],
    ['an empty text', ''],
    ['no object', '[]'],
    ['null', 'null'],
    ['binary', Buffer.from('{"type":"ping"}')],
    ['no type', { id: '1' }],
    ['an unknown type', { type: 'start', id: '1' }],
    ['a type of the server', { type: 'connection_ack' }],
    ['a payload of connection_init that is no object', { type: 'connection_init', payload: 'token' }],
    ['a ping whose payload is no object', { type: 'ping', payload: [] }],
    ['no id', { type: 'subscribe', payload: subscribe.payload }],
    ['an empty id', { ...subscribe, id: '' }],
    ['an id that is no text', { ...subscribe, id: 1 }],
    ['no payload', { type: 'subscribe', id: '1' }],
    ['no query', { ...subscribe, payload: {} }],
    ['a query that is no text', { ...subscribe, payload: { query: 1 } }],
    ['variables that are no object', { ...subscribe, payload: { ...subscribe.payload, variables: '{}' } }],
    ['an operation name that is no text', { ...subscribe, payload: { ...subscribe.payload, operationName: 1 } }],
    ['extensions that are no object', { ...subscribe, payload: { ...subscribe.payload, extensions: 1 } }],
    ['a complete without id', { type: 'complete' }],
  ])('%s', async (_, message) => {
    const raw = await rawSocket(wire.url);
    if (typeof message === 'string' || !JSON.stringify(message).includes('connection_')) await raw.init();
    raw.send(message);
    expect(await raw.closed()).toEqual({ code: 4400, reason: 'Invalid message received' });
  });

  test('and one that is too large with 1009', async () => {
    const raw = await signedIn(wire.url);
    raw.subscribe('large', `# ${'x'.repeat(1024 * 1024)}\n{ viewer { administrator } }`);
    expect(await raw.closed()).toMatchObject({ code: 1009 });
  });
});

describe('operations', () => {
  test('a query gives one result and completes', async () => {
    const raw = await signedIn(wire.url, wire.mira.token);
    raw.subscribe('q', 'query ($id: ID!) { idea(id: $id) { title } }', { id: wire.idea });
    expect(await raw.take('next', 'q')).toEqual({
      type: 'next',
      id: 'q',
      payload: { data: { idea: { title: 'Some idea' } } },
    });
    expect(await raw.take('complete', 'q')).toEqual({ type: 'complete', id: 'q' });
  });

  test('a mutation gives one result and completes, and has happened', async () => {
    const raw = await signedIn(wire.url, wire.mira.token);
    raw.subscribe('m', 'mutation ($i: EndorseIdeaInput!) { endorseIdea(input: $i) { errors { code } } }', {
      i: { idea: wire.idea },
    });
    expect(await raw.take('next', 'm')).toMatchObject({ payload: { data: { endorseIdea: { errors: [] } } } });
    await raw.take('complete', 'm');
    expect(
      await wire.jon.run('query ($id: ID!) { idea(id: $id) { endorsements { totalCount } } }', { id: wire.idea }),
    ).toEqual({ idea: { endorsements: { totalCount: 1 } } });
  });

  test('a subscription gives each event with its place and the one before', async () => {
    const raw = await listening();
    await wire.say('first', 'second');
    const first = delivered((await raw.take('next', 'live')).payload);
    const second = delivered((await raw.take('next', 'live')).payload);
    expect([first.body, second.body]).toEqual(['first', 'second']);
    expect(second.previous).toBe(first.cursor);
  });

  test('the one that subscribes second learns its place as well', async () => {
    const first = await listening();
    const second = await listening();
    expect(wire.hub.upstreams()).toBe(1);
    await wire.say('for both');
    const payloads = [await first.take('next'), await second.take('next')].map(({ payload }) => payload);
    expect(payloads[1]).toEqual(payloads[0]);
  });

  test('an id in use closes with 4409', async () => {
    const raw = await listening();
    raw.subscribe('live', contributionAdded);
    expect(await raw.closed()).toEqual({ code: 4409, reason: 'Subscriber for live already exists' });
  });

  test('an id is free again after complete, from either side, and after an error', async () => {
    const raw = await signedIn(wire.url, wire.mira.token);
    raw.subscribe('again', '{ viewer { administrator } }');
    await raw.take('complete', 'again');
    raw.subscribe('again', '{ nothing }');
    await raw.take('error', 'again');
    raw.subscribe('again', contributionAdded, { idea: wire.idea });
    await raw.take('ping');
    raw.send({ type: 'complete', id: 'again' });
    raw.subscribe('again', '{ viewer { administrator } }');
    expect(await raw.take('next', 'again')).toMatchObject({ payload: { data: { viewer: { administrator: false } } } });
    await raw.take('complete', 'again');
    expect(raw.socket.readyState).toBe(WebSocket.OPEN);
  });

  test('complete from the client stops the stream at the subgraph, and nothing comes any more', async () => {
    const raw = await listening();
    const other = await listening('other', wire.jon.token);
    expect(wire.hub.upstreams()).toBe(2);
    raw.send({ type: 'complete', id: 'live' });
    await eventually(
      () => wire.hub.upstreams(),
      (upstreams) => upstreams === 1,
    );
    await wire.say('unheard');
    await other.take('next', 'other');
    raw.send({ type: 'ping' });
    await raw.take('pong');
    expect(raw.inbox.filter(({ type }) => type !== 'ping')).toEqual([]);
  });

  test('complete for an unknown id is taken quietly', async () => {
    const raw = await signedIn(wire.url);
    raw.send({ type: 'complete', id: 'never' });
    raw.send({ type: 'ping' });
    expect(await raw.take('pong')).toEqual({ type: 'pong' });
  });

  test('an error of one does not touch another of the same socket', async () => {
    const raw = await listening();
    raw.subscribe('bad', 'subscription { contributionAdded(after: "x") { cursor } }');
    expect(firstError((await raw.take('error', 'bad')).payload).code).toBe('CURSOR_INVALID');
    await wire.say('still here');
    expect(delivered((await raw.take('next', 'live')).payload).body).toBe('still here');
  });

  test.each([
    ['does not parse', 'subscription {', 'GRAPHQL_PARSE_FAILED'],
    ['as a query does not parse', '{', 'GRAPHQL_PARSE_FAILED'],
    ['does not fit the schema', 'subscription { contributionAdded { nothing } }', 'GRAPHQL_VALIDATION_FAILED'],
    ['as a query does not fit the schema', '{ nothing }', 'GRAPHQL_VALIDATION_FAILED'],
    [
      'selects two root fields',
      'subscription { a: contributionAdded { cursor } b: contributionAdded { cursor } }',
      'BAD_SUBSCRIPTION',
    ],
    [
      'may leave out its root field',
      'subscription ($s: Boolean!) { contributionAdded @skip(if: $s) { cursor } }',
      'BAD_SUBSCRIPTION',
    ],
    [
      'may include its root field',
      'subscription { contributionAdded @include(if: false) { cursor } }',
      'BAD_SUBSCRIPTION',
    ],
    [
      'hides its root field in a fragment',
      'subscription { ...F } fragment F on Subscription { contributionAdded { cursor } }',
      'BAD_SUBSCRIPTION',
    ],
    [
      'hides its root field in an inline fragment',
      'subscription { ... { contributionAdded { cursor } } }',
      'BAD_SUBSCRIPTION',
    ],
    ['defers', 'subscription { contributionAdded { cursor ... @defer { contribution { id } } } }', 'BAD_SUBSCRIPTION'],
  ])('a document that %s gets an error, and the socket stays', async (_, query, code) => {
    const raw = await signedIn(wire.url, wire.mira.token);
    raw.subscribe('bad', query);
    expect(firstError((await raw.take('error', 'bad')).payload).code).toBe(code);
    raw.subscribe('good', '{ viewer { administrator } }');
    await raw.take('complete', 'good');
    expect(wire.hub.upstreams()).toBe(0);
  });

  test('a variable that does not fit gets an error', async () => {
    const raw = await signedIn(wire.url, wire.mira.token);
    raw.subscribe('bad', 'subscription ($idea: ID!) { contributionAdded(idea: $idea) { cursor } }', {});
    expect(firstError((await raw.take('error', 'bad')).payload).code).toBe('BAD_USER_INPUT');
  });
});

describe('signs of life', () => {
  test('a ping is answered with its payload', async () => {
    const raw = await rawSocket(wire.url);
    raw.send({ type: 'ping', payload: { at: 1, nested: { a: [null] } } });
    expect(await raw.take('pong')).toEqual({ type: 'pong', payload: { at: 1, nested: { a: [null] } } });
    raw.send({ type: 'ping' });
    expect(await raw.take('pong')).toEqual({ type: 'pong' });
  });

  test('a pong nobody asked for is taken quietly', async () => {
    const raw = await signedIn(wire.url);
    raw.send({ type: 'pong', payload: { any: 'thing' } });
    raw.send({ type: 'ping' });
    await raw.take('pong');
  });

  test('the hub pings each subscription with a cursor it can be resumed from', async () => {
    const raw = await signedIn(wire.url, wire.mira.token);
    raw.subscribe('quiet', contributionAdded, { idea: wire.idea });
    const { payload } = await raw.take('ping');
    expect(payload).toEqual({ weft: { id: 'quiet', cursor: expect.any(String) } });
    const { weft } = payload as { weft: { cursor: string } };
    raw.socket.terminate();
    await raw.closed();
    await wire.say('while away');
    const back = await signedIn(wire.url, wire.mira.token);
    back.subscribe('back', contributionAdded, { idea: wire.idea, after: weft.cursor });
    expect(delivered((await back.take('next', 'back')).payload)).toMatchObject({
      body: 'while away',
      previous: weft.cursor,
    });
  });

  test('a client that no longer answers is dropped', async () => {
    const raw = await listening();
    raw.socket.pause();
    await wire.quiet();
  });

  test.each([
    ['drops', (raw: RawSocket) => raw.socket.terminate()],
    ['closes', (raw: RawSocket) => raw.socket.close(1000)],
  ])('a client that %s takes its streams along', async (_, leave) => {
    const raw = await listening();
    raw.subscribe('second', contributionAdded);
    await eventually(
      () => wire.hub.upstreams(),
      (upstreams) => upstreams === 2,
    );
    leave(raw);
    await wire.quiet();
  });
});
