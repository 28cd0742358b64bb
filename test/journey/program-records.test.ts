import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCaptured } from '../../services/hub/testing/captured-command.js';
import type { TestClient } from '../hub/graphql-client.js';
import { contribute, openSpace, registerOrganization, registerPerson, submitIdea } from '../hub/seed.js';
import { openConversation, postMessage } from '../hub/talk.js';
import { startTestHub, type TestHub } from '../hub/test-hub.js';

/** What a program brought into one hub goes into another, where that program is not. */
let from: TestHub;
let to: TestHub;
let folder: string;

beforeAll(async () => {
  [from, to] = await Promise.all([startTestHub(), startTestHub()]);
  folder = await mkdtemp(join(tmpdir(), 'program-records-'));
}, 60_000);

afterAll(async () => {
  await Promise.all([from.stop(), to.stop(), rm(folder, { recursive: true })]);
});

async function programOf(organization: string): Promise<TestClient> {
  const scopes = ['people:read', 'spaces:read', 'ideas:write', 'conversations:write'];
  const { createApiClient } = await from.admin.run<{ createApiClient: { token: string } }>(
    'mutation ($input: CreateApiClientInput!) { createApiClient(input: $input) { token errors { message } } }',
    { input: { name: 'Bridge', organization, scopes } },
  );
  return from.client(createApiClient.token);
}

async function command(hub: TestHub, ...args: string[]): Promise<string> {
  const [name = '', ...rest] = args;
  const { code, out, err } = await runCaptured([name, '--url', `${hub.url}/graphql`, ...rest], {
    WEFT_TOKEN: hub.admin.token ?? '',
  });
  if (code !== 0) throw new Error(err);
  return out;
}

test('is there as of somebody who is called like it, and belongs to its organisation', async () => {
  const program = await programOf(await registerOrganization(from, { name: 'Acme', relation: 'HOST' }));
  const space = await openSpace(from, await registerPerson(from, { name: 'Mira' }));
  const idea = await submitIdea(program, space, { title: 'From outside' });
  await contribute(program, idea, { body: 'More of it' });
  await postMessage(program, await openConversation(program, space, { title: 'About it', idea }), 'Hello');

  const file = join(folder, 'out.jsonl');
  expect(await command(from, 'export', '--space', space, file)).not.toContain('Someone not visible');
  await command(to, 'import', '--source', 'other hub', file);

  const by = { name: 'Bridge (program)', party: 'INTERNAL', organization: { name: 'Acme' } };
  const person = '{ name party organization { name } }';
  const found = await to.admin.run(`{ ideas(first: 2) { nodes {
    title authors ${person} program { name }
    contributions(first: 2) { nodes { body author ${person} } }
    conversations(first: 2) { nodes { messages(first: 2) { nodes { body author ${person} } } } }
  } } }`);
  expect(found).toEqual({
    ideas: {
      nodes: [
        {
          title: 'From outside',
          authors: [by],
          program: null,
          contributions: { nodes: [{ body: 'More of it', author: by }] },
          conversations: { nodes: [{ messages: { nodes: [{ body: 'Hello', author: by }] } }] },
        },
      ],
    },
  });
});
