import zlib, { gzipSync } from 'node:zlib';
import { type FileLine, fileLines } from './file-lines.js';
import { type TemporaryFolder, temporaryFolder } from './testing/temporary-folder.js';

let folder: TemporaryFolder;
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(() => folder[Symbol.asyncDispose]());

async function read(name: string, content: string | Uint8Array) {
  const path = await folder.write(name, content);
  const lines: FileLine[] = [];
  let bytes = 0;
  for await (const line of fileLines(path, (count) => {
    bytes += count;
  })) {
    lines.push(line);
  }
  return { lines: lines.map((line) => [line.number, 'text' in line ? line.text.trimEnd() : line.problem]), bytes };
}

/** A Zstandard frame of one stored block, as RFC 8878 describes it. */
function zstd(content: string): Buffer {
  const bytes = Buffer.from(content);
  const block = (bytes.length << 3) | 1;
  const head = [0x28, 0xb5, 0x2f, 0xfd, 0x20, bytes.length, block & 0xff, (block >> 8) & 0xff, block >> 16];
  return Buffer.concat([Buffer.from(head), bytes]);
}

const text = '{"a":1}\n{"b":"é"}\n';
const expected = [
  [1, '{"a":1}'],
  [2, '{"b":"é"}'],
];

test.each([
  ['plain', 'f.jsonl', text],
  ['gzip', 'f.jsonl.gz', gzipSync(text)],
  [
    'two gzip members one after the other',
    'f.jsonl.gz',
    Buffer.concat([gzipSync('{"a":1}\n'), gzipSync('{"b":"é"}\n')]),
  ],
  ['zstd', 'f.jsonl.zst', zstd(text)],
  ['with a byte order mark', 'f.jsonl', `\uFEFF${text}`],
  ['with CRLF', 'f.jsonl', text.replaceAll('\n', '\r\n')],
  ['without a last line feed', 'f.jsonl', text.trimEnd()],
])('the same lines are read: %s', async (_, name, content) => {
  const { lines, bytes } = await read(name, content);
  expect(lines).toEqual(expected);
  expect(bytes).toBe(Buffer.byteLength(content));
});

test('blank lines are passed over, but they count', async () => {
  expect((await read('f.jsonl', '\n  \r\none\n\t\ntwo')).lines).toEqual([
    [3, 'one'],
    [5, 'two'],
  ]);
});

test('a line of 10 MB is refused with its length, and the lines around it are read', async () => {
  const { lines } = await read('f.jsonl', `one\n${'x'.repeat(10_000_000)}\nthree\n`);
  expect(lines).toEqual([
    [1, 'one'],
    [2, 'the line is 10,000,000 bytes long; at most 1,048,576 are allowed'],
    [3, 'three'],
  ]);
});

test.each([
  ['Latin-1', Buffer.from('caf\xe9\n', 'latin1')],
  ['UTF-16', Buffer.from('\uFEFFone', 'utf16le')],
  ['half of a character', Buffer.from([0xf0, 0x9f, 0x91])],
])('%s is refused, since it is not UTF-8', async (_, content) => {
  const { lines } = await read('f.jsonl', content);
  expect(lines).toEqual([[1, expect.stringMatching(/not valid UTF-8/)]]);
});

const many = Array.from({ length: 20_000 }, (_, index) => `${index + 1} ${Math.sin(index)}`);

test('of a gzip file that was cut off every whole line is read, then it says which was the last', async () => {
  const whole = gzipSync(`${many.join('\n')}\n`);
  const { lines } = await read('f.jsonl.gz', whole.subarray(0, whole.length / 2));
  const last = lines.pop();
  expect(lines.length).toBeGreaterThan(5_000);
  expect(lines.map(([, line]) => line)).toEqual(many.slice(0, lines.length));
  expect(last).toEqual([lines.length + 1, expect.stringContaining(`its last whole line is ${lines.length}.`)]);
});

test('only the check sum of the gzip file missing is told as well, after all of its lines', async () => {
  const { lines } = await read('f.jsonl.gz', gzipSync(`${many.join('\n')}\n`).subarray(0, -4));
  expect(lines).toHaveLength(many.length + 1);
  expect(lines.at(-1)).toEqual([20_001, expect.stringMatching(/cannot be read further/)]);
});

test.each([
  ['gz', gzipSync('{"a":1}\n')],
  ['zst', zstd('{"a":1}\n')],
])('a file that only has the name of .%s is told', async (extension, content) => {
  expect((await read(`f.jsonl.${extension}`, content)).lines).toEqual([[1, '{"a":1}']]);
  const { lines } = await read(`f.jsonl.${extension}`, '{"a":1}\n');
  expect(lines).toEqual([[1, expect.stringMatching(/cannot be read further/)]]);
});

test('a zstd file that was cut off is told', async () => {
  const whole = zstd('{"a":1}\n{"b":2}\n');
  const { lines } = await read('f.jsonl.zst', whole.subarray(0, -3));
  expect(lines.at(-1)?.[1]).toMatch(/cannot be read further/);
});

test('a zstd file with a window that cannot be trusted is refused, unless this Node reads zstd itself', async () => {
  const far = Buffer.concat([
    Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, 17 << 3, 0x41, 0, 0]),
    Buffer.from('{"a":1}\n'),
    Buffer.alloc(20),
  ]);
  const { lines } = await read('f.jsonl.zst', far);
  const native = 'createZstdDecompress' in zlib;
  expect(lines.at(-1)?.[1]).toMatch(
    native ? /cannot be read further/ : /reads \.zst only with a window of up to 32 MiB/,
  );
});
