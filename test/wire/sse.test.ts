import { connect } from 'node:net';
import { createClient } from 'graphql-sse';
import { z } from 'zod';
import { eventually } from '#test/hub/eventually.js';
import { onBusyMachine } from '../hub/on-busy-machine.js';
import { contributionAdded, delivered, firstError, markOf, sayUntil, wide } from './contributions.js';
import { dropAll, type RawStream, rawStream } from './raw-stream.js';
import { startTcpProxy } from './tcp-proxy.js';
import { startWireHub, type WireHub } from './wire-hub.js';

let wire: WireHub;

beforeAll(async () => {
  wire = await startWireHub({ keepAliveMs: 100 });
});
afterEach(async () => {
  await dropAll();
  await wire.quiet();
});
afterAll(() => wire.stop());

/** Mira, listening to the idea; the upstream is there when this returns. */
async function listening(more: object = {}): Promise<RawStream> {
  const stream = await rawStream(wire.url, {
    token: wire.mira.token,
    query: contributionAdded,
    variables: { idea: wire.idea },
    ...more,
  });
  await stream.heartbeat();
  return stream;
}

describe('a stream', () => {
  test.each(['POST', 'GET'])('by %s gives each event with its cursor as id', async (method) => {
    const stream = await listening({ method });
    expect(stream.status).toBe(200);
    expect(stream.headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': expect.stringContaining('no-cache'),
    });
    await wire.say('first', 'second');
    const events = await stream.atLeast(2);
    expect(events.map(({ event, data }) => [event, delivered(data).body])).toEqual([
      ['next', 'first'],
      ['next', 'second'],
    ]);
    for (const { id, data } of events) expect(id).toBe(delivered(data).cursor);
  });

  test('resumes behind Last-Event-ID, be it of an event or of a heartbeat', async () => {
    const first = await listening();
    const beat = await first.heartbeat();
    await wire.say('one', 'two');
    const [one] = await first.atLeast(2);
    first.drop();
    await wire.say('three');
    const bodies = async (id: string, count: number) => {
      const back = await rawStream(wire.url, {
        token: wire.mira.token,
        query: contributionAdded,
        variables: { idea: wire.idea },
        headers: { 'last-event-id': id },
      });
      return (await back.atLeast(count)).map(({ data }) => delivered(data));
    };
    expect((await bodies(beat, 3)).map(({ body }) => body)).toEqual(['one', 'two', 'three']);
    const rest = await bodies(one?.id ?? '', 2);
    expect(rest.map(({ body }) => body)).toEqual(['two', 'three']);
    expect(rest[0]?.previous).toBe(one?.id);
  });

  test('says that it is alive while nothing happens', async () => {
    const stream = await listening();
    await eventually(
      () =>
        stream
          .text()
          .split('\n')
          .filter((line) => line === ':').length,
      (beats) => beats >= 3,
    );
  });

  test('is not ended by the hub as long as somebody listens, and stops at the subgraph when nobody does', async () => {
    const [first, second] = [await listening(), await listening()];
    expect(wire.hub.upstreams()).toBe(1);
    first.drop();
    await wire.say('for the second');
    await second.atLeast(1);
    second.drop();
    await wire.quiet();
  });

  test('of a client that leaves before it begins is not kept', async () => {
    await abandonedRequest();
    const stream = await listening();
    stream.drop();
    await wire.quiet();
  });

  test('ends without "complete" when the hub stops, so that clients come back, and nobody holds the hub up', async () => {
    const own = await startWireHub({ closeGraceMs: 1_500 });
    const reading = await rawStream(own.url, { token: own.mira.token, query: contributionAdded });
    await reading.heartbeat();
    const deaf = await rawStream(own.url, { token: own.jon.token, query: wide });
    await deaf.heartbeat();
    deaf.response.pause();
    await sayUntil(own, () => own.hub.upstreams() === 1);
    const stoppedAt = performance.now();
    await own.hub.stop();
    expect(performance.now() - stoppedAt).toBeLessThan(onBusyMachine(5_000));
    await reading.ended();
    expect(reading.text()).not.toContain('event: complete');
    expect(reading.response.complete).toBe(true);
    deaf.drop();
  });
});

describe('one answer', () => {
  test.each(['POST', 'GET'])('to a query by %s is a next and a complete', async (method) => {
    const stream = await rawStream(wire.url, {
      method,
      token: wire.mira.token,
      query: 'query ($id: ID!) { idea(id: $id) { title } }',
      variables: { id: wire.idea },
    });
    await stream.ended();
    expect(stream.events()).toEqual([
      { event: 'next', id: undefined, data: { data: { idea: { title: 'Some idea' } } } },
      { event: 'complete', id: undefined, data: undefined },
    ]);
  });

  const endorse = 'mutation ($id: ID!) { endorseIdea(input: { idea: $id }) { errors { code } } }';

  test('to a mutation by POST as well', async () => {
    const stream = await rawStream(wire.url, { token: wire.mira.token, query: endorse, variables: { id: wire.idea } });
    await stream.ended();
    expect(stream.events()[0]?.data).toEqual({ data: { endorseIdea: { errors: [] } } });
  });

  test('a mutation by GET does nothing', async () => {
    const stream = await rawStream(wire.url, {
      method: 'GET',
      token: wire.jon.token,
      query: endorse,
      variables: { id: wire.idea },
    });
    await stream.ended();
    expect(errorOf(stream).code).toBe('BAD_REQUEST');
    expect(
      await wire.jon.run('query ($id: ID!) { idea(id: $id) { endorsements { totalCount } } }', { id: wire.idea }),
    ).toEqual({ idea: { endorsements: { totalCount: 1 } } });
  });

  test.each([
    ['does not parse', 'subscription {', 'GRAPHQL_PARSE_FAILED'],
    ['does not fit the schema', 'subscription { nothing }', 'GRAPHQL_VALIDATION_FAILED'],
    ['cannot be streamed', 'subscription { ... { contributionAdded { cursor } } }', 'BAD_SUBSCRIPTION'],
    ['begins at no place of ours', 'subscription { contributionAdded(after: "x") { cursor } }', 'CURSOR_INVALID'],
  ])('to a document that %s is an error and a complete', async (_, query, code) => {
    const stream = await rawStream(wire.url, { token: wire.mira.token, query });
    await stream.ended();
    expect(stream.status).toBe(200);
    expect(errorOf(stream).code).toBe(code);
    expect(stream.events().map(({ event }) => event)).toEqual(['next', 'complete']);
  });
});

describe('a request that is no good is refused before the stream', () => {
  test.each([
    ['an unknown token', { token: 'nobody', query: contributionAdded }, 401, 'UNAUTHENTICATED'],
    [
      'a header that is no token',
      { headers: { authorization: 'some' }, query: contributionAdded },
      401,
      'UNAUTHENTICATED',
    ],
    ['no JSON', { body: '{' }, 400, 'BAD_JSON'],
    ['no UTF-8', { body: Buffer.from([0x22, 0xff, 0x22]) }, 400, 'BAD_UTF8'],
    ['no query', { body: '{}' }, 400, 'BAD_REQUEST'],
    ['no object', { body: '[]' }, 400, 'BAD_REQUEST'],
    ['nothing', { body: '' }, 400, 'BAD_REQUEST'],
    [
      'no JSON by its type',
      { headers: { 'content-type': 'text/plain' }, query: contributionAdded },
      400,
      'BAD_REQUEST',
    ],
    ['too much', { body: JSON.stringify({ query: '#'.repeat(5 * 1024 * 1024) }) }, 413, 'REQUEST_TOO_LARGE'],
    ['another method', { method: 'PUT', query: contributionAdded }, 405, 'BAD_REQUEST'],
  ])('%s', async (_, asked, status, code) => {
    const stream = await rawStream(wire.url, asked);
    await stream.ended();
    expect([stream.status, stream.headers['content-type']]).toEqual([status, 'application/json; charset=utf-8']);
    const { errors } = z.object({ errors: z.unknown() }).parse(JSON.parse(stream.text()));
    expect(firstError(errors).code).toBe(code);
  });
});

describe('a stream that cannot go on', () => {
  test('because its token was revoked says so and is complete', async () => {
    const { issueAccessToken } = await wire.mira.run<{
      issueAccessToken: { token: string; accessToken: { id: string } };
    }>('mutation { issueAccessToken(input: { name: "stream" }) { token accessToken { id } } }');
    const stream = await listening({ token: issueAccessToken.token });
    await wire.mira.run('mutation ($id: ID!) { revokeAccessToken(input: { accessToken: $id }) { errors { code } } }', {
      id: issueAccessToken.accessToken.id,
    });
    const revokedAt = performance.now();
    await stream.ended();
    expect(performance.now() - revokedAt).toBeLessThan(onBusyMachine(1_000));
    expect(errorOf(stream).code).toBe('UNAUTHENTICATED');
    expect(stream.events().at(-1)?.event).toBe('complete');
  });

  test('because its client does not read says where to resume and ends, and resumes without loss', async () => {
    const stream = await listening({ query: wide });
    stream.response.pause();
    const said = await sayUntil(wire, () => wire.hub.upstreams() === 0);
    stream.response.resume();
    await stream.ended();
    const told = errorOf(stream);
    expect(told.code).toBe('RESUME_FROM');
    expect(stream.events().map(({ event }) => event)).not.toContain('complete');
    const got = stream.events().slice(0, -1);
    expect(told.cursor).toBe(got.at(-1)?.id);
    const back = await listening({ query: wide, headers: { 'last-event-id': told.cursor ?? '' } });
    const rest = await back.atLeast(said.length - got.length);
    expect([...got, ...rest].map(({ data }) => markOf(data))).toEqual(said);
  });

  test('because its client takes nothing of what waits for it is cut off, and resumes without loss', async () => {
    // A stream of its own would wait for it longer than this test may take.
    const own = await startWireHub({ keepAliveMs: 200, stalledMs: 2_000, slowClientMs: 600_000 });
    try {
      const asked = { token: own.mira.token, variables: { idea: own.idea } };
      const stream = await rawStream(own.url, { ...asked, query: wide });
      const start = await stream.heartbeat();
      stream.response.pause();
      const said = Array.from({ length: moreThanFits }, (_, number) => `word ${number}`);
      await own.say(...said.map((word) => `${word} ${'x'.repeat(9_900)}`));
      await own.quiet();
      stream.response.resume();
      await stream.ended();
      expect(stream.response.complete).toBe(false);
      const got = stream.events();
      const headers = { 'last-event-id': got.at(-1)?.id ?? start };
      const back = await rawStream(own.url, { ...asked, query: contributionAdded, headers });
      const rest = await back.atLeast(said.length - got.length);
      expect([...got, ...rest].map(({ data }) => markOf(data))).toEqual(said);
    } finally {
      await dropAll();
      await own.stop();
    }
  });
});

/** Frames of 400 KB in what any system keeps for a client that does not read. */
const moreThanFits = 100;

describe('the graphql-sse client', () => {
  test('goes on behind the last cursor when its line is cut', async () => {
    const proxy = await startTcpProxy(wire.url);
    let cursor: string | undefined;
    const client = createClient({
      url: `${proxy.url}/graphql`,
      headers: () => ({
        authorization: `Bearer ${wire.mira.token}`,
        ...(cursor ? { 'last-event-id': cursor } : {}),
      }),
      retry: () => Promise.resolve(),
      retryAttempts: 100,
    });
    const bodies: (string | undefined)[] = [];
    try {
      const stop = client.subscribe(
        { query: contributionAdded, variables: { idea: wire.idea } },
        {
          next(result) {
            const frame = delivered(result);
            cursor = frame.cursor;
            bodies.push(frame.body);
          },
          error: (error) => bodies.push(String(error)),
          complete: () => undefined,
        },
      );
      await eventually(
        () => wire.hub.upstreams(),
        (upstreams) => upstreams === 1,
      );
      for (const round of ['a', 'b', 'c']) {
        await wire.say(`${round}1`, `${round}2`);
        await eventually(
          () => bodies.at(-1),
          (last) => last === `${round}2`,
        );
        proxy.cut();
        await wire.say(`${round}3`);
      }
      await eventually(
        () => bodies.length,
        (length) => length >= 9,
      );
      expect(bodies).toEqual(['a', 'b', 'c'].flatMap((round) => [`${round}1`, `${round}2`, `${round}3`]));
      stop();
    } finally {
      client.dispose();
      await proxy.stop();
    }
  });
});

/** Sends a request and breaks off before anything can be answered. */
async function abandonedRequest(): Promise<void> {
  const { hostname, port } = new URL(wire.url);
  const socket = connect(Number(port), hostname);
  const body = JSON.stringify({ query: contributionAdded, variables: { idea: wire.idea } });
  const head = [
    'POST /graphql HTTP/1.1',
    'host: hub',
    'accept: text/event-stream',
    'content-type: application/json',
    `authorization: Bearer ${wire.mira.token}`,
    `content-length: ${Buffer.byteLength(body)}`,
  ];
  await new Promise((resolve) => socket.write(`${head.join('\r\n')}\r\n\r\n${body}`, resolve));
  socket.destroy();
}

function errorOf(stream: RawStream): ReturnType<typeof firstError> {
  const failed = stream.events().findLast(({ data }) => data !== undefined)?.data;
  return firstError(z.object({ errors: z.unknown() }).parse(failed).errors);
}
