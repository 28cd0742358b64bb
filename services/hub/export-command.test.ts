import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { runCaptured } from './testing/captured-command.js';
import { type ContractServer, startContractServer } from './testing/contract-server.js';
import { type TemporaryFolder, temporaryFolder } from './testing/temporary-folder.js';

let hub: ContractServer;
let folder: TemporaryFolder;
beforeEach(async () => {
  hub = await startContractServer();
  folder = await temporaryFolder();
});
afterEach(async () => {
  await hub.close();
  await folder[Symbol.asyncDispose]();
});

const at = '2024-03-31T14:05:00Z';

/** In the order of an export, the fields in that of the format: what comes out must be these very lines. */
const whole = [
  { kind: 'organization', ref: 'acme', name: 'Acme', relation: 'host', domains: ['acme.example'] },
  { kind: 'organization', ref: 'town', name: 'Town', relation: 'public' },
  { kind: 'team', ref: 'z-parent', name: 'Parent', organization: 'acme' },
  { kind: 'team', ref: 'a-child', name: 'Child', organization: 'acme', parent: 'z-parent' },
  {
    kind: 'person',
    ref: 'ada',
    name: 'Ada',
    organization: 'acme',
    teams: ['a-child'],
    perspectives: { a: 'x', b: 'y' },
  },
  { kind: 'person', ref: 'bob', name: 'Bob', organization: 'town', at: '2020-02-02T02:02:02.020Z' },
  { kind: 'space', ref: 'lab', name: 'Lab', visibility: 'open', owners: ['acme', 'town'], members: ['ada'] },
  { kind: 'challenge', ref: 'less', space: 'lab', title: 'Less waste', author: 'bob', at },
  {
    kind: 'idea',
    ref: 'reuse',
    space: 'lab',
    title: 'Reuse',
    authors: ['ada', 'bob'],
    team: 'a-child',
    challenge: 'less',
    at,
  },
  { kind: 'idea', ref: 'repair', space: 'lab', title: 'Repair', authors: ['bob'], buildsOn: ['reuse'], at },
  { kind: 'contribution', ref: 'why', idea: 'reuse', author: 'bob', type: 'question', body: 'Why?', at },
  { kind: 'endorsement', idea: 'reuse', person: 'bob', at, value: 1 },
  { kind: 'conversation', ref: 'talk', space: 'lab', title: 'Talk', idea: 'reuse', at },
  { kind: 'message', ref: 'one', conversation: 'talk', author: 'ada', body: 'Hello', at },
  {
    kind: 'message',
    ref: 'two',
    conversation: 'talk',
    author: 'bob',
    body: 'Hi 👋',
    replyTo: 'one',
    mentions: ['ada'],
    at,
  },
  { kind: 'reaction', message: 'two', person: 'ada', emoji: '👍', at },
  { kind: 'interaction', from: 'ada', to: 'bob', at, type: 'meeting', weight: 0.5 },
];

const lineOf = (record: unknown) => `${JSON.stringify(record)}\n`;
const text = whole.map(lineOf).join('');

async function importInto(server: ContractServer, path: string): Promise<void> {
  const { code, err } = await runCaptured(['import', '--url', server.url, '--source', 'test', path]);
  if (code !== 0) throw new Error(err);
}

async function exportFrom(server: ContractServer, name: string, ...args: string[]) {
  const path = join(folder.path, name);
  const result = await runCaptured(['export', '--url', server.url, ...args, path]);
  return { ...result, path };
}

test('all of a source comes out as it went in, byte by byte', async () => {
  await importInto(hub, await folder.write('in.jsonl', text));
  const { code, out, path } = await exportFrom(hub, 'out.jsonl', '--source', 'test');
  expect(await readFile(path, 'utf8')).toBe(text);
  expect([code, out]).toEqual([0, expect.stringContaining(`${path}: 17 records (organization 2, team 2, person 2,`)]);
});

test('a space comes out with its content and the people that it names, and nothing else', async () => {
  await importInto(hub, await folder.write('in.jsonl', text));
  const other = { kind: 'space', ref: 'other', name: 'Other', visibility: 'open' };
  const hermit = { kind: 'person', ref: 'hermit', name: 'Hermit' };
  await importInto(hub, await folder.write('more.jsonl', lineOf(other) + lineOf(hermit)));
  const { path } = await exportFrom(hub, 'out.jsonl.gz', '--space', 'lab', '--source', 'test');
  expect(gunzipSync(await readFile(path)).toString()).toBe(whole.slice(0, -1).map(lineOf).join(''));
});

test('a file of many pages survives the way through two hubs', async () => {
  const people = Array.from({ length: 250 }, (_, index) => ({
    kind: 'person',
    ref: `p${String(index).padStart(3, '0')}`,
    name: 'P',
  }));
  const space = { kind: 'space', ref: 'lab', name: 'Lab', visibility: 'open' };
  const ideas = people.map(({ ref }) => ({
    kind: 'idea',
    ref: `of-${ref}`,
    space: 'lab',
    title: 'T',
    authors: [ref],
    at,
  }));
  const lines = [...people, space, ...ideas].map(lineOf).join('');
  await importInto(hub, await folder.write('in.jsonl', lines));
  const first = await exportFrom(hub, 'first.jsonl.gz', '--source', 'test');
  const next = await startContractServer();
  await importInto(next, first.path);
  const second = await exportFrom(next, 'second.jsonl.gz', '--source', 'test');
  await next.close();
  expect(gunzipSync(await readFile(second.path)).toString()).toBe(lines);
  expect(await readFile(second.path)).toEqual(await readFile(first.path));
});

test('who may not be seen is stood in for, so that what they said can be imported', async () => {
  await importInto(hub, await folder.write('in.jsonl', text));
  const bob = hub.stored.get('person bob')?.id ?? '';
  hub.hide(bob);
  const { path, out } = await exportFrom(hub, 'out.jsonl', '--space', 'lab', '--source', 'test');
  expect(out).toContain('Persons not visible to this token, "Someone not visible" standing in: 1');
  expect(await readFile(path, 'utf8')).toContain(lineOf({ kind: 'person', ref: bob, name: 'Someone not visible' }));
  const next = await startContractServer();
  await importInto(next, path);
  expect(next.stored.get('message two')?.json).toMatchObject({ author: next.stored.get(`person ${bob}`)?.id });
  await next.close();
});

test('what cannot be exported leaves no file behind and keeps the one that was there', async () => {
  const path = await folder.write('out.jsonl', 'the last good export');
  const { code, err } = await exportFrom(hub, 'out.jsonl', '--space', 'nowhere', '--source', 'test');
  expect([code, err]).toEqual([1, expect.stringContaining('there is no space "nowhere" that this token may see')]);
  expect(await readFile(path, 'utf8')).toBe('the last good export');
  expect(await readdir(folder.path)).toEqual(['out.jsonl']);
});

test('a folder that is not there is told in one line', async () => {
  const { code, err } = await exportFrom(hub, 'nowhere/out.jsonl', '--source', 'test');
  expect([code, err]).toEqual([1, expect.stringMatching(/^hub export: ENOENT.*\n$/)]);
});

test('.zst is written where this Node can, and otherwise it says what to use instead', async () => {
  await importInto(hub, await folder.write('in.jsonl', text));
  const { code, err, path } = await exportFrom(hub, 'out.jsonl.zst', '--source', 'test');
  if (code === 0) {
    const next = await startContractServer();
    await importInto(next, path);
    expect(next.stored.size).toBe(whole.length);
    await next.close();
  } else expect(err).toMatch(/cannot write \.zst; name the file \.jsonl\.gz/);
});
