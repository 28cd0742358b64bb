import { Transform } from 'node:stream';
import { finished } from 'node:stream/promises';
import zlib from 'node:zlib';
import { Decompress } from 'fzstd';

/**
 * The plain bytes of a compressed stream. Everything that could be decompressed is handed out before the error of a
 * truncated or damaged file is thrown: piping through a stream would drop what it still had buffered, and then the
 * last whole line depended on timing.
 */
export async function* gunzip(compressed: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield* throughTransform(compressed, zlib.createGunzip({ chunkSize: 64 * 1024 }));
}

export async function* unzstd(compressed: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const native = nativeZstd('createZstdDecompress');
  if (native === undefined) yield* throughFzstd(compressed);
  else yield* throughTransform(compressed, native);
}

/** Newer Node versions bring zstd; the types are those of the oldest version we support, so it is asked for by name. */
export function nativeZstd(name: 'createZstdCompress' | 'createZstdDecompress'): Transform | undefined {
  const create: unknown = Reflect.get(zlib, name);
  const made: unknown = typeof create === 'function' ? create() : undefined;
  return made instanceof Transform ? made : undefined;
}

/** Small pieces keep a file that unpacks a thousandfold at a few megabytes of memory. */
const PIECE = 8 * 1024;

async function* throughTransform(compressed: AsyncIterable<Buffer>, decoder: Transform): AsyncGenerator<Buffer> {
  const output: Buffer[] = [];
  const ended = settle(finished(decoder));
  decoder.on('data', (chunk: Buffer) => output.push(chunk));
  try {
    for await (const piece of pieces(compressed)) {
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
async function settle(work: Promise<unknown>): Promise<Error | undefined> {
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
  for await (const piece of pieces(compressed)) {
    decoder.push(piece);
    yield* output.splice(0);
  }
  decoder.push(new Uint8Array(0), true);
  yield* output.splice(0);
}

async function* pieces(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) {
    for (let start = 0; start < chunk.length; start += PIECE) yield chunk.subarray(start, start + PIECE);
  }
}
