import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'graphql';
import { anonymous, type Viewer } from '#kernel/auth/viewer.js';
import type { Holding } from '#kernel/privacy/holding.js';
import type { Trace } from '#kernel/privacy/trace.js';
import { executeOperation } from '#kernel/runtime/execute-operation.js';
import { tracesInConversations } from '../../services/conversations/consumers/on-person-erased.js';
import { heldInConversations } from '../../services/conversations/privacy/held-in-conversations.js';
import { runCaptured } from '../../services/hub/testing/captured-command.js';
import { tracesInIdeas } from '../../services/ideas/consumers/on-person-erased.js';
import { heldInIdeas } from '../../services/ideas/privacy/held-in-ideas.js';
import { personalTraces } from '../../services/people/erasure/personal-traces.js';
import { heldInPeople } from '../../services/people/privacy/held-in-people.js';
import type { TestClient } from '../hub/graphql-client.js';
import { type ModeratedSpace, moderate, openModeratedSpace } from '../hub/moderate.js';
import { contribute, endorse, openChallenge, registerOrganization, submitIdea, type TestPerson } from '../hub/seed.js';
import { change, openConversation, postMessage } from '../hub/talk.js';
import { startTestHub, type TestHub } from '../hub/test-hub.js';

const parts = ['people', 'ideas', 'conversations'] as const;
type Part = (typeof parts)[number];

interface Page {
  readonly nodes: readonly { readonly kind: string; readonly id: string; readonly json: string }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

let hub: TestHub;
let world: ModeratedSpace;
let author: TestPerson;
let ids: Readonly<Record<'idea' | 'contribution' | 'conversation' | 'message' | 'answer', string>>;

beforeAll(async () => {
  hub = await startTestHub();
  world = await openModeratedSpace(hub);
  author = world.author;
  ids = await live();
}, 60_000);

afterAll(() => hub.stop());

/** One of everything, by the author, beside what the owner of the space says. */
async function live() {
  const { owner, space, reader } = world;
  await author.run(
    'mutation ($input: DeclarePerspectivesInput!) { declarePerspectives(input: $input) { errors { code } } }',
    { input: { perspectives: [{ dimension: 'role', value: 'Welder' }] } },
  );
  await author.run('mutation { setConsent(input: { ties: true }) { errors { code } } }');
  await author.run('mutation { issueAccessToken(input: { name: "mine" }) { errors { code } } }');
  const team = await formTeam();
  await change(hub.admin, 'joinTeam', { team, person: author.id });
  await met(author.id, owner.id);
  await openChallenge(author, space, { title: 'Less waste' });
  const idea = await submitIdea(author, space, { title: 'Lend parts', idempotencyKey: 'once' });
  const contribution = await contribute(author, idea, { body: 'By boat' });
  await endorse(author, idea);
  const conversation = await openConversation(author, space, { title: 'Depots' });
  const { id: message } = await postMessage(author, conversation, 'Good morning');
  const { id: answer } = await postMessage(owner, conversation, 'The secret of somebody else', {
    mentions: [author.id],
  });
  await change(author, 'react', { message: answer, emoji: '👋' });
  await moderate(author, 'reportConversationContent', { content: answer, reason: 'SPAM', note: 'Not nice' });
  await moderate(reader, 'reportIdeaContent', {
    content: contribution,
    reason: 'SPAM',
    note: 'Only told to moderators',
  });
  await moderate(owner, 'hideIdeaContent', { content: idea, reason: 'It names a customer.' });
  await tiesAreTold();
  return { idea, contribution, conversation, message, answer };
}

async function formTeam(): Promise<string> {
  const organization = await registerOrganization(hub, { name: 'Acme' });
  const { formTeam } = await hub.admin.run<{ formTeam: { team: { id: string } } }>(
    'mutation ($input: FormTeamInput!) { formTeam(input: $input) { team { id } errors { message } } }',
    { input: { name: 'Core', organization } },
  );
  return formTeam.team.id;
}

/** They meet outside of the hub on two days, which makes a tie. */
async function met(from: string, to: string): Promise<void> {
  const records = [1, 2].map((days) => ({
    kind: 'interaction',
    from: 'from',
    to: 'to',
    at: new Date(Date.now() - days * 86_400_000).toISOString(),
  }));
  const references = [
    { kind: 'PERSON', ref: 'from', id: from },
    { kind: 'PERSON', ref: 'to', id: to },
  ];
  await hub.admin.run(
    `mutation ($input: ImportPeopleRecordsInput!) { importPeopleRecords(input: $input) { errors { message } outcomes { result } } }`,
    { input: { source: 'test', records, references } },
  );
}

async function tiesAreTold(): Promise<void> {
  for (const name of ['on-idea-joined', 'on-message-addressed', 'on-interaction-recorded'])
    if (!(await hub.service('people').consumer(name).catchUp(10_000))) throw new Error(`${name} is behind.`);
}

async function read(as: TestClient, part: Part, first = 100): Promise<Page['nodes']> {
  const document = `query ($first: Int, $after: String) { exportMyData { id page: ${part}(first: $first, after: $after) {
    nodes { kind id json } pageInfo { hasNextPage endCursor } } } }`;
  const found: Page['nodes'][number][] = [];
  for (let after: string | null = null, more = true; more; ) {
    const answer: { exportMyData: { page: Page } } = await as.run(document, { first, after });
    const { page } = answer.exportMyData;
    found.push(...page.nodes);
    [more, after] = [page.pageInfo.hasNextPage, page.pageInfo.endCursor];
  }
  return found;
}

/** That one asked is noted as well, of each export anew: two of them are the same apart from these. */
const notes = ['auditEntry', 'requestOrigin'];
const withoutNotes = async (as: TestClient, part: Part, first?: number) =>
  (await read(as, part, first)).filter(({ kind }) => !notes.includes(kind));

const byKind = async (as: TestClient, part: Part) =>
  Object.fromEntries((await read(as, part)).map(({ kind, json }) => [kind, JSON.parse(json) as unknown]));

describe('what the hub holds on somebody', () => {
  test('is who they are, where they belong and with whom they had to do, in people', async () => {
    const kept = await byKind(author, 'people');
    expect(kept).toMatchObject({
      person: { id: author.id, administrator: false },
      perspective: { dimension: 'role', value: 'Welder' },
      consent: { ties: true },
      membership: { endedAt: null },
      spaceMembership: { spaceId: world.space, role: 'member' },
      accessToken: { scopes: null, revokedAt: null },
      interaction: { fromId: author.id, toId: world.owner.id },
      tie: { person: world.owner.id },
    });
  });

  test('is told from their side, whoever of two people asks', async () => {
    const firstDay = async (as: TestClient) => {
      const days = (await read(as, 'people')).filter(({ kind }) => kind === 'tieDay');
      return JSON.parse(days[0]?.json ?? '{}') as { given: number; received: number };
    };
    const [given, received] = [await firstDay(author), await firstDay(world.owner)];
    expect(given).toMatchObject({ person: world.owner.id, interactions: 1, received: 0 });
    expect(received).toMatchObject({ person: author.id, interactions: 1, given: 0, received: given.given });
    expect(given.given).toBeGreaterThan(0);
    const sideOf = async (as: TestClient) =>
      (await read(as, 'people'))
        .filter(({ kind }) => kind === 'countedInteraction')
        .map(({ json }) => (JSON.parse(json) as { given: boolean }).given);
    const [own, other] = [await sideOf(author), await sideOf(world.owner)];
    expect(own).toContain(true);
    expect(other).toEqual(own.map((side) => !side));
  });

  test('is what they wrote and did in ideas, hidden or not', async () => {
    expect(await byKind(author, 'ideas')).toMatchObject({
      idea: { id: ids.idea, title: 'Lend parts', authorIds: [author.id], hiddenAt: expect.any(String) },
      challenge: { title: 'Less waste' },
      contribution: { id: ids.contribution, body: 'By boat' },
      endorsement: { ideaId: ids.idea, active: true },
      caseAboutOwnWork: { contentId: ids.idea, reason: 'It names a customer.' },
      idempotencyKey: { key: 'once' },
    });
    expect(await byKind(world.owner, 'ideas')).toMatchObject({
      caseModerated: { contentId: ids.idea, reason: 'It names a customer.' },
    });
  });

  test('is what they said, and that they were called, in conversations', async () => {
    expect(await byKind(author, 'conversations')).toMatchObject({
      conversation: { id: ids.conversation, title: 'Depots' },
      message: { id: ids.message, body: 'Good morning' },
      mention: { messageId: ids.answer, authorId: world.owner.id },
      reaction: { messageId: ids.answer, emoji: '👋' },
      report: { contentId: ids.answer, note: 'Not nice' },
    });
  });

  test('has no secrets, no words of others, and not that something was merely reported', async () => {
    const all = JSON.stringify(await Promise.all(parts.map((part) => read(author, part))));
    for (const secret of ['secret of somebody else', 'Only told to moderators', world.reader.id, author.token ?? ''])
      expect(all).not.toContain(secret);
    expect(all).not.toMatch(/hash/i);
  });

  test('is for them alone', async () => {
    const { outsider } = world;
    const own = JSON.stringify(await Promise.all(parts.map((part) => read(outsider, part))));
    expect(own).toContain(outsider.id);
    for (const other of [author.id, ids.idea, ids.message]) expect(own).not.toContain(other);
    expect(await withoutNotes(outsider, 'ideas')).toEqual([]);
    expect(JSON.stringify(await read(hub.admin, 'ideas'))).not.toContain('Lend parts');
  });

  test('is for people: not for those who are not signed in, clients and tokens for something else', async () => {
    const client = await clientOf(['people:read']);
    const token = (scopes: string[]) => tokenOf(author, scopes);
    const [reading, erasing, other] = [
      await token(['privacy:read']),
      await token(['privacy:write']),
      await token(['people:read', 'ideas:read', 'conversations:read']),
    ];
    for (const part of ['id', ...parts.map((name) => `${name} { nodes { id } }`)]) {
      const document = `{ exportMyData { ${part} } }`;
      expect([part, await hub.anonymous.codeOf(document)]).toEqual([part, 'UNAUTHENTICATED']);
      for (const refused of [client, other])
        expect([part, await refused.codeOf(document)]).toEqual([part, 'FORBIDDEN']);
      for (const may of [reading, erasing]) expect([part, await may.codeOf(document)]).toEqual([part, undefined]);
    }
  });

  test('is one answer, under the id of the person', async () => {
    const fields = parts.map((part) => `${part}(first: 1) { nodes { kind } pageInfo { hasNextPage } }`).join(' ');
    const page = { nodes: [{ kind: expect.any(String) }], pageInfo: { hasNextPage: true } };
    expect(await author.run(`{ exportMyData { id ${fields} } }`)).toEqual({
      exportMyData: { id: author.id, people: page, ideas: page, conversations: page },
    });
  });

  test.each(['ideas', 'conversations'] as const)('is nobody else’s by a reference either, in %s', async (part) => {
    const document = parse(`query ($representations: [_Any!]!) {
      _entities(representations: $representations) { ... on PersonalExport { part: ${part} { nodes { id } } } } }`);
    const service = hub.service(part);
    const ask = async (viewer: Viewer) => {
      const representations = [author.id, world.owner.id].map((key) => ({ __typename: 'PersonalExport', key }));
      const context = service.createContext({ viewer, requestId: 'request' });
      const answer = await executeOperation(service, document, undefined, { representations }, context);
      return answer.data?._entities;
    };
    const person = { kind: 'person', organizationId: null, party: 'internal', administrator: false } as const;
    const own = { part: { nodes: expect.arrayContaining([expect.anything()]) } };
    expect(await ask({ ...person, personId: author.id })).toEqual([own, null]);
    expect(await ask({ ...person, personId: world.owner.id })).toEqual([null, own]);
    expect(await ask({ ...person, personId: world.outsider.id, administrator: true })).toEqual([null, null]);
    expect(await ask(anonymous)).toEqual([null, null]);
  });

  test.each(parts)('comes by pages that make up the whole: %s', async (part) => {
    const whole = await withoutNotes(author, part);
    expect(whole.length).toBeGreaterThan(3);
    expect(await withoutNotes(author, part, 2)).toEqual(whole);
    expect(new Set(whole.map(({ kind, id }) => `${kind} ${id}`)).size).toBe(whole.length);
  });

  test.each(parts)('takes one statement a page, whatever its size, in %s', async (part) => {
    for (const first of [1, 20]) {
      const texts: string[] = [];
      const stop = hub.service(part).database.statements.listen((text) => texts.push(text));
      await author.run(`{ exportMyData { ${part}(first: ${first}) { nodes { json } pageInfo { endCursor } } } }`);
      stop();
      expect(texts.filter((text) => text.includes(') held'))).toHaveLength(1);
    }
  });
});

async function tokenOf(person: TestClient, scopes: readonly string[]): Promise<TestClient> {
  const { issueAccessToken } = await person.run<{ issueAccessToken: { token: string } }>(
    'mutation ($input: IssueAccessTokenInput!) { issueAccessToken(input: $input) { token errors { message } } }',
    { input: { name: 'for one thing', scopes } },
  );
  return hub.client(issueAccessToken.token);
}

async function clientOf(scopes: readonly string[]): Promise<TestClient> {
  const organization = await registerOrganization(hub, { name: 'Birch' });
  const { createApiClient } = await hub.admin.run<{ createApiClient: { token: string } }>(
    'mutation ($input: CreateApiClientInput!) { createApiClient(input: $input) { token errors { message } } }',
    { input: { name: 'A program', organization, scopes } },
  );
  return hub.client(createApiClient.token);
}

describe('hub export-person', () => {
  const command = (token: string | undefined, ...args: string[]) =>
    runCaptured(['export-person', '--url', `${hub.url}/graphql`, ...args], { WEFT_TOKEN: token ?? '' });
  const linesOf = (text: string) =>
    text
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as unknown);

  test('writes what all services hold, a line each, to a file for its owner only', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'export-person-'));
    try {
      const path = join(folder, 'me.jsonl');
      const { code, out } = await command(author.token, '--out', path);
      expect([code, out]).toEqual([0, '']);
      const pages = await Promise.all(parts.map((part) => withoutNotes(author, part)));
      const lines = linesOf(await readFile(path, 'utf8'));
      expect(lines.filter((line) => !notes.includes((line as { kind: string }).kind))).toHaveLength(
        pages.flat().length,
      );
      for (const [service, kind, id] of [
        ['people', 'person', author.id],
        ['ideas', 'contribution', ids.contribution],
        ['conversations', 'message', ids.message],
      ])
        expect(lines).toContainEqual({ service, kind, id, data: expect.objectContaining({ id }) });
      expect((await stat(path)).mode & 0o077).toBe(0);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test('writes to standard output without a file, and says how much it was beside', async () => {
    const { code, out, err } = await command(author.token);
    expect([code, err]).toEqual([0, `${linesOf(out).length} records\n`]);
  });

  test('leaves nothing behind where it is refused', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'export-person-'));
    const path = join(folder, 'me.jsonl');
    const { token } = await tokenOf(author, ['people:read']);
    expect(await command(token, '--out', path)).toMatchObject({
      code: 1,
      err: expect.stringContaining('privacy:read'),
    });
    await expect(stat(path)).rejects.toMatchObject({ code: 'ENOENT' });
    await rm(folder, { recursive: true });
  });

  test('takes no other words', async () => {
    expect(await command(author.token, 'me.jsonl')).toMatchObject({ code: 2, err: expect.stringContaining('--out') });
  });
});

/** What erasure takes away and nobody is shown, and why. */
const notShown: Readonly<Record<string, string>> = {
  'dead_letter.event': 'Ids only, in what administrators see of failures.',
  'tie_fact.pair': 'Which moments of a tie were told; the tie itself is shown.',
};

test.each<[string, readonly Trace[], readonly Holding[]]>([
  ['people', personalTraces, heldInPeople],
  ['ideas', tracesInIdeas, heldInIdeas],
  ['conversations', tracesInConversations, heldInConversations],
])('everything erasure takes away in %s is shown before', (_, traces, holdings) => {
  const shown = new Set(holdings.flatMap(({ table, columns }) => columns.map((column) => `${table}.${column}`)));
  const missing = traces.map(({ table, column }) => `${table}.${column}`).filter((name) => !shown.has(name));
  expect(missing.filter((name) => !Object.hasOwn(notShown, name))).toEqual([]);
});
