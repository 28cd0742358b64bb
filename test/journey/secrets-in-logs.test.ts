import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { request } from 'undici';
import { WebSocket } from 'ws';
import { eventually } from '../hub/eventually.js';
import { freePorts } from '../hub/free-port.js';
import { graphqlClient, type TestClient } from '../hub/graphql-client.js';
import { type HubProcess, startHubProcess } from '../hub/hub-process.js';
import { registerPerson, type TestPerson } from '../hub/seed.js';
import { createTestDatabase, type TestDatabase } from '../hub/test-database.js';

let database: TestDatabase;
let folder: string;
let hub: HubProcess;
let url: string;
let admin: TestClient;
let log = '';

/** What must not be found in the log, by what it is. */
const planted = new Map<string, string>();

function plant(what: string): string {
  const canary = `canary-${randomBytes(12).toString('hex')}`;
  planted.set(what, canary);
  return canary;
}

beforeAll(async () => {
  database = await createTestDatabase();
  folder = await mkdtemp(join(tmpdir(), 'weft-secrets-'));
  const [port] = await freePorts(1);
  url = `http://127.0.0.1:${port}`;
  hub = await startHubProcess({
    PORT: String(port),
    HUB_DATA_DIR: folder,
    DATABASE_URL: database.url,
    HUB_ROLE_PREFIX: 'weft_test',
    HUB_SECRET: sharedSecret,
    METRICS_TOKEN: plant('the token for metrics'),
    LOG_LEVEL: 'trace',
  });
  log = hub.errors();
  hub.child.stderr?.on('data', (chunk) => {
    log += chunk;
  });
  planted.set('the secret of the hub', sharedSecret);
  const token = (await readFile(join(folder, 'admin-token'), 'utf8')).trim();
  planted.set("the administrator's token", token);
  admin = graphqlClient(url, token);
});

afterAll(async () => {
  await hub.stop();
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

/** Login roles belong to the server of the whole test run: its hubs have one secret. */
const sharedSecret = 'a secret that all tests share, 32 bytes';

function post(body: string, headers: Record<string, string> = {}, path = '/graphql') {
  return request(`${url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
}

async function inEveryPlaceOfARequest(): Promise<void> {
  const good = JSON.stringify({ query: '{ viewer { administrator } }' });
  await post(good, { authorization: `Bearer ${plant('a wrong bearer token')}` });
  await post(good, { authorization: `Basic ${plant('other credentials')}` });
  await post(good, { cookie: `session=${plant('a cookie')}`, 'x-api-key': plant('a header') });
  await post(good, {}, `/graphql?access_token=${plant('the query string')}`);
  await post(good, {}, `/${plant('the path')}`);
  await post(`{ "query": "${plant('a body that is no JSON')}`);
  await post(JSON.stringify({ query: `{ ${plant('a document that is no GraphQL')} ` }));
  await post(
    JSON.stringify({
      query: 'query ($id: ID!) { node(id: $id) { id } }',
      variables: { id: [plant('a wrong variable')] },
    }),
  );
  await request(`${url}/metrics`, { headers: { authorization: `Bearer ${plant('a wrong token for metrics')}` } });
  const headers = { accept: 'text/event-stream', authorization: `Bearer ${plant('a wrong token of a stream')}` };
  await post(JSON.stringify({ query: 'subscription { contributionAdded { cursor } }' }), headers);
}

async function overWebSocket(): Promise<void> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  await once(socket, 'open');
  socket.send(
    JSON.stringify({
      type: 'connection_init',
      payload: { authorization: `Bearer ${plant('a wrong token of a socket')}` },
    }),
  );
  await once(socket, 'close');
}

/** Errors of the database are logged, and bring along what was to be written. */
async function whileTheDatabaseIsBroken(person: TestPerson): Promise<void> {
  const opened = await person.run<{ openSpace: { space: { id: string } } }>(
    'mutation { openSpace(input: { name: "Lab", visibility: OPEN }) { space { id } } }',
  );
  const client = new Client({ connectionString: database.url });
  await client.connect();
  await client.query('ALTER TABLE ideas.idea ADD CONSTRAINT broken CHECK (false) NOT VALID');
  await client.end();
  const variables = { space: opened.openSpace.space.id, title: plant('what somebody wrote') };
  const submit =
    'mutation ($space: ID!, $title: String!) { submitIdea(input: { space: $space, title: $title }) { idea { id } } }';
  await eventually(
    () => person.codeOf(submit, variables),
    (code) => code === 'INTERNAL',
  );
}

test('nothing secret gets into the log, wherever it was planted and whatever breaks', async () => {
  const person = await registerPerson(
    { admin, client: (token) => graphqlClient(url, token) },
    { name: plant('a name') },
  );
  planted.set('the token of a person', person.token ?? '');
  await inEveryPlaceOfARequest();
  await overWebSocket();
  await whileTheDatabaseIsBroken(person);
  await hub.stop();
  expect(log).toContain('broken');
  const found = [...planted].filter(([, canary]) => log.includes(canary)).map(([what]) => what);
  expect(found).toEqual([]);
});
