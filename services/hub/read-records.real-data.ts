import { realDataFiles } from '#test/setup/real-data.js';
import { fileLines } from './file-lines.js';
import { isRefusal, readRecords } from './read-records.js';

/** Every line of real exports of other systems is read, the leftovers of their templates resolved. */
test.each(realDataFiles())('every record of $name is taken', async ({ path }) => {
  const refused: unknown[] = [];
  let taken = 0;
  for await (const read of readRecords(
    fileLines(path, () => undefined),
    1,
  )) {
    if (isRefusal(read)) refused.push(read);
    else taken += 1;
  }
  expect(refused).toEqual([]);
  expect(taken).toBeGreaterThan(0);
});
