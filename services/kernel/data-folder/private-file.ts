import { randomBytes } from 'node:crypto';
import { link, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { isErrno } from './errno.js';

/** Replaces the file as a whole: a reader, or the next start after a crash, sees the old text or the new, never half. */
export async function writePrivateFile(path: string, text: string): Promise<void> {
  const draft = await writeDraft(path, text);
  await rename(draft, path);
  await syncFolderOf(path);
}

/** Writes the file unless it is there, and returns what stands in it: of several writers the first one wins for all. */
export async function createPrivateFile(path: string, text: string): Promise<string> {
  const existing = await readPrivateFile(path);
  if (existing !== undefined) return existing;
  const draft = await writeDraft(path, text);
  try {
    await link(draft, path);
    await syncFolderOf(path);
    return text;
  } catch (error) {
    if (isErrno(error, 'EEXIST')) return await readFile(path, 'utf8');
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

export async function readPrivateFile(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return undefined;
    throw error;
  }
}

/** How the drafts of a writer that was killed can be told from real files. */
export const DRAFT_SUFFIX = '.draft';

async function writeDraft(path: string, text: string): Promise<string> {
  const draft = `${path}.${randomBytes(6).toString('hex')}${DRAFT_SUFFIX}`;
  const file = await open(draft, 'wx', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  return draft;
}

/** A new name is only safe from a power cut once its folder is written too. */
async function syncFolderOf(path: string): Promise<void> {
  const folder = await open(dirname(path), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
