import { createReadStream } from 'node:fs';
import { type ByteLine, byteLines } from './byte-lines.js';
import { gunzip, unzstd } from './decompress.js';

/** A line of text, or why there is none; `raw` is what could be read of it. */
export type FileLine =
  | { readonly number: number; readonly size: number; readonly text: string }
  | { readonly number: number; readonly size: number; readonly problem: string; readonly raw?: string };

/** The longest record the format allows fits well; whatever is longer is not a record. */
export const LINE_LIMIT = 1024 * 1024;

/**
 * The lines of a file, decompressed by its name, without blank ones. A file that cannot be read to its end yields what
 * there is and then one line that tells so: it is refused like any other, after everything before it was imported.
 */
export async function* fileLines(path: string, onBytes: (count: number) => void): AsyncGenerator<FileLine> {
  let last = 0;
  try {
    for await (const line of byteLines(plainBytes(path, counted(path, onBytes)), LINE_LIMIT)) {
      last = line.number;
      const read = readLine(line);
      if (read !== undefined) yield read;
    }
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    const problem = `the file cannot be read further (${cause}); its last whole line is ${last}. Was it cut off? Then fetch it again`;
    yield { number: last + 1, size: 0, problem };
  }
}

async function* counted(path: string, onBytes: (count: number) => void): AsyncGenerator<Buffer> {
  for await (const chunk of createReadStream(path)) {
    onBytes(chunk.length);
    yield chunk;
  }
}

function plainBytes(path: string, bytes: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  if (path.endsWith('.gz')) return gunzip(bytes);
  if (path.endsWith('.zst')) return unzstd(bytes);
  return bytes;
}

/** A byte order mark is only stripped from the first line, by hand; the decoder would strip one from every line. */
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function readLine({ number, length: size, bytes }: ByteLine): FileLine | undefined {
  if (bytes === undefined) {
    const problem = `the line is ${size.toLocaleString('en')} bytes long; at most ${LINE_LIMIT.toLocaleString('en')} are allowed`;
    return { number, size, problem };
  }
  const decoded = decode(bytes);
  if (decoded === undefined) {
    return {
      number,
      size,
      problem: 'the line is not valid UTF-8; save the file as UTF-8',
      raw: bytes.toString('utf8'),
    };
  }
  const text = number === 1 && decoded.startsWith('\uFEFF') ? decoded.slice(1) : decoded;
  return text.trim() === '' ? undefined : { number, size, text };
}

function decode(bytes: Buffer): string | undefined {
  try {
    return utf8.decode(bytes);
  } catch {
    return undefined;
  }
}
