import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { statement } from '#kernel/database/statement.js';
import { runCaptured } from '../../services/hub/testing/captured-command.js';
import { addressDays, entryDays, tendAudit } from '../../services/people/audit/audit.repository.js';
import { eventually } from '../hub/eventually.js';
import type { TestClient } from '../hub/graphql-client.js';
import { type ModeratedSpace, openModeratedSpace } from '../hub/moderate.js';
import { contribute, openSpace, registerOrganization, submitIdea } from '../hub/seed.js';
import { openConversation, postMessage } from '../hub/talk.js';
import { startTestHub, type TestHub } from '../hub/test-hub.js';

let hub: TestHub;
let world: ModeratedSpace;
let administrator: string;

beforeAll(async () => {
  hub = await startTestHub();
  world = await openModeratedSpace(hub);
  const { author, space } = world;
  administrator = await idOf(hub.admin);
  const idea = await submitIdea(author, space);
  for (const body of ['By boat', 'By rail']) await contribute(author, idea, { body });
  const conversation = await openConversation(author, space);
  for (const body of ['One', 'Two']) await postMessage(author, conversation, body);
}, 60_000);

afterAll(() => hub.stop());

async function idOf(as: TestClient): Promise<string> {
  return (await as.run<{ viewer: { person: { id: string } } }>('{ viewer { person { id } } }')).viewer.person.id;
}

interface Entry {
  readonly action: string;
  readonly service: string;
  readonly at: string;
  readonly spaceId: string | null;
  readonly requestId: string | null;
  readonly address: string | null;
  readonly details: object;
}

/** What the log has of somebody's exports, once everything that was told has reached it. */
async function exportsOf(actor: string): Promise<Entry[]> {
  for (const service of ['people', 'ideas', 'conversations'])
    await hub.service('people').consumer(`on-${service}-audited`).catchUp(10_000);
  const { auditLog } = await hub.admin.run<{ auditLog: { nodes: Entry[] } }>(
    `query ($filter: AuditFilter) { auditLog(first: 100, filter: $filter) {
      nodes { action service at spaceId requestId address details } } }`,
    { filter: { actor, actions } },
  );
  return [...auditLog.nodes].reverse();
}

const actions = ['records', 'personalData'].flatMap((what) =>
  ['people', 'ideas', 'conversations'].map((service) => `${service}.${what}.exported`),
);
/** The entries that came of some work. */
async function toldBy(actor: string, work: () => Promise<unknown>): Promise<Entry[]> {
  const before = (await exportsOf(actor)).length;
  await work();
  return (await exportsOf(actor)).slice(before);
}

const whence = { requestId: expect.stringMatching(/^[\w-]{10,}$/), address: expect.stringMatching(/127\.0\.0\.1|::1/) };

interface Page {
  readonly nodes: readonly object[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}
const pageFields = 'nodes { id } pageInfo { hasNextPage endCursor }';
const recordLists = ['ideaRecords', 'conversationRecords'] as const;

async function page(as: TestClient, list: string, space: string, after: string | null = null): Promise<Page> {
  const document = `query ($space: ID!, $after: String) { page: ${list}(space: $space, first: 2, after: $after) { ${pageFields} } }`;
  return (await as.run<{ page: Page }>(document, { space, after })).page;
}

async function allPages(as: TestClient, list: string, space: string): Promise<number> {
  let count = 0;
  for (let after: string | null = null, more = true; more; count += 1) {
    const { pageInfo }: Page = await page(as, list, space, after);
    [more, after] = [pageInfo.hasNextPage, pageInfo.endCursor];
  }
  return count;
}

/** A program of the host that may move records. */
async function mover(): Promise<{ id: string; client: TestClient }> {
  const organization = await registerOrganization(hub, { name: 'Host', relation: 'HOST' });
  const { createApiClient } = await hub.admin.run<{ createApiClient: { token: string; apiClient: { id: string } } }>(
    'mutation ($input: CreateApiClientInput!) { createApiClient(input: $input) { token apiClient { id } errors { message } } }',
    { input: { name: 'Mover', organization, scopes: ['records:export'] } },
  );
  return { id: createApiClient.apiClient.id, client: hub.client(createApiClient.token) };
}

describe('an export of records', () => {
  test('by the command is one entry of each service: who, what, when and from where', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'exports-audited-'));
    const told = await toldBy(administrator, async () => {
      const args = ['export', '--url', `${hub.url}/graphql`, '--space', world.space, join(folder, 'out.jsonl')];
      expect((await runCaptured(args, { WEFT_TOKEN: hub.admin.token ?? '' })).code).toBe(0);
    });
    await rm(folder, { recursive: true });
    const kindsOf = {
      people: ['organization', 'team', 'person', 'space'],
      ideas: ['challenge', 'idea', 'contribution', 'endorsement'],
      conversations: ['conversation', 'message', 'reaction'],
    };
    expect(told).toEqual(
      Object.entries(kindsOf).map(([service, kinds]) => ({
        action: `${service}.records.exported`,
        service,
        at: expect.stringMatching(/Z$/),
        spaceId: service === 'people' ? null : world.space,
        details: { kinds, source: null },
        ...whence,
      })),
    );
  });

  test.each(recordLists)('is an entry when it begins, and not with each page: %s', async (list) => {
    const told = await toldBy(administrator, async () => {
      for (let round = 0; round < 2; round += 1)
        expect(await allPages(hub.admin, list, world.space)).toBeGreaterThan(1);
    });
    expect(told).toHaveLength(2);
  });

  test.each(['sourcePeople', 'interactionRecords'])('of a source names it: %s', async (list) => {
    const told = await toldBy(administrator, () => hub.admin.run(`{ ${list}(source: "erp") { nodes { id } } }`));
    expect(told).toMatchObject([{ action: 'people.records.exported', details: { source: 'erp' }, ...whence }]);
  });

  test('by ids is an entry each time, unless calls say that they belong together', async () => {
    const document = 'query ($ids: [ID!]!, $key: String) { peopleRecords(ids: $ids, exportKey: $key) { id } }';
    const ask = (key: string | null) => hub.admin.run(document, { ids: [administrator], key });
    expect(
      await toldBy(administrator, async () => {
        for (const key of ['one', 'one', 'two', null, null]) await ask(key);
      }),
    ).toHaveLength(4);
  });

  test('goes on by cursors of its own only, so that none begins unseen', async () => {
    const { id, client } = await mover();
    const other = await openSpace(hub, hub.admin);
    for (const list of recordLists) {
      const { pageInfo } = await page(hub.admin, list, world.space);
      const after = { after: pageInfo.endCursor };
      const document = `query ($space: ID!, $after: String) { ${list}(space: $space, after: $after) { nodes { id } } }`;
      expect(await hub.admin.codeOf(document, { space: other, ...after })).toBe('BAD_CURSOR');
      expect(await client.codeOf(document, { space: world.space, ...after })).toBe('BAD_CURSOR');
    }
    expect(await exportsOf(id)).toEqual([]);
    await page(client, 'ideaRecords', world.space);
    expect(await exportsOf(id)).toMatchObject([{ action: 'ideas.records.exported', ...whence }]);
  });

  test('that is refused is no entry', async () => {
    const { owner, space } = world;
    for (const list of recordLists)
      expect(await owner.codeOf(`{ ${list}(space: "${space}") { nodes { id } } }`)).toBe('FORBIDDEN');
    expect(await exportsOf(owner.id)).toEqual([]);
  });

  test.each([
    ['people', () => `{ peopleRecords(ids: ["${administrator}"]) { id } }`],
    ['ideas', () => `{ ideaRecords(space: "${world.space}") { nodes { id } } }`],
    ['conversations', () => `{ conversationRecords(space: "${world.space}") { nodes { id } } }`],
    ...(['people', 'ideas', 'conversations'] as const).map(
      (part) => [part, () => `{ exportMyData { ${part} { nodes { id } } } }`] as const,
    ),
  ] as const)('does not leave %s where it cannot be told of', async (service, document) => {
    const { database } = hub.service(service);
    await exportsOf(administrator); // consumers that still had to copy something would miss the table as well
    await database.read(statement('ALTER TABLE event_origin RENAME TO event_origin_away'));
    try {
      const { data, errors } = await hub.admin.send(document());
      expect(errors?.length).toBeGreaterThan(0);
      expect(JSON.stringify(data ?? null)).not.toContain('"id"');
    } finally {
      await database.read(statement('ALTER TABLE event_origin_away RENAME TO event_origin'));
    }
    expect(await hub.admin.codeOf(document())).toBeUndefined();
  });
});

describe('an export of what is held on oneself', () => {
  const parts = ['people', 'ideas', 'conversations'].map((part) => `${part}(first: 1) { ${pageFields} }`);
  const document = `{ exportMyData { ${parts.join(' ')} } }`;

  test('is an entry of each service, whatever its pages', async () => {
    const { author } = world;
    const told = await toldBy(author.id, async () => {
      const { exportMyData } = await author.run<{ exportMyData: Record<string, Page> }>(document);
      for (const [part, { pageInfo }] of Object.entries(exportMyData))
        await author.run(`{ exportMyData { ${part}(after: "${pageInfo.endCursor}") { nodes { id } } } }`);
    });
    const entries = ['people', 'ideas', 'conversations'].map((service) =>
      expect.objectContaining({ action: `${service}.personalData.exported`, spaceId: null, details: {}, ...whence }),
    );
    expect(told).toHaveLength(3);
    expect(told).toEqual(expect.arrayContaining(entries));
    expect(new Set(told.map(({ requestId }) => requestId)).size).toBe(1);
  });

  test('goes on by cursors of one’s own only', async () => {
    const { author, reader } = world;
    const { exportMyData } = await author.run<{ exportMyData: Record<string, Page> }>(document);
    const { people } = exportMyData;
    expect(
      await reader.codeOf(`{ exportMyData { people(after: "${people?.pageInfo.endCursor}") { nodes { id } } } }`),
    ).toBe('BAD_CURSOR');
    expect(await exportsOf(reader.id)).toEqual([]);
  });

  test('keeps no address of who was erased, and is forgotten like other entries', async () => {
    const { author } = world;
    await author.run(document);
    expect(await exportsOf(author.id)).toContainEqual(expect.objectContaining(whence));
    await author.run('mutation ($input: ErasePersonInput!) { erasePerson(input: $input) { errors { code } } }', {
      input: { person: author.id },
    });
    const kept = await eventually(
      () => exportsOf(author.id),
      (entries) => entries.length > 0 && entries.every(({ address }) => address === null),
    );
    expect(kept.every(({ action }) => action.endsWith('.personalData.exported'))).toBe(true);
    const { database } = hub.service('people');
    const later = (days: number) => new Date(Date.now() + days * 86_400_000);
    await tendAudit(database, later(addressDays + 1));
    const entries = await exportsOf(administrator);
    expect(entries.length).toBeGreaterThan(0);
    expect(entries.every(({ address }) => address === null)).toBe(true);
    await tendAudit(database, later(entryDays + 1));
    expect(await exportsOf(administrator)).toEqual([]);
  });
});
