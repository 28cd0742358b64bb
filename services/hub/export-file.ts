import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { PassThrough, Readable, type Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import zlib from 'node:zlib';
import { CommandError } from './command.js';
import { nativeZstd } from './decompress.js';

/**
 * The file of an export. What people said comes first over the wire but last in the file, so it waits in a temporary
 * file next to it. The named file appears complete or not at all.
 */
export interface ExportFile {
  add(text: string): Promise<void>;
  /** Writes `head`, then all that was added, under the name of the export. */
  finish(head: readonly string[]): Promise<void>;
  /** Removes what is temporary, finished or not. */
  discard(): Promise<void>;
}

/** `mode` is the one the file is made with, before the umask of the process takes from it. */
export async function openExportFile(path: string, mode = 0o666): Promise<ExportFile> {
  const compressor = compressorFor(path);
  const folder = await mkdtemp(join(dirname(path), '.hub-export-'));
  const body = join(folder, 'body');
  const whole = join(folder, 'whole');
  const added = await open(body, 'w');
  return {
    add: (text) => added.appendFile(text),
    async finish(head) {
      await pipeline(Readable.from(joined(head, body)), compressor, createWriteStream(whole, { flush: true, mode }));
      await rename(whole, path);
    },
    async discard() {
      await added.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function* joined(head: readonly string[], body: string): AsyncGenerator<Buffer> {
  yield Buffer.from(head.join(''));
  yield* createReadStream(body);
}

function compressorFor(path: string): Transform {
  if (path.endsWith('.gz')) return zlib.createGzip();
  if (!path.endsWith('.zst')) return new PassThrough();
  const zstd = nativeZstd('createZstdCompress');
  if (zstd !== undefined) return zstd;
  throw new CommandError(`this Node (${process.version}) cannot write .zst; name the file .jsonl.gz`);
}
