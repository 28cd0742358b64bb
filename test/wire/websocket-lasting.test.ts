import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { pino } from 'pino';
import { startGateway } from '#gateway/gateway.js';
import { requestsUnsigned } from '#gateway/request.js';
import { transportOverHttp } from '#gateway/transports.js';
import { newToken } from '#kernel/auth/token-text.js';
import { eventually } from '#test/hub/eventually.js';
import { onBusyMachine } from '../hub/on-busy-machine.js';
import { contributionAdded, delivered, firstError, markOf, sayUntil, wide } from './contributions.js';
import { closeAll, type RawSocket, rawSocket, signedIn } from './raw-socket.js';
import { startWireHub, type WireHub } from './wire-hub.js';

let wire: WireHub;

beforeAll(async () => {
  wire = await startWireHub();
});
afterEach(async () => {
  await closeAll();
  await wire.quiet();
});
afterAll(() => wire.stop());

interface Token {
  readonly text: string;
  readonly id: string;
}

async function issueToken(expiresAt?: string): Promise<Token> {
  const { issueAccessToken } = await wire.mira.run<{
    issueAccessToken: { token: string; accessToken: { id: string } };
  }>(
    'mutation ($i: IssueAccessTokenInput!) { issueAccessToken(input: $i) { token accessToken { id } errors { message } } }',
    { i: { name: 'dashboard', ...(expiresAt ? { expiresAt } : {}) } },
  );
  return { text: issueAccessToken.token, id: issueAccessToken.accessToken.id };
}

async function revoke({ id }: Token): Promise<void> {
  await wire.mira.run(
    'mutation ($i: RevokeAccessTokenInput!) { revokeAccessToken(input: $i) { errors { message } } }',
    {
      i: { accessToken: id },
    },
  );
}

async function listening(token: string, after?: string): Promise<RawSocket> {
  const raw = await signedIn(wire.url, token);
  raw.subscribe('live', contributionAdded, { idea: wire.idea, after });
  await raw.take('ping');
  return raw;
}

describe('a token that ends', () => {
  test('by being revoked ends its connections within a second, and a new one goes on without loss', async () => {
    const old = await issueToken();
    const raw = await listening(old.text);
    await wire.say('before');
    const before = delivered((await raw.take('next')).payload);
    await revoke(old);
    const revokedAt = performance.now();
    expect(await raw.closed()).toEqual({ code: 4403, reason: expect.stringContaining('revoked') });
    expect(performance.now() - revokedAt).toBeLessThan(onBusyMachine(1_000));
    await wire.say('between');
    const back = await listening((await issueToken()).text, before.cursor);
    await wire.say('after');
    const [between, after] = [await back.take('next'), await back.take('next')].map(({ payload }) =>
      delivered(payload),
    );
    expect([between?.body, after?.body]).toEqual(['between', 'after']);
    expect(between?.previous).toBe(before.cursor);
    expect(after?.previous).toBe(between?.cursor);
  });

  test('by its date ends its connections then', async () => {
    const raw = await listening((await issueToken(new Date(Date.now() + 1_000).toISOString())).text);
    expect(await raw.closed()).toMatchObject({ code: 4403 });
  });

  test('can be renewed by a ping, and nothing is interrupted', async () => {
    const [old, fresh] = [await issueToken(), await issueToken()];
    const raw = await listening(old.text);
    const witness = await listening(old.text);
    raw.send({ type: 'ping', payload: { authorization: `Bearer ${fresh.text}` } });
    expect(await raw.take('pong')).toEqual({ type: 'pong' });
    await revoke(old);
    expect(await witness.closed()).toMatchObject({ code: 4403 });
    await wire.say('still here');
    expect(delivered((await raw.take('next', 'live')).payload).body).toBe('still here');
    await revoke(fresh);
    expect(await raw.closed()).toMatchObject({ code: 4403 });
  });

  test('is not renewed by one that is no good', async () => {
    const raw = await listening(wire.mira.token ?? '');
    raw.send({ type: 'ping', payload: { authorization: 'Bearer nobody' } });
    expect(await raw.closed()).toMatchObject({ code: 4403 });
  });

  test('is not renewed by one of somebody else', async () => {
    const raw = await listening(wire.mira.token ?? '');
    raw.send({ type: 'ping', payload: { authorization: `Bearer ${wire.jon.token}` } });
    expect(await raw.closed()).toEqual({ code: 4403, reason: expect.stringContaining('somebody else') });
  });
});

describe('a client that does not read', () => {
  test('is told where to resume on each of its subscriptions and closed, and resumes without loss', async () => {
    const raw = await signedIn(wire.url, wire.mira.token);
    raw.subscribe('quiet', contributionAdded, { idea: wire.idea, types: ['QUESTION'] });
    raw.subscribe('wide', wide, { idea: wire.idea });
    await raw.take('ping', undefined);
    await eventually(
      () => wire.hub.upstreams(),
      (upstreams) => upstreams === 2,
    );
    raw.socket.pause();
    const said = await sayUntil(wire, () => wire.hub.upstreams() === 0);
    raw.socket.resume();
    expect(await raw.closed()).toEqual({ code: 4510, reason: expect.stringContaining('Resume') });
    const got = raw.inbox
      .filter(({ type, id }) => type === 'next' && id === 'wide')
      .map(({ payload }) => markOf(payload));
    const told = firstError((await raw.take('error', 'wide')).payload);
    expect(told.code).toBe('RESUME_FROM');
    expect(firstError((await raw.take('error', 'quiet')).payload).code).toBe('RESUME_FROM');

    const back = await signedIn(wire.url, wire.mira.token);
    back.subscribe('back', wide, { idea: wire.idea, after: told.cursor });
    while (got.length < said.length) got.push(markOf((await back.take('next', 'back')).payload));
    expect(got).toEqual(said);
  });
});

describe('a subgraph that is not there', () => {
  test.each(['cannot be reached', 'never answers'])(
    'because it %s is told as an error, with and without a place',
    async (how) => {
      const silent = createServer((socket) => void socket.resume()).listen(0, '127.0.0.1');
      await new Promise((resolve) => silent.once('listening', resolve));
      const address = silent.address();
      const port = typeof address === 'object' ? address?.port : 0;
      if (how === 'cannot be reached') await new Promise((resolve) => silent.close(resolve));
      const transport = transportOverHttp(`http://127.0.0.1:${port}/graphql`);
      const gateway = await startGateway({
        supergraphSdl: await readFile('schema/supergraph.graphql', 'utf8'),
        transports: new Map(['people', 'ideas', 'conversations'].map((name) => [name, transport])),
        makeRequest: requestsUnsigned,
        host: '127.0.0.1',
        port: 0,
        log: pino({ level: 'silent' }),
        checks: [],
      });
      try {
        const signing = await rawSocket(gateway.url);
        signing.send({ type: 'connection_init', payload: { authorization: `Bearer ${newToken('accessToken')}` } });
        const raw = await signedIn(gateway.url);
        raw.subscribe('now', 'subscription { contributionAdded { cursor } }');
        raw.subscribe('since', 'subscription { contributionAdded(after: "some") { cursor } }');
        for (const id of ['now', 'since'])
          expect(firstError((await raw.take('error', id)).payload).code).toBe('SUBGRAPH_UNAVAILABLE');
        expect(await signing.closed(10_000)).toMatchObject({ code: 1013 });
      } finally {
        await closeAll();
        await gateway.stop();
        silent.close();
      }
    },
  );
});
