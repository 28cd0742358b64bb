/** A gateway that stops: whoever gets an answer gets it, and whoever listens is sent away to come back. */
import { request } from 'undici';
import { eventually } from '#test/hub/eventually.js';
import { contributionAdded } from './contributions.js';
import { closeAll, signedIn } from './raw-socket.js';
import { dropAll, rawStream } from './raw-stream.js';
import { startWireHub, type WireHub } from './wire-hub.js';

let wire: WireHub;

beforeAll(async () => {
  wire = await startWireHub();
});
afterAll(async () => {
  await closeAll();
  await dropAll();
});

const contribute = `mutation ($input: ContributeToIdeaInput!) {
  contributeToIdea(input: $input) { contribution { body } errors { message } }
}`;
const answered = (body: string) => ({
  data: { contributeToIdea: { contribution: { body }, errors: [] } },
});
const inputOf = (body: string) => ({ input: { idea: wire.idea, type: 'BUILD', body } });

/** Holds up whoever contributes; resolves with how to let them go on. */
async function holdContributions(): Promise<() => Promise<void>> {
  const runner = wire.hub.service('ideas').database.dataSource.createQueryRunner();
  await runner.startTransaction();
  await runner.query('LOCK TABLE contribution IN EXCLUSIVE MODE');
  return async () => {
    await runner.commitTransaction();
    await runner.release();
  };
}

/** So many contributions wait for it. */
async function held(count: number): Promise<void> {
  const { dataSource } = wire.hub.service('ideas').database;
  await eventually(
    async () => Number((await dataSource.query('SELECT count(*) FROM pg_locks WHERE NOT granted'))[0].count),
    (waiting) => waiting >= count,
  );
}

test('mutations under way are answered over every transport; streams are let go of to come back', async () => {
  const { token = '' } = wire.mira;
  const release = await holdContributions();
  const listener = await signedIn(wire.url, token);
  listener.subscribe('live', contributionAdded, { idea: wire.idea });
  await listener.take('ping');
  const events = await rawStream(wire.url, { token, query: contributionAdded, variables: { idea: wire.idea } });
  await events.heartbeat();

  const writer = await signedIn(wire.url, token);
  writer.subscribe('write', contribute, inputOf('over WebSocket'));
  const stream = rawStream(wire.url, { token, query: contribute, variables: inputOf('over a stream') });
  const plain = request(`${wire.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query: contribute, variables: inputOf('over HTTP') }),
  });
  await held(3);
  const stopping = wire.stop();

  expect(await listener.closed()).toMatchObject({ code: 1001 });
  await events.ended();
  expect(events.text()).not.toContain('event: complete');
  await expect(rawStream(wire.url, { token, query: contributionAdded })).rejects.toThrow('ECONNREFUSED');

  await release();
  expect((await writer.take('next', 'write')).payload).toMatchObject(answered('over WebSocket'));
  await writer.take('complete', 'write');
  expect(await writer.closed()).toMatchObject({ code: 1001 });
  const [event] = await (await stream).atLeast(1);
  expect(event?.data).toMatchObject(answered('over a stream'));
  expect(await (await plain).body.json()).toMatchObject(answered('over HTTP'));
  await stopping;
});
