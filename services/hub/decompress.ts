import { Transform } from 'node:stream';
import { finished } from 'node:stream/promises';
import zlib from 'node:zlib';
import { Decompress } from 'fzstd';
import { zstdWindow } from './zstd-window.js';

/**
 * The plain bytes of a compressed stream. Everything that could be decompressed is handed out before the error of a
 * truncated or damaged file is thrown: piping through a stream would drop what it still had buffered, and then the
 * last whole line depended on timing.
 */
export async function* gunzip(compressed: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield* throughTransform(pieces(compressed, GZIP_PIECE), zlib.createGunzip({ chunkSize: 64 * 1024 }));
}

export async function* unzstd(compressed: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const native = nativeZstd('createZstdDecompress');
  const small = pieces(compressed, ZSTD_PIECE);
  if (native === undefined) yield* throughFzstd(small);
  else yield* throughTransform(small, native);
}

/** Newer Node versions bring zstd; the types are those of the oldest version we support, so it is asked for by name. */
export function nativeZstd(name: 'createZstdCompress' | 'createZstdDecompress'): Transform | undefined {
  const create: unknown = Reflect.get(zlib, name);
  const made: unknown = typeof create === 'function' ? create() : undefined;
  return made instanceof Transform ? made : undefined;
}

/**
 * What is unpacked at once, so that a file that holds gigabytes of the same byte stays at a few megabytes of memory:
 * gzip packs at most a thousandfold, zstd 128 KiB into four bytes.
 */
const GZIP_PIECE = 8 * 1024;
const ZSTD_PIECE = 1024;

/**
 * fzstd gave wrong bytes, and no error, for a file with a window of 128 MiB; up to 64 MiB it was right on the same
 * 260 MB. `zstd` itself stays at 8 MiB unless it is asked for more.
 */
const FZSTD_WINDOW = 32 * 1024 * 1024;

async function* throughTransform(compressed: AsyncIterable<Buffer>, decoder: Transform): AsyncGenerator<Buffer> {
  const output: Buffer[] = [];
  const ended = failureOf(finished(decoder));
  decoder.on('data', (chunk: Buffer) => output.push(chunk));
  try {
    for await (const piece of compressed) {
      // zlib does not always call back for the piece that broke it, so the end of the decoder is waited for as well.
      const written = new Promise<undefined>((resolve) => decoder.write(piece, () => resolve(undefined)));
      const failure = await Promise.race([written, ended]);
      yield* output.splice(0);
      if (failure !== undefined || decoder.errored !== null) throw failure ?? decoder.errored;
    }
    decoder.end();
    const failure = await ended;
    yield* output.splice(0);
    if (failure !== undefined) throw failure;
  } finally {
    decoder.destroy();
  }
}

/** The error instead of a rejection, so that a failure nobody waits for yet does not end the process. */
async function failureOf(work: Promise<unknown>): Promise<Error | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

async function* throughFzstd(compressed: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const output: Buffer[] = [];
  const decoder = new Decompress((chunk) => output.push(Buffer.from(chunk)));
  let isFirst = true;
  for await (const piece of compressed) {
    if (isFirst) checkWindow(piece);
    isFirst = false;
    decoder.push(piece);
    yield* output.splice(0);
  }
  decoder.push(new Uint8Array(0), true);
  yield* output.splice(0);
}

function checkWindow(head: Buffer): void {
  if ((zstdWindow(head) ?? 0) <= FZSTD_WINDOW) return;
  throw new Error(
    `this Node, ${process.version}, reads .zst only with a window of up to 32 MiB; compress it with gzip, or with zstd --long=25`,
  );
}

async function* pieces(chunks: AsyncIterable<Buffer>, size: number): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) {
    for (let start = 0; start < chunk.length; start += size) yield chunk.subarray(start, start + size);
  }
}
