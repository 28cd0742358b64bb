import { type ByteLine, byteLines } from './byte-lines.js';

async function* chunksOf(content: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let start = 0; start < content.length; start += size) yield content.subarray(start, start + size);
}

async function collect(content: string, chunkSize: number, limit = 100) {
  const lines: ByteLine[] = [];
  for await (const line of byteLines(chunksOf(Buffer.from(content), chunkSize), limit)) lines.push(line);
  return lines.map(({ number, length, bytes }) => [number, bytes?.toString() ?? `(${length} bytes)`]);
}

test.each([1, 2, 3, 7, 1_000])('lines are the same in chunks of %i bytes, characters cut or not', async (chunkSize) => {
  expect(await collect('äöü\n\n👍 last line\nend', chunkSize)).toEqual([
    [1, 'äöü'],
    [2, ''],
    [3, '👍 last line'],
    [4, 'end'],
  ]);
});

test('a line feed at the end does not make another line', async () => {
  expect(await collect('one\n', 10)).toEqual([[1, 'one']]);
  expect(await collect('', 10)).toEqual([]);
});

test.each([1, 4, 64])(
  'a line over the limit is counted, not given, and the next is whole (chunks of %i)',
  async (chunkSize) => {
    expect(await collect(`${'x'.repeat(10)}\n${'y'.repeat(11)}\nnext`, chunkSize, 10)).toEqual([
      [1, 'x'.repeat(10)],
      [2, '(11 bytes)'],
      [3, 'next'],
    ]);
  },
);

test('a line of 200 MB is passed over in a few megabytes of memory', async () => {
  const chunk = Buffer.alloc(64 * 1024, 'x');
  let peak = 0;
  async function* endless() {
    for (let sent = 0; sent < 200 * 1024 * 1024; sent += chunk.length) {
      if (sent % (16 * 1024 * 1024) === 0) peak = Math.max(peak, process.memoryUsage().arrayBuffers);
      yield Buffer.from(chunk);
    }
    yield Buffer.from('\nshort\n');
  }
  const before = process.memoryUsage().arrayBuffers;
  const lines: ByteLine[] = [];
  for await (const line of byteLines(endless(), 1024 * 1024)) lines.push(line);
  expect(lines.map(({ bytes }) => bytes?.toString())).toEqual([undefined, 'short']);
  expect(peak - before).toBeLessThan(100 * 1024 * 1024);
});
