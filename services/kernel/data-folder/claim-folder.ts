import { access, mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/**
 * Creates the folder, for our eyes only, and marks it as made for Weft. A folder that already holds other things is used
 * as it is but gets no mark: we never change the permissions of what may be somebody's home.
 */
export async function claimFolder(path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await mkdir(path, { recursive: true, mode: 0o700 });
  const entries = await readdir(path);
  if (entries.length === 0) await writeFile(join(path, MARK), MARK_TEXT, { mode: 0o600 });
}

export async function isClaimed(path: string): Promise<boolean> {
  return access(join(path, MARK)).then(
    () => true,
    () => false,
  );
}

const MARK = 'weft-data-folder';
const MARK_TEXT = `This folder holds the data of a Weft hub: its secret, its locks and its database.
Copy or move it only while the hub is stopped, and always as a whole.
`;
