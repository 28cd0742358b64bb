/** Our subgraphs are subgraphs like any others: another gateway serves them unchanged, subscriptions included. */
import { createGatewayRuntime, type GatewayPlugin, type GatewayRuntime } from '@graphql-hive/gateway-runtime';
import { pino } from 'pino';
import { createAuthenticator } from '#gateway/auth/authenticate.js';
import { requestsUnsigned } from '#gateway/request.js';
import { transportInProcess } from '#gateway/transports.js';
import { viewerHeader, viewerSigner } from '#kernel/auth/viewer-header.js';
import type { RunningHttpServer } from '#kernel/http/http-server.js';
import { serveSubgraph } from '#kernel/http/serve-subgraph.js';
import { readText } from '#test/docs/documents.js';
import type { TestClient } from '#test/hub/graphql-client.js';
import { type Story, seed, submitIdea } from '#test/hub/seed.js';
import { change } from '#test/hub/talk.js';
import { startTestHub, type TestHub } from '#test/hub/test-hub.js';
import { serviceNames } from '../../services/service-definitions.js';

const signer = viewerSigner('a secret of this gateway and its subgraphs');

let hub: TestHub;
let story: Story;
let subgraphs: RunningHttpServer[];
let hive: GatewayRuntime;

beforeAll(async () => {
  hub = await startTestHub();
  story = await seed(hub);
  const place = { host: '127.0.0.1', port: 0, signer, log: pino({ level: 'fatal' }) };
  subgraphs = await Promise.all(serviceNames.map((name) => serveSubgraph(hub.service(name), place)));
  hive = createGatewayRuntime({
    supergraph: addressedSupergraph(),
    plugins: () => [signViewer()],
    logging: false,
    maskedErrors: false,
  });
});

afterAll(async () => {
  await hive?.[Symbol.asyncDispose]();
  await Promise.all((subgraphs ?? []).map((subgraph) => subgraph.stop()));
  await hub?.stop();
});

function addressedSupergraph(): string {
  return serviceNames.reduce(
    (sdl, name, index) =>
      sdl.replace(
        new RegExp(`(@join__graph\\(name: "${name}", url: )"[^"]*"`),
        `$1"${subgraphs[index]?.url ?? 'not served'}/graphql"`,
      ),
    readText('schema/supergraph.graphql'),
  );
}

/** The one thing another gateway has to do: say who asks. */
function signViewer(): GatewayPlugin {
  const authenticator = createAuthenticator(transportInProcess(hub.service('people')), requestsUnsigned);
  return {
    async onFetch({ context, options, setOptions }) {
      const authorization = 'headers' in context ? context.headers.authorization : undefined;
      const viewer = await authenticator.viewerOf(authorization, 'a-request');
      const headers = { ...(options.headers as Record<string, string>), [viewerHeader]: await signer.sign(viewer) };
      setOptions({ ...options, headers });
    },
  };
}

async function send(as: TestClient, query: string, variables: object, accept: string): Promise<Response> {
  const headers = { 'content-type': 'application/json', accept, authorization: `Bearer ${as.token}` };
  return hive.fetch('http://hive/graphql', { method: 'POST', headers, body: JSON.stringify({ query, variables }) });
}

async function ask(as: TestClient, query: string, variables: object = {}): Promise<unknown> {
  return (await send(as, query, variables, 'application/json')).json();
}

const overAll = `query ($space: ID!) {
  viewer { person { name } }
  space(id: $space) {
    name
    ideas(first: 5) { totalCount nodes { title authors { name spaces(first: 5) { nodes { name } } } conversations { nodes { title } } } }
  }
}`;

test('a query over all subgraphs has the answer of our own gateway', async () => {
  await submitIdea(story.jon, story.space);
  const { data } = await story.mira.send(overAll, { space: story.space });
  expect(JSON.stringify(data)).toContain('Jon');
  expect(await ask(story.mira, overAll, { space: story.space })).toEqual({ data });
});

test('a mutation does what it does at our own gateway', async () => {
  const mutation =
    'mutation ($input: OpenSpaceInput!) { openSpace(input: $input) { space { name owners { name } } errors { code } } }';
  expect(await ask(story.mira, mutation, { input: { name: 'By another way', visibility: 'PRIVATE' } })).toMatchObject({
    data: { openSpace: { space: { name: 'By another way' }, errors: [] } },
  });
});

test('who may not see something does not see it there either', async () => {
  // Hive cannot plan "node { id }" of an interface that several subgraphs share; a fragment on the type it can.
  const query = 'query ($id: ID!) { space(id: $id) { name } node(id: $id) { ... on Space { name } } }';
  const seen = { name: 'Mira alone' };
  expect(await ask(story.mira, query, { id: story.hidden })).toEqual({ data: { space: seen, node: seen } });
  expect(await ask(story.jon, query, { id: story.hidden })).toEqual({ data: { space: null, node: null } });
});

test('a subscription is streamed, with what other subgraphs add to its events', async () => {
  const idea = await submitIdea(story.jon, story.space);
  const say = (body: string) => change(story.jon, 'contributeToIdea', { idea, type: 'BUILD', body });
  const said = (body: string) => ({ data: { contributionAdded: { contribution: { body, author: { name: 'Jon' } } } } });
  const after = await say('Before');
  await say('Meanwhile');
  const subscription = `subscription ($idea: ID!, $after: Cursor) {
    contributionAdded(idea: $idea, after: $after) { contribution { body author { name } } }
  }`;
  const events = dataOf(await send(story.mira, subscription, { idea, after }, 'text/event-stream'));
  expect((await events.next()).value).toEqual(said('Meanwhile'));
  await say('Live');
  expect((await events.next()).value).toEqual(said('Live'));
  await events.return(undefined);
});

async function* dataOf(response: Response): AsyncGenerator<unknown, void> {
  let text = '';
  const decoder = new TextDecoder();
  const reader = response.body?.getReader();
  for (let read = await reader?.read(); read && !read.done; read = await reader?.read()) {
    text += decoder.decode(read.value, { stream: true });
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const [, data] = /^data: ?(.+)$/m.exec(text.slice(0, end)) ?? [];
      text = text.slice(end + 2);
      if (data) yield JSON.parse(data);
    }
  }
}
