import { execFile } from 'node:child_process';
import { basename } from 'node:path';
import { promisify } from 'node:util';
import { contribute } from '#test/hub/seed.js';
import { startTestHub, type TestHub } from '#test/hub/test-hub.js';
import { rawStream } from '#test/wire/raw-stream.js';
import { runCaptured } from '../../services/hub/testing/captured-command.js';
import { codeBlocks, markdownDocuments, pathsBelow, readText, root } from './documents.js';

const folder = 'docs/examples';
const operations = pathsBelow(folder, '.graphql');
const isStream = (path: string) => readText(path).startsWith('subscription');

describe('an operation that a document shows', () => {
  const shown = markdownDocuments().flatMap((document) =>
    codeBlocks(document, 'graphql').map((text) => [document.path, text] as const),
  );

  test('and so is the program that asks with a token for its secret', () => {
    const [document] = markdownDocuments().filter(({ path }) => path === 'docs/api/authentication.md');
    expect(document && codeBlocks(document, 'ts')).toEqual([readText(`${folder}/client-credentials.ts`)]);
  });

  test('is there', () => {
    expect(shown.map(([path]) => path)).toContain('README.md');
  });

  test.each(shown)('in %s is one of the examples, word for word', (_, text) => {
    expect(operations.map(readText)).toContain(text);
  });
});

describe('every example runs', () => {
  let hub: TestHub;
  let ids: Readonly<Record<string, string>>;

  beforeAll(async () => {
    hub = await startTestHub();
    ids = await seed(hub);
  });
  afterAll(() => hub.stop());

  /** What makes each stream tell something, and what it tells then. */
  const streams: Readonly<Record<string, { happen(): Promise<unknown>; told: object }>> = {
    'contribution-added': {
      happen: () => contribute(hub.admin, ids.idea ?? ''),
      told: { contributionAdded: { contribution: { body: 'Some thought' } } },
    },
    'cross-team-connections': {
      happen: () => connectTeams(hub),
      told: { crossTeamConnectionMade: { kind: 'FIRST_CONNECTION', firstEver: true, idea: null } },
    },
  };

  test.each(operations.filter(isStream))('%s', async (path) => {
    const { happen, told } = streams[basename(path, '.graphql')] ?? {};
    const stream = await rawStream(hub.url, { token: hub.admin.token, query: readText(path) });
    await stream.heartbeat();
    await happen?.();
    const [event] = await stream.atLeast(1);
    stream.drop();
    expect(event?.data).toMatchObject({ data: told });
    expect(event?.data).not.toHaveProperty('errors');
  });

  test.each(operations.filter((path) => !isStream(path)))('%s', async (path) => {
    const { data, errors } = await hub.admin.send(readText(path), variablesOf(path, ids));
    expect(errors).toBeUndefined();
    for (const [field, answer] of Object.entries(data ?? {})) {
      expect([field, answer]).not.toEqual([field, null]);
      if (isPayload(answer)) expect(answer.errors).toEqual([]);
    }
    expect(data).toBeTruthy();
  });

  test('a program gets a token for its secret, and asks with it', async () => {
    const { createApiClient } = await hub.admin.run<{ createApiClient: { token: string; apiClient: { id: string } } }>(
      `mutation ($input: CreateApiClientInput!) { createApiClient(input: $input) { token apiClient { id } } }`,
      { input: { organization: ids.organization, name: 'Example', scopes: ['ideas:read'] } },
    );
    const { token: CLIENT_SECRET, apiClient } = createApiClient;
    const env = { WEFT_URL: hub.url, CLIENT_ID: apiClient.id, CLIENT_SECRET };
    const program = 'dist/docs/examples/client-credentials.js';
    const { stdout } = await promisify(execFile)(process.execPath, [program], { cwd: root, env });
    expect(stdout).toMatch(/^A token for 900 s\n\{"data":\{"ideas":\{"totalCount":[1-9]/);
  });

  test('the page shows what is in the hub', async () => {
    const data = await hub.admin.run<{ space: unknown }>(
      readText(`${folder}/page.graphql`),
      variablesOf(`${folder}/page.graphql`, ids),
    );
    expect(JSON.stringify(data.space)).toContain('Nobody can see what lies in the next depot');
  });
});

describe('the file of the first import', () => {
  let hub: TestHub;

  beforeAll(async () => {
    hub = await startTestHub();
  });
  afterAll(() => hub.stop());

  test('goes in whole, and once', async () => {
    expect(await importSmallHub(hub)).toMatch(/^idea +2 +0 +0 +0$/m);
    expect(await importSmallHub(hub)).toMatch(/^idea +0 +0 +2 +0$/m);
    const counts = await hub.admin.run(
      '{ spaces { totalCount } ideas { totalCount } conversations { totalCount } messages { totalCount } }',
    );
    expect(counts).toEqual({
      spaces: { totalCount: 1 },
      ideas: { totalCount: 2 },
      conversations: { totalCount: 1 },
      messages: { totalCount: 2 },
    });
  });
});

async function importSmallHub({ url, admin }: TestHub): Promise<string> {
  const access = ['--url', `${url}/graphql`, '--token', admin.token ?? ''];
  const { code, out, err } = await runCaptured([
    'import',
    ...access,
    '--source',
    'example',
    `${root}${folder}/small-hub.jsonl`,
  ]);
  return code === 0 ? out : `It failed:\n${err}`;
}

/** Two people of two teams meet on two days. */
async function connectTeams({ admin }: TestHub): Promise<void> {
  const person = (ref: string, team: string) => ({ kind: 'person', ref, name: ref, party: 'internal', teams: [team] });
  const met = (at: string) => ({ kind: 'interaction', from: 'ann', to: 'bob', at });
  const records = [
    ...['sales', 'lab'].map((ref) => ({ kind: 'team', ref, name: ref })),
    ...[person('ann', 'sales'), person('bob', 'lab'), met('2026-03-02T10:00:00Z'), met('2026-03-03T10:00:00Z')],
  ];
  await admin.run(
    'mutation ($records: [HubRecord!]!) { importPeopleRecords(input: { source: "example", records: $records }) { errors { message } } }',
    { records },
  );
}

/** What the placeholders of the variable files stand for. */
async function seed({ admin }: TestHub): Promise<Readonly<Record<string, string>>> {
  const { openSpace } = await admin.run<{ openSpace: { space: { id: string } } }>(
    'mutation { openSpace(input: { name: "Spare parts", visibility: OPEN }) { space { id } } }',
  );
  const space = openSpace.space.id;
  const { submitIdea } = await admin.run<{ submitIdea: { idea: { id: string } } }>(
    'mutation ($space: ID!) { submitIdea(input: { space: $space, title: "Lend parts" }) { idea { id } } }',
    { space },
  );
  const idea = submitIdea.idea.id;
  await admin.run(
    `mutation ($space: ID!, $idea: ID!) {
      openConversation(input: {
        space: $space, idea: $idea, title: "Depots", message: "Nobody can see what lies in the next depot"
      }) { errors { message } }
    }`,
    { space, idea },
  );
  const { registerPerson } = await admin.run<{ registerPerson: { person: { id: string } } }>(
    'mutation { registerPerson(input: { name: "Somebody who leaves" }) { person { id } } }',
  );
  const { registerOrganization } = await admin.run<{ registerOrganization: { organization: { id: string } } }>(
    'mutation { registerOrganization(input: { name: "Partner", relation: PARTNER }) { organization { id } } }',
  );
  return { space, idea, person: registerPerson.person.id, organization: registerOrganization.organization.id };
}

/** The variables next to an operation, with each placeholder id replaced by that of the seeded thing of its type. */
function variablesOf(path: string, ids: Readonly<Record<string, string>>): object {
  const file = path.replace(/\.graphql$/, '.json');
  if (!pathsBelow(folder, '.json').includes(file)) return {};
  const text = readText(file).replaceAll(/"(space|idea|person)_[0-9a-z]{26}"/g, (_, type: string) =>
    JSON.stringify(ids[type] ?? `no ${type} was seeded`),
  );
  return JSON.parse(text) as object;
}

function isPayload(answer: unknown): answer is { readonly errors: unknown } {
  return typeof answer === 'object' && answer !== null && 'errors' in answer;
}
