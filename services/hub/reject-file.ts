import { type FileHandle, open, rm } from 'node:fs/promises';
import type { Refusal } from './read-records.js';

/** Takes the refused lines of one import, one JSON object a line. Without any it leaves no file behind. */
export interface RejectFile {
  readonly path: string;
  add(refusals: readonly Refusal[]): Promise<void>;
  close(): Promise<void>;
}

/** Starts an empty file: what an earlier run refused may since have been mended. */
export async function openRejectFile(path: string): Promise<RejectFile> {
  const file = await open(path, 'w');
  let lines = 0;
  return {
    path,
    async add(refusals) {
      lines += refusals.length;
      await append(file, refusals);
    },
    async close() {
      await file.close();
      if (lines === 0) await rm(path);
    },
  };
}

async function append(file: FileHandle, refusals: readonly Refusal[]): Promise<void> {
  const text = refusals.map(({ size: _, ...refusal }) => `${JSON.stringify(refusal)}\n`).join('');
  if (text !== '') await file.appendFile(text);
}
