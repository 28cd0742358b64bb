import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The files of hub records that WEFT_REAL_DATA names: large, real, and not part of the project. */
export function realDataFiles(): { readonly name: string; readonly path: string }[] {
  const folder = process.env.WEFT_REAL_DATA;
  if (!folder) throw new Error('Set WEFT_REAL_DATA to a folder with .jsonl.gz files of hub records.');
  const files = readdirSync(folder).filter((file) => file.endsWith('.jsonl.gz'));
  if (files.length === 0) throw new Error(`There is no .jsonl.gz file in ${folder}, which WEFT_REAL_DATA names.`);
  return files.sort().map((file) => ({ name: file.replace('.jsonl.gz', ''), path: join(folder, file) }));
}
