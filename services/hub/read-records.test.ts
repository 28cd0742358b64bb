import type { FileLine } from './file-lines.js';
import { isRefusal, readRecords } from './read-records.js';

async function* linesOf(records: readonly unknown[]): AsyncGenerator<FileLine> {
  let number = 0;
  for (const record of records) {
    number += 1;
    const text = typeof record === 'string' ? record : JSON.stringify(record);
    yield { number, size: text.length, text };
  }
}

async function read(records: readonly unknown[], fromLine = 1) {
  const reads = [];
  for await (const read of readRecords(linesOf(records), fromLine)) reads.push(read);
  return reads;
}

async function timesOf(records: readonly unknown[], fromLine = 1) {
  return (await read(records, fromLine)).map((one) => (isRefusal(one) ? one.reason : [one.json.at, one.dateResolved]));
}

const vote = (at: string) => ({ kind: 'endorsement', idea: 'i', person: 'p', at });

describe('a placeholder for a date', () => {
  test('becomes the time of the nearest earlier record that has a real one', async () => {
    const votes = [
      vote('2020-01-01T00:00:00Z'),
      vote('2021-5-1T00:00:00Z'),
      vote('NoneT00:00:00Z'),
      vote('yyyy-mm-ddT00:00:00Z'),
    ];
    expect(await timesOf(votes)).toEqual([
      ['2020-01-01T00:00:00Z', false],
      ['2021-5-1T00:00:00Z', false],
      ['2021-5-1T00:00:00Z', true],
      ['2021-5-1T00:00:00Z', true],
    ]);
  });

  test('becomes the same time when the import begins further down', async () => {
    expect(await timesOf([vote('2020-01-01T00:00:00Z'), vote('NoneT00:00:00Z')], 2)).toEqual([
      ['2020-01-01T00:00:00Z', true],
    ]);
  });

  test('is refused where no earlier record has a date', async () => {
    const refusal = expect.stringContaining('says that there is no date');
    expect(await timesOf([vote('NoneT00:00:00Z'), vote('2020-01-01T00:00:00Z')])).toEqual([
      refusal,
      ['2020-01-01T00:00:00Z', false],
    ]);
  });

  test('is left out where a date is optional', async () => {
    const person = { kind: 'person', ref: 'p', name: 'Ada', at: 'TBD' };
    const challenge = {
      kind: 'challenge',
      ref: 'c',
      space: 's',
      title: 'T',
      at: '2020-01-01T00:00:00Z',
      closesAt: 'n/a',
    };
    const reads = await read([challenge, person]);
    expect(reads.map((one) => !isRefusal(one) && Object.keys(one.json))).toEqual([
      ['kind', 'ref', 'space', 'title', 'at'],
      ['kind', 'ref', 'name'],
    ]);
  });
});

test('a refused line keeps its number and what stood there', async () => {
  const wrong = { kind: 'organization', ref: 'o', name: 'Acme' };
  expect(await read(['{"kind":', '[]', wrong])).toEqual([
    { line: 1, size: 8, field: 'line', reason: expect.stringMatching(/^is not JSON: /), raw: '{"kind":' },
    { line: 2, size: 2, field: 'record', reason: expect.any(String), record: [] },
    { line: 3, size: expect.any(Number), field: 'relation', reason: expect.any(String), record: wrong },
  ]);
});
