import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
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
const acme = { kind: 'organization', ref: 'acme', name: 'Acme', relation: 'host' };
const lab = { kind: 'space', ref: 'lab', name: 'Lab', visibility: 'open', owners: ['acme'] };
const person = (ref: string) => ({ kind: 'person', ref, name: ref, organization: 'acme' });
const idea = (ref: string, author = 'ada') => ({ kind: 'idea', ref, space: 'lab', title: ref, authors: [author], at });
const talk = { kind: 'conversation', ref: 'talk', space: 'lab', title: 'Talk', idea: 'reuse', at };
const message = (ref: string) => ({ kind: 'message', ref, conversation: 'talk', author: 'ada', body: 'Hello', at });

const story = [acme, lab, person('ada'), idea('reuse'), person('bob'), idea('repair', 'bob'), talk, message('hello')];

const jsonl = (records: readonly unknown[]) => records.map((record) => `${JSON.stringify(record)}\n`).join('');

const importing = (...args: string[]) => runCaptured(['import', '--url', hub.url, '--source', 'test', ...args]);

test('a file is imported in its order, across services, with the ids that one gives to the next', async () => {
  const { code, out } = await importing(await folder.write('story.jsonl.gz', gzipSync(jsonl(story))));
  expect(out).toMatch(/^idea {2,}2 {2,}0 {2,}0 {2,}0$/m);
  expect(code).toBe(0);
  expect(hub.batches.map(({ service, size }) => [service, size])).toEqual([
    ['people', 3],
    ['ideas', 1],
    ['people', 1],
    ['ideas', 1],
    ['conversations', 2],
  ]);
  const ada = hub.stored.get('person ada')?.id;
  expect(hub.stored.get('idea reuse')?.json).toMatchObject({ authors: [ada] });
  expect(hub.stored.get('message hello')?.json).toMatchObject({ author: ada, conversation: 'talk' });
});

test('what an earlier import brought can be named, and importing again changes nothing', async () => {
  const first = await folder.write('first.jsonl', jsonl(story.slice(0, 5)));
  const second = await folder.write('second.jsonl', jsonl(story.slice(5)));
  await importing(first);
  expect((await importing(second)).code).toBe(0);
  const { code, out } = await importing(first, second);
  expect(code).toBe(0);
  expect(out).toMatch(/^person {2,}0 {2,}0 {2,}2 {2,}0$/m);
  expect(hub.stored.size).toBe(story.length);
});

const wrongInTheMiddle = [...story.slice(0, 5), idea('lost', 'nobody'), ...story.slice(5)];

test('nothing after a refused line is imported, and the message says what to mend and where to go on', async () => {
  const path = await folder.write('story.jsonl', jsonl(wrongInTheMiddle));
  const { code, err } = await importing(path);
  expect(code).toBe(1);
  expect(err).toContain(`${path}, line 6, authors[0]: no person "nobody" in source "test"; import it first`);
  expect(err).toContain('Everything before line 6 is imported, nothing after it.');
  expect([...hub.stored.keys()]).toEqual(['organization acme', 'space lab', 'person ada', 'idea reuse', 'person bob']);

  await importing('--from-line', '7', path);
  expect(hub.stored.size).toBe(story.length);
});

test.each([
  ['not JSON', '{"kind":'],
  ['refused by the format', JSON.stringify({ ...acme, relation: 'friend' })],
  ['refused by the hub', JSON.stringify({ kind: 'endorsement', idea: 'nowhere', person: 'ada', at })],
])('the first refused line is the one that is told: %s', async (_, wrong) => {
  const before = jsonl(story.slice(0, 4));
  const path = await folder.write('story.jsonl', `${before}${wrong}\n${jsonl([idea('after', 'nobody'), talk])}`);
  const { code, err } = await importing(path);
  expect([code, err]).toEqual([1, expect.stringContaining(`${path}, line 5, `)]);
  expect(hub.stored.size).toBe(4);
});

test('files after one that was stopped are not begun', async () => {
  const wrong = await folder.write('wrong.jsonl', 'x');
  const { code, err } = await importing(wrong, await folder.write('story.jsonl', jsonl(story)));
  expect([code, err]).toEqual([1, expect.stringContaining('Not begun: ')]);
  expect(hub.stored.size).toBe(0);
});

test('with skip the rest is imported, and every refused line is in the reject file with its reason', async () => {
  const lines = `${jsonl(wrongInTheMiddle)}{"kind":\n${JSON.stringify({ ...message('gone'), conversation: 'gone' })}\n`;
  const path = await folder.write('story.jsonl', lines);
  const { code, err } = await importing('--on-error', 'skip', path);
  expect([code, err]).toEqual([1, `${path}: 3 lines refused, see ${path}.rejects.jsonl\n`]);
  expect(hub.stored.size).toBe(story.length);
  const rejects = (await readFile(`${path}.rejects.jsonl`, 'utf8')).trimEnd().split('\n');
  expect(rejects.map((line) => JSON.parse(line))).toEqual([
    { line: 6, field: 'authors[0]', reason: expect.any(String), record: idea('lost', 'nobody') },
    { line: 10, field: 'line', reason: expect.stringMatching(/^is not JSON/), raw: '{"kind":' },
    {
      line: 11,
      field: 'conversation',
      reason: expect.any(String),
      record: { ...message('gone'), conversation: 'gone' },
    },
  ]);
});

test('without refused lines there is no reject file, not even that of an earlier run', async () => {
  const path = await folder.write('story.jsonl', jsonl(story));
  const rejects = await folder.write('rejects.jsonl', 'of an earlier run');
  expect((await importing('--on-error', 'skip', '--rejects', rejects, path)).code).toBe(0);
  await expect(readFile(rejects)).rejects.toThrow(/ENOENT/);
});

test('a batch whose answer was lost is sent again and does nothing twice', async () => {
  hub.breakAnswers(1);
  const { code, err } = await importing(await folder.write('story.jsonl', jsonl(story)));
  expect([code, err]).toEqual([0, expect.stringMatching(/^the hub does not answer \(.+\); trying again\n$/)]);
  expect(hub.stored.size).toBe(story.length);
});

test('of a file that was cut off all whole lines are imported, and the last of them is told', async () => {
  const people = Array.from({ length: 3_000 }, (_, index) => person(`p${index}-${Math.sin(index)}`));
  const whole = gzipSync(jsonl([acme, ...people]));
  const { code, err } = await importing(await folder.write('cut.jsonl.gz', whole.subarray(0, whole.length - 100)));
  expect(code).toBe(1);
  expect(hub.stored.size).toBeGreaterThan(2_500);
  expect(err).toContain(`its last whole line is ${hub.stored.size}.`);
});

test('placeholders for dates are told at the end', async () => {
  const path = await folder.write('story.jsonl', jsonl([...story, { ...message('undated'), at: 'NoneT00:00:00Z' }]));
  const { code, out } = await importing(path);
  expect([code, out]).toEqual([0, expect.stringMatching(/without a date in the file: 1\.\n.*story\.jsonl:9$/m)]);
  expect(hub.stored.get('message undated')?.json.at).toBe(at);
});

test.each([
  [['import', 'f.jsonl'], /--source NAME is missing/],
  [['import', '--source', 'x'], /name at least one file/],
  [['import', '--source', 'x', '--on-error', 'ask', 'f'], /"stop" or "skip", not "ask"/],
  [['import', '--source', 'x', '--from-line', '0', 'f'], /number of a line/],
  [['import', '--source', 'x', '--from-line', '2', 'f', 'g'], /goes with one file/],
  [['import', '--source', 'x', '--on-error', 'skip', '--rejects', './f', 'f'], /would overwrite/],
  [['import', '--sauce', 'x'], /--sauce/],
  [['import', '--source', 'x', '--url', 'nowhere', 'f'], /not a URL/],
  [['export', 'out.jsonl'], /say what to export/],
  [['improt'], /no subcommand "improt"/],
  [[], /hub SUBCOMMAND --help/],
])('a wrong call is explained: %j', async (args, message) => {
  expect(await runCaptured(args)).toMatchObject({ code: 2, err: expect.stringMatching(message) });
});

test('help is an answer, not a failure', async () => {
  expect(await runCaptured(['import', '--help'])).toMatchObject({
    code: 0,
    out: expect.stringMatching(/--on-error stop\|skip/),
  });
  expect(await runCaptured(['help', 'export'])).toMatchObject({ code: 0, out: expect.stringMatching(/hub export/) });
});

test('without a token it says where one would be taken from, and takes it from there', async () => {
  const args = ['import', '--url', hub.url, '--source', 'test', await folder.write('story.jsonl', jsonl(story))];
  const env = { HUB_DATA_DIR: folder.path };
  const refused = await runCaptured(args, env);
  expect(refused.code).toBe(1);
  expect(refused.err).toMatch(
    /no access token: give --token, set WEFT_TOKEN, or run where the hub wrote .*admin-token/,
  );
  await folder.write('admin-token', 'secret-of-the-folder\n');
  expect((await runCaptured(args, env)).code).toBe(0);
  expect(hub.tokens).toEqual(new Set(['Bearer secret-of-the-folder']));
});
