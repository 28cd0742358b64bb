import { parseRecord, recordSchemas } from '#kernel/records/record-format.js';
import { recordKinds } from '#kernel/records/record-kind.js';
import { referencesIn } from '#kernel/records/record-references.js';
import { codeBlocks, readText, tableRows } from './documents.js';

const path = 'docs/api/records.md';
const example = 'docs/examples/small-hub.jsonl';

describe('docs/api/records.md', () => {
  test.each(recordKinds)('names every field of %s, in the order of the format', (kind) => {
    const section =
      readText(path)
        .split(`\n### ${kind}\n`)[1]
        ?.split(/\n#{2,3} /)[0] ?? '';
    const fields = tableRows(section).flatMap(([cell = '']) => {
      const [, name, optional] = /^`(\w+)`(\?)?$/.exec(cell) ?? [];
      return name === undefined ? [] : [[name, optional === '?']];
    });
    const shape = Object.entries(recordSchemas[kind].shape).filter(([name]) => name !== 'kind');
    expect(fields).toEqual(shape.map(([name, type]) => [name, isOptional(type)]));
  });

  test('shows the example file as it is', () => {
    expect(codeBlocks({ path, text: readText(path) }, 'jsonl')).toEqual([readText(example)]);
  });
});

describe('docs/examples/small-hub.jsonl', () => {
  const lines = readText(example).trim().split('\n');
  const readings = lines.map((line) => parseRecord(JSON.parse(line)));

  test('has valid records only', () => {
    expect(readings.filter((reading) => !reading.ok)).toEqual([]);
  });

  test('has a record of each kind', () => {
    const kinds = readings.flatMap((reading) => (reading.ok ? [reading.record.kind] : []));
    expect([...new Set(kinds)].sort()).toEqual([...recordKinds].sort());
  });

  test('names only records that stand earlier', () => {
    const seen = new Set<string>();
    for (const reading of readings) {
      if (!reading.ok) continue;
      for (const { kind, ref } of referencesIn(reading.record)) expect(seen).toContain(`${kind} ${ref}`);
      if ('ref' in reading.record) seen.add(`${reading.record.kind} ${reading.record.ref}`);
    }
  });
});

/** "May be left out" is not "may be undefined": records come from JSON, which knows only the first. */
function isOptional(type: { readonly _zod: { readonly optin?: string | undefined } }): boolean {
  return type._zod.optin === 'optional';
}
