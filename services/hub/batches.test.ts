import { parseRecord } from '#kernel/records/record-format.js';
import { batchesOf } from './batches.js';
import type { ReadRecord, Refusal } from './read-records.js';

const json = {
  people: { kind: 'organization', ref: 'o', name: 'Acme', relation: 'host' },
  ideas: { kind: 'endorsement', idea: 'i', person: 'p', at: '2020-01-01T00:00:00Z' },
};

function good(service: keyof typeof json, size = 100): ReadRecord {
  const reading = parseRecord(json[service]);
  if (!reading.ok) throw new Error(reading.reason);
  return { line: 0, size, json: json[service], record: reading.record, dateResolved: false };
}

const bad: Refusal = { line: 0, size: 100, field: 'line', reason: 'wrong' };

async function* stream(reads: readonly (ReadRecord | Refusal)[]) {
  yield* reads;
}

async function batch(reads: readonly (ReadRecord | Refusal)[], stopAtRefusal = false) {
  const found = [];
  for await (const { service, records, refusals } of batchesOf(stream(reads), stopAtRefusal)) {
    found.push([service, records.length, refusals.length]);
  }
  return found;
}

test('a batch holds consecutive records of one service', async () => {
  const reads = [good('people'), good('people'), good('ideas'), good('people')];
  expect(await batch(reads)).toEqual([
    ['people', 2, 0],
    ['ideas', 1, 0],
    ['people', 1, 0],
  ]);
});

test('a batch holds at most a thousand records, and less than a request may weigh', async () => {
  const thousands = Array.from({ length: 2_001 }, () => good('people'));
  expect((await batch(thousands)).map(([, records]) => records)).toEqual([1_000, 1_000, 1]);
  const heavy = Array.from({ length: 3 }, () => good('people', 400_000));
  expect((await batch(heavy)).map(([, records]) => records)).toEqual([1, 1, 1]);
});

test('refused lines travel with the records around them, a bounded number at a time', async () => {
  expect(await batch([bad, good('ideas'), bad, good('ideas')])).toEqual([['ideas', 2, 2]]);
  expect(await batch(Array.from({ length: 1_500 }, () => bad))).toEqual([
    [undefined, 0, 1_000],
    [undefined, 0, 500],
  ]);
});

test('where the first refused line ends the import, nothing after it is batched', async () => {
  expect(await batch([good('ideas'), bad, good('ideas')], true)).toEqual([['ideas', 1, 1]]);
});
