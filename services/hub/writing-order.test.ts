import type { DraftRecord } from './draft-record.js';
import { WritingOrder } from './writing-order.js';

const idea = (ref: string, ...buildsOn: string[]): DraftRecord => ({
  kind: 'idea',
  ref,
  ...(buildsOn.length > 0 && { buildsOn }),
});
const vote = (on: string): DraftRecord => ({ kind: 'endorsement', idea: on });

function written(records: readonly DraftRecord[]) {
  const order = new WritingOrder();
  const out = [...records.flatMap((record) => order.accept(record)), ...order.settle()];
  return { out, lost: [order.droppedReferences, order.droppedRecords] };
}

test('records in order are written as they come', () => {
  const records = [idea('a'), idea('b', 'a'), vote('b')];
  expect(written(records)).toEqual({ out: records, lost: [0, 0] });
});

test('a record waits for all that it names, and what names it waits for it', () => {
  const records = [idea('c', 'a', 'b'), vote('c'), idea('b', 'a'), idea('a')];
  expect(written(records)).toEqual({ out: [idea('a'), idea('b', 'a'), idea('c', 'a', 'b'), vote('c')], lost: [0, 0] });
});

test('a name that leads nowhere is left out and counted, a record that needs it with it', () => {
  const records = [idea('b', 'elsewhere', 'a'), idea('a'), vote('elsewhere'), idea('c', 'b')];
  expect(written(records)).toEqual({ out: [idea('a'), idea('b', 'a'), idea('c', 'b')], lost: [2, 1] });
});

test('a ring of names is opened at one place', () => {
  const { out, lost } = written([idea('a', 'b'), idea('b', 'c'), idea('c', 'a')]);
  expect(out.map(({ ref }) => ref)).toEqual(['a', 'c', 'b']);
  expect(lost).toEqual([1, 0]);
});
