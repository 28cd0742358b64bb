import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileLines } from './file-lines.js';
import { isRefusal, readRecords } from './read-records.js';

/**
 * Every line of real exports of other systems is read, the leftovers of their templates resolved. The files are not
 * part of the project: WEFT_REAL_DATA names a folder of .jsonl.gz files.
 */
const folder = process.env.WEFT_REAL_DATA ?? '';
const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.jsonl.gz')) : [];

if (files.length === 0) {
  test.skip('SKIPPED: set WEFT_REAL_DATA to a folder of .jsonl.gz files to read real records', () => undefined);
} else {
  test.each(files)('every record of %s is taken', async (name) => {
    const refused: unknown[] = [];
    let taken = 0;
    for await (const read of readRecords(
      fileLines(join(folder, name), () => undefined),
      1,
    )) {
      if (isRefusal(read)) refused.push(read);
      else taken += 1;
    }
    expect(refused).toEqual([]);
    expect(taken).toBeGreaterThan(0);
  });
}
