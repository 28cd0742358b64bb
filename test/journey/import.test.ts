import { readFile } from 'node:fs/promises';
import { type TemporaryFolder, temporaryFolder } from '../../services/hub/testing/temporary-folder.js';
import { eventually } from '../hub/eventually.js';
import { type OwnHub, startOwnHub } from '../hub/own-hub.js';
import type { EndedProcess } from '../hub/run-node.js';
import { generatedRecords, spaces } from './generated-records.js';
import { differences, type StoredTotals, storedTotals } from './stored-totals.js';

const ideas = 320;
const records = generatedRecords(ideas);

let folder: TemporaryFolder;
let file: string;
/** Its import is never disturbed. */
let hub: OwnHub;
let undisturbed: StoredTotals;
const hubs: OwnHub[] = [];

beforeAll(async () => {
  folder = await temporaryFolder();
  file = await folder.write('story.jsonl', jsonl(records));
  hub = await newHub();
  await imported(hub, file);
  undisturbed = await totalsOf(hub);
});

afterAll(async () => {
  await Promise.all(hubs.map((each) => each.remove()));
  await folder[Symbol.asyncDispose]();
});

async function newHub(): Promise<OwnHub> {
  const started = await startOwnHub({ postgres: 'shared' });
  hubs.push(started);
  return started;
}

/** Runs an import that takes every line; what is reported along the way depends on how long it takes. */
async function imported(into: OwnHub, path: string): Promise<EndedProcess> {
  const ended = await into.command('import', '--source', 'story', path);
  if (ended.code !== 0) throw new Error(`The import ended with code ${ended.code}: ${ended.err}`);
  return ended;
}

function totalsOf({ databaseUrl = '' }: OwnHub): Promise<StoredTotals> {
  return storedTotals(databaseUrl);
}

function jsonl(lines: readonly object[]): string {
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}

test('every record of a file becomes what it says, and is counted', () => {
  const of = (kind: string) =>
    records.filter((record) => Object.entries(record).some(([, value]) => value === kind)).length;
  expect(undisturbed).toMatchObject({
    organizations: of('organization'),
    people: of('person') + 1, // and the administrator
    spaces: 2,
    challenges: 1,
    ideas,
    links: ideas - 2,
    contributions: of('contribution'),
    'contributions counted': of('contribution'),
    // Four people endorse each idea, and one takes it back.
    endorsements: 3 * ideas,
    'endorsements counted': 3 * ideas,
    'ideas.idea.endorsed': 4 * ideas,
    'ideas.idea.endorsementWithdrawn': ideas,
    messages: of('message'),
    'messages counted': of('message'),
    'conversations.message.posted': of('message'),
    reactions: of('reaction'),
    interactions: of('interaction'),
  });
});

test('importing the same file again changes nothing and tells nobody', async () => {
  const { out } = await imported(hub, file);
  const rows = out.split('\n').map((line) => line.trim().split(/\s+/));
  const { created, updated } = sumOf(rows);
  // Who endorsed and withdrew later has said both before: the older word does not undo the newer one.
  expect({ created, updated }).toEqual({ created: 0, updated: 0 });
  expect(await totalsOf(hub)).toEqual(undisturbed);
});

function sumOf([, ...rows]: string[][]): { created: number; updated: number } {
  const kinds = rows.filter((row) => row.length === 5);
  const sum = (column: number) => kinds.reduce((total, row) => total + Number(row[column]?.replaceAll(',', '')), 0);
  return { created: sum(1), updated: sum(2) };
}

test('a hub that is killed in the middle of an import and started again goes on with it, and all is as if nothing had been', async () => {
  const killed = await newHub();
  const importing = killed.startCommand('import', '--source', 'story', file);
  await underWay(killed);
  await killed.kill();
  await killed.start();
  const { code, err } = await importing.ended;
  expect({ code, err }).toEqual({ code: 0, err: expect.stringContaining('trying again') });
  expect(await totalsOf(killed)).toEqual(undisturbed);
});

test('an import whose command was killed is simply run again', async () => {
  const other = await newHub();
  const importing = other.startCommand('import', '--source', 'story', file);
  await underWay(other);
  importing.child.kill('SIGKILL');
  expect((await importing.ended).code).toBe(null);
  await imported(other, file);
  expect(await totalsOf(other)).toEqual(undisturbed);
});

/** Some of it is imported and some is not. */
async function underWay(under: OwnHub): Promise<void> {
  const { messages = 0 } = await eventually(
    () => totalsOf(under),
    ({ messages = 0 }) => messages > 0,
    30_000,
  );
  expect(messages).toBeLessThan(undisturbed.messages ?? 0);
}

describe('an export, imported into a fresh hub and exported again', () => {
  let fresh: OwnHub;
  beforeAll(async () => {
    fresh = await newHub();
  });

  test.each(spaces)('is the same to the byte, for the space "%s"', async (space) => {
    const first = `${folder.path}/${space}-first.jsonl`;
    const second = `${folder.path}/${space}-second.jsonl`;
    await exported(hub, space, first);
    await imported(fresh, first);
    await exported(fresh, space, second);
    const text = await readFile(first, 'utf8');
    expect(text).toContain('"kind":"endorsement"');
    expect(await readFile(second, 'utf8')).toBe(text);
  });

  async function exported(from: OwnHub, space: string, path: string): Promise<void> {
    const { code, err } = await from.command('export', '--source', 'story', '--space', space, path);
    expect({ code, err }).toEqual({ code: 0, err: '' });
  }
});

describe('a file with lines that cannot be imported', () => {
  const at = '2024-03-31T14:05:00Z';
  const idea = { kind: 'idea', ref: 'reuse', space: 'den', title: 'Reuse', authors: ['ada'], at };
  const talk = (ref: string) => ({ kind: 'conversation', ref, space: 'den', title: 'Talk', at });
  const hello = { kind: 'message', ref: 'hello', conversation: 'talk', author: 'ada', body: 'Hello', at };
  const good = [
    { kind: 'person', ref: 'ada', name: 'Ada' },
    { kind: 'space', ref: 'den', name: 'Den', visibility: 'open' },
    idea,
  ];
  const wrong: readonly [line: string | Buffer, field: string, reason: RegExp][] = [
    ['{"kind":"persn","ref":"x","name":"X"}', 'kind', /unknown kind "persn"; did you mean "person"\?/],
    [JSON.stringify({ ...idea, ref: 'x', titel: 'X' }), 'titel', /unknown field "titel"; did you mean "title"\?/],
    [JSON.stringify({ ...idea, ref: 'x', authors: ['ada', 'nobody'] }), 'authors[1]', /no person "nobody"/],
    [JSON.stringify({ ...idea, ref: 'x', at: '2024-02-30T10:00:00Z' }), 'at', /names a day that does not exist/],
    ['{"kind":"idea",', 'line', /^is not JSON/],
    [JSON.stringify({ ...idea, ref: 'x', body: 'x'.repeat(10_000_000) }), 'line', /at most 1,048,576 are allowed/],
    [Buffer.from([0x7b, 0xff, 0xfe, 0x7d]), 'line', /not valid UTF-8/],
    [JSON.stringify({ kind: 'endorsement', idea: 'gone', person: 'ada', at }), 'idea', /no idea "gone"/],
    [
      JSON.stringify({ ...hello, ref: 'stray', conversation: 'other', replyTo: 'hello' }),
      'replyTo',
      /of another conversation/,
    ],
  ];
  const rest = [talk('talk'), talk('other'), hello];
  // The good lines stand in front of, between and behind the wrong ones.
  const lines: (string | Buffer)[] = [
    ...good.map((line) => JSON.stringify(line)),
    ...wrong.slice(0, -1).map(([line]) => line),
    ...rest.map((line) => JSON.stringify(line)),
    ...wrong.slice(-1).map(([line]) => line),
    JSON.stringify({ ...hello, ref: 'bye', replyTo: 'hello' }),
  ];
  const bytes = Buffer.concat(lines.flatMap((line) => [Buffer.from(line), Buffer.from('\n')]));

  test('with "skip" each is reported with its line, field and reason, and everything else is imported', async () => {
    const before = await totalsOf(hub);
    const path = await folder.write('wrong.jsonl', bytes);
    const { code, err } = await hub.command('import', '--source', 'skip', '--on-error', 'skip', path);
    expect({ code, err }).toEqual({ code: 1, err: `${path}: 9 lines refused, see ${path}.rejects.jsonl\n` });
    const rejects = (await readFile(`${path}.rejects.jsonl`, 'utf8')).trimEnd().split('\n');
    expect(rejects.map((line) => JSON.parse(line))).toEqual(
      wrong.map(([, field, reason], index) =>
        expect.objectContaining({ line: index < 8 ? 4 + index : 15, field, reason: expect.stringMatching(reason) }),
      ),
    );
    expect(differences(before, await totalsOf(hub))).toEqual({
      people: 1,
      spaces: 1,
      ideas: 1,
      revisions: 1,
      conversations: 2,
      messages: 2,
      'messages counted': 2,
      'people.person.registered': 1,
      'people.space.opened': 1,
      'ideas.idea.submitted': 1,
      'conversations.conversation.opened': 2,
      'conversations.message.posted': 2,
    });
  });

  test('with "stop" nothing behind the first is imported, and the message says where to go on', async () => {
    const path = await folder.write('wrong.jsonl', bytes);
    const { code, err } = await hub.command('import', '--source', 'stop', path);
    expect(code).toBe(1);
    expect(err).toContain(`${path}, line 4, kind: unknown kind "persn"`);
    expect(err).toContain('--from-line 4 passes over what is done');
    expect(await names('stop')).toEqual({ people: ['ada', 'den'], ideas: ['reuse'], messages: [] });
  });

  test('with "stop" a line that only the hub can refuse ends the import just the same', async () => {
    const path = await folder.write(
      'late.jsonl',
      jsonl([
        ...good,
        ...rest,
        { ...hello, ref: 'stray', conversation: 'other', replyTo: 'hello' },
        { ...hello, ref: 'bye' },
      ]),
    );
    const { code, err } = await hub.command('import', '--source', 'late', path);
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining(`${path}, line 7, replyTo: `) });
    expect((await names('late')).messages).toEqual(['hello']);
    expect((await hub.command('import', '--source', 'late', '--from-line', '8', path)).code).toBe(0);
    expect((await names('late')).messages).toEqual(['bye', 'hello']);
  });

  async function names(source: string): Promise<{ people: string[]; ideas: string[]; messages: string[] }> {
    const admin = await hub.admin();
    const found = await admin.run<Record<'people' | 'ideas' | 'messages', { ref: string }[]>>(
      `query ($source: String!) {
        people: peopleReferences(source: $source, references: [{ kind: PERSON, ref: "ada" }, { kind: SPACE, ref: "den" }, { kind: PERSON, ref: "x" }]) { ref }
        ideas: ideaReferences(source: $source, references: [{ kind: IDEA, ref: "reuse" }, { kind: IDEA, ref: "x" }]) { ref }
        messages: conversationReferences(source: $source, references: [{ kind: MESSAGE, ref: "hello" }, { kind: MESSAGE, ref: "stray" }, { kind: MESSAGE, ref: "bye" }]) { ref }
      }`,
      { source },
    );
    const refs = (rows: { ref: string }[]) => rows.map(({ ref }) => ref).sort();
    return { people: refs(found.people), ideas: refs(found.ideas), messages: refs(found.messages) };
  }
});
